// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.gateway.state.Decided;
import dev.tollgate.gateway.state.Examined;
import dev.tollgate.gateway.state.Waiting;
import dev.tollgate.governance.approval.Standing;
import dev.tollgate.governance.change.Change;
import dev.tollgate.governance.oversight.Oversight;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.DecisionPoint;
import dev.tollgate.policy.Outcome;
import dev.tollgate.policy.Situation;
import dev.tollgate.terms.FoundWords;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import java.util.List;
import java.util.Optional;

/// Stage 6: what does policy say, field by field? Where it would permit with an approval, what people
/// have said of exactly this change is evidence for a second decision. The operation is narrowed to
/// what some row may show and bound by the decision's rules: what is decided is what goes upstream. The
/// decision is durable in the log before anything executes.
public record Decide(Journal journal, Oversight people, Exceptions exceptions) {
    /// A decision that is in the log, whatever it says.
    ///
    /// @param operation the operation as the decision narrows it
    /// @param logIndex  where it stands
    /// @param waiting   what people are asked, when policy asks them
    public record Ruled(Decision decision, Operation operation, long logIndex, Optional<Waiting> waiting) {}

    /// Refuses with what the decision says, `Denied`, `Undecidable`, `EvidenceNeeded`, `NotFound` or
    /// `Malformed`, or `Unrecorded`. A decision that waits for people passes on to them.
    public Step<Decided> apply(Examined examined) {
        return ruled(examined).then(ruled -> passed(examined, ruled));
    }

    /// The decision itself, also when it says no. Refuses with `Undecidable` when approvals cannot be read, and
    /// `Unrecorded`.
    public Step<Ruled> ruled(Examined examined) {
        Operation asked = examined.asked();
        DecisionPoint policy = examined.who().policy();
        Situation situation = examined.situation();
        Decision stands = policy.decide(examined.who().principal(), asked, situation);
        if (stands.outcome() != Outcome.NEEDS_APPROVAL) {
            return recorded(examined, stands, situation, Optional.empty());
        }
        Change change = Proposed.of(examined, stands);
        return people.standing(change).then(standing -> {
            if (!(standing instanceof Standing.Granted granted)) {
                return recorded(examined, stands, situation, Optional.of(new Waiting(change, standing)));
            }
            Situation with = situation.with(granted.evidence());
            Decision decision = policy.decide(examined.who().principal(), asked, with);
            return recorded(examined, decision, with, Optional.of(new Waiting(change, standing)));
        });
    }

    /// @param situation that the decision was taken on
    private Step<Ruled> recorded(Examined examined, Decision decision, Situation situation, Optional<Waiting> waiting) {
        Operation asked = examined.asked();
        List<String> fields =
                asked.fields().stream().filter(decision.fetch()::contains).toList();
        Operation narrowed = Proposed.leaving(examined, decision).narrowed(fields, decision.rules());
        Optional<String> approval = waiting.map(Waiting::standing)
                .filter(standing -> decision.permits() && standing instanceof Standing.Granted)
                .map(standing -> ((Standing.Granted) standing).id().value());
        return journal.decided(examined, decision, situation, approval)
                .then(index -> Step.pass(new Ruled(decision, narrowed, index, waiting)));
    }

    /// What was found in a message is told with the refusal, so that the agent can revise it.
    private static Refusal told(Examined examined, Refusal why) {
        return why instanceof Refusal.Denied(var rule, String reason, var _)
                ? new Refusal.Denied(rule, reason, found(examined))
                : why;
    }

    /// Words for what was found in the message that was asked to leave.
    static FoundWords found(Examined examined) {
        return new FoundWords(
                List.copyOf(examined.situation().outgoing().findings().keySet()));
    }

    private Step<Decided> passed(Examined examined, Ruled ruled) {
        Decision decision = ruled.decision();
        if (decision.outcome() != Outcome.NEEDS_APPROVAL && decision.refusal().isPresent()) {
            Refusal why = told(examined, decision.refusal().get());
            exceptions.refused(examined, why, ruled.logIndex());
            return Step.refuse(why);
        }
        boolean sound = decision.permits() || ruled.waiting().isPresent();
        return sound
                ? Step.pass(new Decided(examined, decision, ruled.operation(), ruled.logIndex(), ruled.waiting()))
                : Step.refuse(new Refusal.Undecidable("the outcome has no reason"));
    }
}
