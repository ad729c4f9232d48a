// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.oversight;

import dev.tollgate.governance.approval.Approvals;
import dev.tollgate.governance.change.Change;
import dev.tollgate.governance.halt.HaltScope;
import dev.tollgate.governance.halt.HaltSubject;
import dev.tollgate.governance.halt.KillSwitch;
import dev.tollgate.policy.Bundles;
import dev.tollgate.policy.DecisionPoint;
import dev.tollgate.policy.bundle.AgentRecord;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.FieldPath;
import dev.tollgate.terms.Step;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Stops agents, with all that they have in hand (requirement B-12): decision tokens that were handed out
/// before do not count any more, approvals that wait or were granted are void, and what waits for an
/// approval is gone. Resuming gives nothing of it back.
///
/// @param halts     the switches
/// @param approvals what people approved, or are about to
/// @param bundles   says of which type an agent is
public record Stops(KillSwitch halts, Approvals approvals, Bundles bundles) {
    /// Switches one on.
    ///
    /// @param by  who does it
    /// @param why 1 to 1,000 characters
    /// @return how many approvals are void
    public int set(HaltScope scope, String by, String why) {
        // The switch first: what it covers cannot be granted or used between the two steps.
        halts.set(scope, by, why);
        Optional<DecisionPoint> policy = bundles.active() instanceof Step.Passed<DecisionPoint> active
                ? Optional.of(active.state())
                : Optional.empty();
        return approvals.revoke(change -> scope.covers(subject(change, policy)));
    }

    /// Switches one off.
    ///
    /// @return false when it was not on
    public boolean clear(HaltScope scope, String by, String why) {
        return halts.clear(scope, by, why);
    }

    private static HaltSubject subject(Change change, Optional<DecisionPoint> policy) {
        Set<FieldPath> fields = Stream.concat(change.before().keySet().stream(), change.after().keySet().stream())
                .map(name -> new FieldPath(change.target().object(), name))
                .collect(Collectors.toSet());
        return new HaltSubject(
                change.agent(),
                policy.map(known -> type(known, change.agent()))
                        .orElse(change.agent().value()),
                Optional.empty(),
                Optional.empty(),
                change.user(),
                change.tenant(),
                Optional.of(change.target().tool()),
                fields,
                Optional.of(change.target().destination()));
    }

    private static String type(DecisionPoint policy, AgentId agent) {
        AgentRecord known = policy.bundle().agents().get(agent);
        return known == null ? agent.value() : known.type();
    }
}
