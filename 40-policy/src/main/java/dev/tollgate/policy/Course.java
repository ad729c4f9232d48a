// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.policy.bundle.WorkflowStep;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Conduct;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RowRule;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The rules above Cedar that follow from where a task stands: what its step may set, what must be completed before it,
/// and what applies to its case. No policy can lift them.
final class Course {
    private Course() {}

    /// A refusal by where the task stands.
    record Stopped(Reason reason, RuleId rule, Refusal refusal) {}

    /// Why an operation may not go on yet, or at all; nothing when it may.
    static Optional<Stopped> stopped(Frame frame, Operation operation, Situation situation) {
        return frame.workflow().step().flatMap(step -> {
            RuleId rule = new RuleId("step:" + frame.workflow().id() + "/" + step.id());
            boolean sets = operation.given().keySet().stream()
                    .allMatch(field -> step.sets(frame.tool().name(), field));
            if (!sets) {
                Refusal refusal = new Refusal.Denied(rule, Reason.STEP.word());
                return Optional.of(new Stopped(Reason.STEP, rule, refusal));
            }
            return first(step, situation).map(refusal -> new Stopped(Reason.STEP, rule, refusal));
        });
    }

    /// What must be completed before the step, in its own words; nothing when all of it is.
    private static Optional<Refusal> first(WorkflowStep step, Situation situation) {
        Set<String> missing = new TreeSet<>(step.needs());
        missing.removeAll(situation.task().completed());
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        Set<String> steps = new TreeSet<>();
        missing.forEach(need -> steps.add(step.hints().getOrDefault(need, need)));
        return Optional.of(new Conduct.StepNeeded(step.id(), List.copyOf(missing), List.copyOf(steps)));
    }

    /// Everything that could be fulfilled before a step, for the question whether a tool exists.
    static TaskFacts possible(Frame frame) {
        Set<String> all = frame.workflow().step().map(WorkflowStep::needs).orElse(Set.of());
        return TaskFacts.NONE.with(all);
    }

    /// The rules that keep an operation to what applies to the case of its task; nothing when what the case is about
    /// is not known, and must be.
    static Optional<List<RowRule>> applying(Frame frame, Situation situation) {
        if (!Gate.applies(frame)) {
            return Optional.of(List.of());
        }
        return situation.task().applies().map(about -> rules(frame, about));
    }

    /// A record applies when it says so of the case's own value, or of every one.
    private static List<RowRule> rules(Frame frame, Map<Fact, Value> about) {
        List<RowRule> rules = new ArrayList<>();
        for (Fact fact : Fact.OF_CASES) {
            if (frame.object().facts().containsKey(fact)) {
                List<Value> values = new ArrayList<>(List.of(Value.of(Fact.ANY)));
                if (about.get(fact) instanceof Value.Text(String text) && !text.isBlank()) {
                    values.add(RowFacts.typed(frame.object(), fact, text));
                }
                rules.add(new RowRule(fact, Comparison.IN, new Value.Items(values)));
            }
        }
        return rules;
    }
}
