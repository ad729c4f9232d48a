// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.catalog.FieldType;
import dev.tollgate.catalog.ToolType;
import dev.tollgate.policy.bundle.AgentRecord;
import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.policy.bundle.UserRecord;
import dev.tollgate.policy.bundle.Workflow;
import dev.tollgate.policy.bundle.WorkflowStep;
import dev.tollgate.terms.Confirmation;
import dev.tollgate.terms.DataClass;
import dev.tollgate.terms.Delegation;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.Scope;
import dev.tollgate.terms.SessionId;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.TaskId;
import dev.tollgate.terms.Verb;
import dev.tollgate.terms.View;
import dev.tollgate.terms.WorkflowId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What policies let each agent do, in each workflow, with each class, to each destination, in each view, with the
/// condition that remains (requirement S0-42): every tool and field is put to the policies with the facts of the record
/// unknown, for people of every kind that the agent may act for, as things stand and with all evidence that
/// people could give. The risk is low and nothing was shown before: what is found is the most that anybody may ever do.
public final class AccessReview {
    /// Stands for the customer of whatever task.
    static final String CUSTOMER = "customer-of-the-task";

    private static final Duration LIFE = Duration.ofMinutes(15);
    private static final BigDecimal LEAST_AMOUNT = new BigDecimal("0.01");

    private final Bundle bundle;
    private final Instant now;
    private final Optional<Memo> memo = Optional.of(new Memo());

    private AccessReview(Bundle bundle, Instant now) {
        this.bundle = bundle;
        this.now = now;
    }

    /// Everything that a bundle permits at a moment, in reading order.
    public static List<AccessLine> of(Bundle bundle, Instant now) {
        AccessReview review = new AccessReview(bundle, now);
        List<AccessLine> lines = new ArrayList<>();
        bundle.agents().values().stream()
                .sorted(Comparator.comparing(agent -> agent.id().value()))
                .forEach(agent -> agent.workflows().stream()
                        .sorted(Comparator.comparing(WorkflowId::value))
                        .forEach(workflow -> Optional.ofNullable(
                                        bundle.workflows().get(workflow))
                                .ifPresent(known ->
                                        parts(known).forEach(part -> lines.addAll(review.lines(agent, part))))));
        lines.sort(AccessLine.ORDER);
        return lines;
    }

    /// A workflow with steps is run one step at a time.
    private static List<Workflow> parts(Workflow workflow) {
        return workflow.steps().isEmpty()
                ? List.of(workflow)
                : new TreeMap<>(workflow.steps()).values().stream().toList();
    }

    /// What is permitted, without to whom: lines of people that differ in nothing else are one.
    private record Key(Verb verb, DataClass dataClass, String destination, View view, String condition) {}

    private record Found(Set<String> people, Set<String> objects, Set<String> rules) {
        Found() {
            this(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
        }
    }

    private List<AccessLine> lines(AgentRecord agent, Workflow workflow) {
        Map<String, UserRecord> people = people(agent);
        Map<Key, Found> found = new LinkedHashMap<>();
        people.forEach((kind, person) -> principal(agent, workflow, person)
                .ifPresent(who -> bundle.catalog()
                        .contracts()
                        .forEach(
                                contract -> contract.tools().forEach(tool -> tool(who, workflow, tool, kind, found)))));
        List<AccessLine> lines = new ArrayList<>();
        found.forEach((key, one) -> lines.add(new AccessLine(
                agent.id(),
                agent.tier(),
                agent.zone(),
                workflow.id(),
                key.verb,
                key.dataClass,
                key.destination,
                key.view,
                condition(inStep(workflow, key.condition), one.people, people.keySet()),
                new TreeSet<>(one.objects),
                new TreeSet<>(one.rules))));
        return lines;
    }

    /// What must be true of the task: which step it is in, and what it has completed.
    private static String inStep(Workflow workflow, String condition) {
        return workflow.step()
                .map(step -> "the task is in step " + step.id()
                        + (step.needs().isEmpty() ? "" : " after " + String.join(" and ", new TreeSet<>(step.needs())))
                        + (condition.isEmpty() ? "" : ", and " + condition))
                .orElse(condition);
    }

    private static String condition(String condition, Set<String> some, Set<String> all) {
        if (some.equals(all)) {
            return condition;
        }
        String people = "the person is " + String.join(" or ", some);
        return condition.isEmpty() ? people : condition + ", and " + people;
    }

    /// One person of each kind that an agent may act for: of the same tenant, roles and audiences.
    private Map<String, UserRecord> people(AgentRecord agent) {
        Map<String, UserRecord> people = new TreeMap<>();
        bundle.users().values().stream()
                .filter(agent::actsFor)
                .sorted(Comparator.comparing(user -> user.id().value()))
                // Who has accounts comes first: rules on owned records need them.
                .sorted(Comparator.comparing(user -> user.accounts().isEmpty()))
                .forEach(user -> people.putIfAbsent(kind(user), user));
        return people;
    }

    private static String kind(UserRecord user) {
        String roles = String.join("+", new TreeSet<>(user.roles()));
        String audiences = user.audiences().isEmpty() ? "" : " of " + String.join("+", new TreeSet<>(user.audiences()));
        return (roles.isEmpty() ? "without a role" : roles) + audiences;
    }

