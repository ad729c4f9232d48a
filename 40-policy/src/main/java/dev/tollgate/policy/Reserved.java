// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.catalog.WriteClass;
import dev.tollgate.policy.bundle.AgentRecord;
import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.policy.bundle.Destination;
import dev.tollgate.policy.bundle.Rollout;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.Verb;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// What an agent's record keeps for people, whatever policies say: the actions of `jit_approval_required`, and what its
/// stage has not earned yet. Asked after the policies permitted, and can only take away.
record Reserved(Bundle bundle) {
    static final RuleId READ_ONLY = new RuleId("stage:read-only");
    private static final RuleId SAFE_WRITES = new RuleId("stage:safe-writes");

    /// Just in time: an approval is for what happens now (requirements S1-12, S1-19).
    private static final Duration FRESH = Duration.ofMinutes(5);

    /// The rule that keeps the operation from the agent as the evidence stands, or nothing.
    Optional<RuleId> keeps(Frame frame, Operation operation, Situation situation, Evidence evidence) {
        if (!frame.tool().verb().changes()) {
            return Optional.empty();
        }
        AgentRecord agent = bundle.agents().get(frame.who().agent());
        if (agent == null) {
            return Optional.empty();
        }
        Set<String> written = operation.given().keySet();
        boolean earned = earned(agent.stage(), frame, written);
        if (!earned && agent.stage() == Rollout.READ_ONLY) {
            return Optional.of(READ_ONLY);
        }
        if (approved(situation, evidence)) {
            return Optional.empty();
        }
        return agent.jit().stream()
                .filter(action -> action.covers(frame.tool(), written, external(frame, situation)))
                .map(action -> action.rule())
                .findFirst()
                .or(() -> earned ? Optional.empty() : Optional.of(SAFE_WRITES));
    }

    /// What remains of a change that policies permit.
    enum Remains {
        /// Nothing: it is the agent's to make.
        NOTHING,
        /// People approve it.
        APPROVAL,
        /// The agent makes no such change.
        CLOSED
    }

    /// What remains of a change of one field, whoever asks.
    ///
    /// @param external what is sent goes outside
    Remains remains(Frame frame, String field, boolean external) {
        AgentRecord agent = bundle.agents().get(frame.who().agent());
        if (agent == null || !frame.tool().verb().changes()) {
            return Remains.NOTHING;
        }
        Set<String> written = Set.of(field);
        boolean earned = earned(agent.stage(), frame, written);
        if (!earned && agent.stage() == Rollout.READ_ONLY) {
            return Remains.CLOSED;
        }
        boolean asked = agent.jit().stream().anyMatch(action -> action.covers(frame.tool(), written, external));
        return earned && !asked ? Remains.NOTHING : Remains.APPROVAL;
    }

    private static boolean earned(Rollout stage, Frame frame, Set<String> written) {
        Set<WriteClass> free = stage.free();
        boolean all = stage == Rollout.GENERAL;
        return all
                || (frame.tool().verb() == Verb.WRITE
                        && !written.isEmpty()
                        && written.stream()
                                .allMatch(name -> frame.object()
                                        .field(name)
                                        .filter(field -> free.contains(field.writeClass()))
                                        .isPresent()));
    }

    private static boolean approved(Situation situation, Evidence evidence) {
        return evidence.approval()
                .filter(one -> Duration.between(one.at(), situation.now()).compareTo(FRESH) < 0)
                .isPresent();
    }

    /// The unknown recipient is one outside.
    private static boolean external(Frame frame, Situation situation) {
        return !situation.outgoing().recipients().internal()
                && !frame.destination().trust().equals(Destination.INTERNAL);
    }
}
