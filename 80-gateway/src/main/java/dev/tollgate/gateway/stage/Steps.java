// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.catalog.ToolType;
import dev.tollgate.catalog.Verification;
import dev.tollgate.gateway.state.Authenticated;
import dev.tollgate.gateway.state.Redacted;
import dev.tollgate.gateway.state.Validated;
import dev.tollgate.governance.course.Fulfilment;
import dev.tollgate.governance.course.Fulfilments;
import dev.tollgate.policy.Situation;
import dev.tollgate.policy.bundle.WorkflowStep;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where a task stands in the steps of its workflow. What was fulfilled before is looked up for tasks with steps and
/// nowhere else; what is fulfilled now is remembered before it is told.
///
/// @param fulfilments remembers it, for every node
public record Steps(Fulfilments fulfilments) {
    /// The situation with what was fulfilled before. Refuses with `Undecidable` when nobody can say.
    Step<Situation> of(Validated validated, Situation situation) {
        if (step(validated.who()).isEmpty()) {
            return Step.pass(situation);
        }
        return fulfilments
                .completed(validated.who().principal(), validated.asked())
                .then(names -> Step.pass(situation.with(situation.task().with(names))));
    }

    /// Remembers what an answer fulfils: what a verification found out, and the step itself when another one needs it.
    /// Refuses with `Undecidable` when it cannot be remembered.
    Step<Boolean> fulfilled(Redacted redacted) {
        Optional<WorkflowStep> step = step(redacted.who());
        if (step.isEmpty() || !holds(redacted)) {
            return Step.pass(false);
        }
        Step<Boolean> done = Step.pass(false);
        for (Fulfilment what : of(redacted, step.get())) {
            done = done.then(_ -> fulfilments.fulfilled(redacted.who().principal(), what));
        }
        return done;
    }

    /// Whether a verification came out true; any other answer is an answer.
    static boolean holds(Redacted redacted) {
        boolean verifies = redacted.validated().tool().kind() == ToolType.Kind.VERIFY;
        return !verifies || redacted.count().orElse(0) == 1;
    }

    /// What an answer fulfils, for the record.
    static List<String> names(Redacted redacted) {
        return step(redacted.who()).filter(_ -> holds(redacted)).stream()
                .flatMap(step -> of(redacted, step).stream())
                .map(Fulfilment::name)
                .toList();
    }

    private static List<Fulfilment> of(Redacted redacted, WorkflowStep step) {
        ToolType tool = redacted.validated().tool();
        List<Fulfilment> all = new ArrayList<>();
        tool.verification()
                .map(Verification::grants)
                .ifPresent(name -> all.add(new Fulfilment(name, about(redacted.validated()), step.holds())));
        step.needed()
                .filter(_ -> step.completedBy().contains(tool.name()))
                .ifPresent(name -> all.add(new Fulfilment(name, Optional.empty(), step.holds())));
        return all;
    }

    private static Optional<Fulfilment.About> about(Validated validated) {
        Operation.Target target = validated.asked().target();
        return verified(validated).map(record -> new Fulfilment.About(target.system(), target.object(), record));
    }

    /// The record that a verification is about.
    static Optional<RecordId> verified(Validated validated) {
        if (validated.tool().kind() != ToolType.Kind.VERIFY
                || !(validated.asked() instanceof Operation.Count question)) {
            return Optional.empty();
        }
        return question.where().stream()
                .filter(one ->
                        one.field().equals(validated.object().idField()) && one.comparison() == Comparison.EQUALS)
                .flatMap(one -> one.value() instanceof Value.Text(String id)
                        ? java.util.stream.Stream.of(new RecordId(id))
                        : java.util.stream.Stream.empty())
                .findFirst();
    }

    /// A verification without the values that were claimed.
    static Value unclaimed(Operation asked) {
        if (!(asked instanceof Operation.Count question)) {
            return asked.canonical();
        }
        List<Operation.Condition> where = question.where().stream()
                .map(one -> new Operation.Condition(one.field(), one.comparison(), Value.of("(claimed)")))
                .toList();
        return new Operation.Count(question.target(), where, question.rules()).canonical();
    }

    private static Optional<WorkflowStep> step(Authenticated who) {
        return who.policy().bundle().workflow(who.principal().delegation()).flatMap(workflow -> workflow.step());
    }
}