    private Optional<Principal> principal(AgentRecord agent, Workflow workflow, UserRecord person) {
        Set<Scope> scopes = bundle.catalog().contracts().stream()
                .flatMap(contract -> contract.tools().stream())
                .flatMap(tool -> tool.scopes().stream())
                .collect(Collectors.toSet());
        Delegation all = new Delegation(
                agent.id(),
                person.id(),
                scopes,
                Optional.of(workflow.id()),
                workflow.step().map(WorkflowStep::id),
                new TaskId("access-review"),
                new SessionId("access-review"),
                Optional.of(CUSTOMER),
                Optional.of(CUSTOMER),
                Optional.empty(),
                now,
                now.plus(workflow.step().map(WorkflowStep::life).orElse(LIFE)),
                List.of(agent.id().value()),
                Confirmation.NONE,
                Optional.empty());
        return bundle.principal(all) instanceof Step.Passed<Principal>(Principal who)
                ? Optional.of(who)
                : Optional.empty();
    }

    private void tool(Principal who, Workflow workflow, ToolType tool, String kind, Map<Key, Found> found) {
        if (!workflow.includes(tool.name())) {
            return;
        }
        Operation.Target target =
                new Operation.Target(tool.system(), tool.object(), tool.name(), tool.verb(), tool.destination());
        if (new Gate(bundle).check(who, target, now) instanceof Gate.Passage.Open(Frame frame)) {
            Conditions words = new Conditions(frame, now);
            Judge stands = judge(frame, Evidence.NONE);
            Judge given = judge(frame, Hypothesis.ALL.evidence(situation(frame)));
            Map<Key, Found> here = new HashMap<>();
            if (tool.verb() == Verb.SEND) {
                new AccessSends(frame)
                        .each(
                                stands,
                                given,
                                (field, view, condition, external, rules) ->
                                        reserved(here, frame, field, view, condition, external, rules));
            } else {
                frame.object().fields().stream()
                        .filter(field -> asked(tool, field) && workflow.sets(tool.name(), field.name()))
                        .forEach(field -> field(frame, field, stands, given, words, here));
            }
            here.forEach((key, one) -> {
                Found all = found.computeIfAbsent(key, _ -> new Found());
                all.people.add(kind);
                all.objects.addAll(one.objects);
                all.rules.addAll(one.rules);
            });
        }
    }

    /// A change is of the fields that its tool takes; of any field that is removed or merged with its record.
    private static boolean asked(ToolType tool, FieldType field) {
        return !tool.verb().changes()
                || tool.accepts().isEmpty()
                || tool.accepts().contains(field.name());
    }

    private Situation situation(Frame frame) {
        return Situation.at(now).with(Course.possible(frame));
    }

    private Judge judge(Frame frame, Evidence evidence) {
        boolean pays = frame.tool().accepts().contains(OperationAmount.FIELD);
        return new Judge(
                bundle,
                memo,
                frame,
                situation(frame),
                evidence,
                pays ? Optional.of(LEAST_AMOUNT) : Optional.empty(),
                Optional.empty());
    }

    private void field(
            Frame frame, FieldType field, Judge stands, Judge given, Conditions words, Map<Key, Found> here) {
        Finding plain =
                stands.find(field, frame.tool().verb(), Attempt.open(frame, frame.rules(), stands, Optional.empty()));
        Finding most =
                given.find(field, frame.tool().verb(), Attempt.open(frame, frame.rules(), given, Optional.empty()));
        View certain = plain.verdict().view();
        View possible = plain.verdict().atMost();
        if (certain != View.WITHHELD) {
            reserved(
                    here,
                    frame,
                    field,
                    certain,
                    words.always(),
                    false,
                    plain.verdict().rules());
        }
        if (possible != certain) {
            List<RuleId> rules = plain.verdict().rules();
            reserved(here, frame, field, possible, words.where(plain), false, rules);
        }
        // What evidence adds is a higher view.
        View approved = most.verdict().atMost();
        if (approved.compareTo(possible) > 0) {
            List<RuleId> rules = most.verdict().rules();
            reserved(here, frame, field, approved, words.approved(most), false, rules);
        }
    }

    /// What the agent's own record keeps from it, or for people, whatever policies permit.
    private void reserved(
            Map<Key, Found> here,
            Frame frame,
            FieldType field,
            View view,
            String condition,
            boolean external,
            List<RuleId> rules) {
        switch (new Reserved(bundle).remains(frame, field.name(), external)) {
            case NOTHING -> add(here, frame, field, view, condition, rules);
            case APPROVAL -> add(here, frame, field, view, Conditions.approved(condition), rules);
            case CLOSED -> {}
        }
    }

    private static void add(
            Map<Key, Found> here, Frame frame, FieldType field, View view, String condition, List<RuleId> rules) {
        Key key = new Key(
                frame.tool().verb(), field.dataClass(), frame.destination().name(), view, condition);
        Found one = here.computeIfAbsent(key, _ -> new Found());
        one.objects.add(frame.object().name());
        rules.forEach(rule -> one.rules.add(rule.value()));
    }
}
