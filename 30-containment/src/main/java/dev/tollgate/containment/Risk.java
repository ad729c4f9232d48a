// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.containment;

import dev.tollgate.store.Store;
import dev.tollgate.terms.AgentId;
import java.time.InstantSource;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Scores agents by what became of their calls lately, and by what was noticed of them beside that. Both are
/// shared through the store: another node knows of them within about two seconds, this one before the next call. No
/// call waits for a disk, but the first of an agent's new version. Safe for many threads.
public final class Risk {
    /// Agents that a node remembers; they are records of the bundle, so there are not more.
    private static final int AGENTS_MAX = 10_000;

    private final Store store;
    private final InstantSource clock;
    private final ConcurrentMap<AgentId, RiskTally> tallies = new ConcurrentHashMap<>();

    /// @param store shared by every node that sees the same agents
    public Risk(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /// How risky the agent looks now. When the store cannot say, as risky as can be: the unknown is a no.
    ///
    /// @param terms what the signs weigh, by the bundle in force
    public RiskScore assess(Rated agent, RiskTerms terms) {
        return tally(agent.agent()).score(agent, terms, clock.instant());
    }

    /// Tells of a call that was decided.
    ///
    /// @param denied whether policy or a limit refused it
    public void observe(AgentId agent, boolean denied) {
        tally(agent).observe(clock.instant(), denied, false);
    }

    /// Tells of a call that was answered.
    ///
    /// @param sensitive whether the answer showed what nearly nobody may see
    public void answered(AgentId agent, boolean sensitive) {
        tally(agent).observe(clock.instant(), false, sensitive);
    }

    /// Tells what was noticed of an agent.
    ///
    /// @param items digests of the things, each counted once in ten minutes
    public void sight(AgentId agent, RiskSign sign, Collection<String> items) {
        if (!items.isEmpty()) {
            tally(agent).sight(clock.instant(), sign, items);
        }
    }

    private RiskTally tally(AgentId agent) {
        RiskTally known = tallies.get(agent);
        if (known != null) {
            return known;
        }
        if (tallies.size() >= AGENTS_MAX) {
            // What was shared is read again when the agent comes back; only the last second may be lost.
            tallies.keySet().stream().findAny().ifPresent(tallies::remove);
        }
        return tallies.computeIfAbsent(agent, made -> new RiskTally(made, store));
    }
}
