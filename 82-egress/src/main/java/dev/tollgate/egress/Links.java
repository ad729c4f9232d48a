// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.egress;

import dev.tollgate.policy.Bundles;
import dev.tollgate.policy.DecisionPoint;
import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Step;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The open connections, looked at again and again: a tunnel lasts no longer than the token, the zone and the kill
/// switches that it was opened under.
final class Links {
    private final Set<Link> open = ConcurrentHashMap.newKeySet();
    private final Map<AgentId, Integer> byAgent = new ConcurrentHashMap<>();
    private final EgressLimits limits;
    private final Callers callers;
    private final Bundles bundles;
    private final InstantSource clock;

    Links(EgressLimits limits, Callers callers, Bundles bundles, InstantSource clock) {
        this.limits = limits;
        this.callers = callers;
        this.bundles = bundles;
        this.clock = clock;
    }

    void add(Link link) {
        open.add(link);
    }

    void remove(Link link) {
        open.remove(link);
    }

    int count() {
        return open.size();
    }

    /// Takes one of an agent's connections; false when it has all that it may have.
    boolean take(AgentId agent) {
        return byAgent.merge(agent, 1, Integer::sum) <= limits.perAgentMax() || !give(agent);
    }

    /// Gives one back.
    ///
    /// @return true, always
    boolean give(AgentId agent) {
        byAgent.computeIfPresent(agent, (_, count) -> count > 1 ? count - 1 : null);
        return true;
    }

    /// Ends what may not last. Called every quarter of a second: the kill switch's own pace.
    void sweep() {
        if (open.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        Optional<Bundle> bundle = inForce();
        for (Link link : open) {
            ending(link, now, bundle).ifPresent(link::end);
        }
    }

    /// Ends everything.
    void stop() {
        open.forEach(link -> link.end(Link.End.STOPPED));
    }

    private Optional<Bundle> inForce() {
        try {
            return bundles.active() instanceof Step.Passed<DecisionPoint> active
                    ? Optional.of(active.state().bundle())
                    : Optional.empty();
        } catch (RuntimeException _) {
            // Whatever is the matter with the store: what cannot be confirmed ends.
            return Optional.empty();
        }
    }

    private Optional<Link.End> ending(Link link, Instant now, Optional<Bundle> bundle) {
        if (!link.carrying()
                && now.isAfter(link.began().plus(limits.headWithin()).plus(limits.connectWithin()))) {
            return Optional.of(Link.End.LATE);
        }
        boolean idle = link.carrying() && now.isAfter(link.active().plus(limits.idleMax()));
        return link.permit()
                .flatMap(permit -> ending(permit, now, bundle))
                .or(() -> idle ? Optional.of(Link.End.IDLE) : Optional.empty());
    }

    private Optional<Link.End> ending(Permit permit, Instant now, Optional<Bundle> bundle) {
        if (!now.isBefore(permit.who().delegation().expires())) {
            return Optional.of(Link.End.EXPIRED);
        }
        if (callers.running(permit.who(), permit.endpoint().name()) instanceof Step.Refused<?>) {
            return Optional.of(Link.End.HALTED);
        }
        return bundle.filter(permit::holds).isPresent() ? Optional.empty() : Optional.of(Link.End.POLICY);
    }
}
