// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.gateway.state.Decided;
import dev.tollgate.gateway.state.Examined;
import dev.tollgate.policy.Decision;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import java.util.List;

/// Stage 6: what does policy say, field by field? The operation is narrowed to what some row may show and
/// bound by the
/// decision's rules: what is decided is what goes upstream. The decision is durable in the log before anything
/// executes.
public record Decide(Journal journal) {
    /// A decision that is in the log, whatever it says.
    ///
    /// @param operation the operation as the decision narrows it
    /// @param logIndex  where it stands
    public record Ruled(Decision decision, Operation operation, long logIndex) {}

    /// Refuses with what the decision says, `Denied`, `Undecidable`, `EvidenceNeeded` or `Malformed`, or
    /// `Unrecorded`.
    public Step<Decided> apply(Examined examined) {
        return ruled(examined).then(ruled -> passed(examined, ruled));
    }

    /// The decision itself, also when it says no. Refuses with `Unrecorded` only.
    public Step<Ruled> ruled(Examined examined) {
        Operation asked = examined.asked();
        Decision decision = examined.who().policy().decide(examined.who().principal(), asked, examined.situation());
        List<String> fields =
                asked.fields().stream().filter(decision.fetch()::contains).toList();
        Operation narrowed = asked.narrowed(fields, decision.rules());
        return journal.decided(examined.from(), decision, asked)
                .then(index -> Step.pass(new Ruled(decision, narrowed, index)));
    }

    private static Step<Decided> passed(Examined examined, Ruled ruled) {
        if (ruled.decision().refusal().isPresent()) {
            return Step.refuse(ruled.decision().refusal().get());
        }
        return ruled.decision().permits()
                ? Step.pass(new Decided(examined, ruled.decision(), ruled.operation(), ruled.logIndex()))
                : Step.refuse(new Refusal.Undecidable("the outcome has no reason"));
    }
}
