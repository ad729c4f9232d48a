// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.way;

import dev.tollgate.gateway.Answer;
import dev.tollgate.gateway.stage.Approve;
import dev.tollgate.gateway.stage.Assess;
import dev.tollgate.gateway.stage.Authenticate;
import dev.tollgate.gateway.stage.Contain;
import dev.tollgate.gateway.stage.Decide;
import dev.tollgate.gateway.stage.Examine;
import dev.tollgate.gateway.stage.Execute;
import dev.tollgate.gateway.stage.Inspect;
import dev.tollgate.gateway.stage.Record;
import dev.tollgate.gateway.stage.Redact;
import dev.tollgate.gateway.stage.Validate;
import dev.tollgate.gateway.state.Contained;
import dev.tollgate.gateway.state.Received;
import dev.tollgate.terms.Step;

/// The way of a request: the only place that knows the order of the stages. Each stage takes the state
/// of the stage before, so a skipped or swapped stage does not compile. A refusal at any stage is
/// recorded before it is told.
///
/// @param repeats  tells of changes that were made before
/// @param refusals records a refusal with what was known, and gives back what the call held
public record Gateway(
        Authenticate authenticate,
        Validate validate,
        Contain contain,
        Assess assess,
        Examine examine,
        Decide decide,
        Approve approve,
        Execute execute,
        Redact redact,
        Inspect inspect,
        Record record,
        Repeats repeats,
        Refusals refusals) {
    /// Sends one call all the way. A change that was made before under the same key is told and not made again.
    public Step<Answer> call(Received received) {
        return Step.pass(received)
                .then(state -> refusals.of(state, authenticate.apply(state)))
                .then(state -> refusals.early(state, validate.apply(state)))
                .then(state -> refusals.of(state, contain.apply(state)))
                .then(state -> refusals.of(state, repeats.before(state))
                        .then(made -> made.<Step<Answer>>map(Step::pass).orElseGet(() -> onward(state))));
    }

    private Step<Answer> onward(Contained contained) {
        return Step.pass(contained)
                .then(state -> refusals.of(state, assess.apply(state)))
                .then(state -> refusals.of(state, examine.apply(state)))
                .then(state -> refusals.of(state, decide.apply(state)))
                .then(state -> refusals.of(state, approve.apply(state)))
                .then(state -> refusals.of(state, execute.apply(state)))
                .then(state -> refusals.of(state, redact.apply(state)))
                .then(state -> refusals.of(state, inspect.apply(state)))
                .then(state -> refusals.of(state, record.apply(state)))
                .then(refusals::answered)
                .then(recorded -> Step.pass(new Answer(recorded.from().structured(), recorded.logIndex())));
    }
}
