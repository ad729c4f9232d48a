// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.catalog.Contract;
import dev.tollgate.catalog.ToolType;
import dev.tollgate.catalog.yaml.Problem;
import dev.tollgate.catalog.yaml.Problems;
import dev.tollgate.containment.RiskScore;
import dev.tollgate.policy.bundle.Loading;
import dev.tollgate.policy.bundle.PolicyTest;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Confirmation;
import dev.tollgate.terms.Delegation;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.SessionId;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.TaskId;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.View;
import dev.tollgate.terms.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// Runs the tests that a bundle carries. A bundle that fails one of its own tests is not valid.
final class BundleTests {
    private static final Duration LIFE = Duration.ofMinutes(15);

    /// No step of a workflow lets its credential live shorter.
    private static final Duration STEP_LIFE = Duration.ofSeconds(1);

    private final DecisionPoint point;

    private BundleTests(DecisionPoint point) {
        this.point = point;
    }

    static Loading run(Loading loading, RandomGenerator ids) {
        return switch (loading) {
            case Loading.Invalid invalid -> invalid;
            case Loading.Loaded loaded -> {
                BundleTests tests = new BundleTests(new DecisionPoint(loaded.bundle(), ids));
                List<Problem> failed = new ArrayList<>();
                loaded.tests().forEach(test -> tests.run(test).forEach(message -> failed.add(failure(test, message))));
                yield failed.isEmpty() ? loaded : new Loading.Invalid(new Problems(failed));
            }
        };
    }

    private static Problem failure(PolicyTest test, String message) {
        return Problem.of(test.at(), "the test " + Problem.quote(test.name()) + " fails: " + message);
    }

    private List<String> run(PolicyTest test) {
        return switch (point.bundle().principal(delegation(test.given()))) {
            case Step.Refused<Principal> refused ->
                compare(test, Outcome.DENY, Optional.of(refused.why()), List.of(), Map.of());
            case Step.Passed<Principal> passed -> {
                Decision decision = decide(passed.state(), test);
                Map<String, FieldVerdict> verdicts = test.row()
                        .map(row -> (Map<String, FieldVerdict>) decision.forRow(row, Set.of()))
                        .orElse(decision.verdicts());
                yield compare(test, decision.outcome(), decision.refusal(), decision.determining(), verdicts);
            }
        };
    }

    private Decision decide(Principal who, PolicyTest test) {
        PolicyTest.Given given = test.given();
        Evidence evidence = new Evidence(
                given.stepUp() ? Optional.of(new Evidence.StepUp(given.at(), "passkey")) : Optional.empty(),
                given.approvedBy().map(approver -> new Evidence.Approval(given.at(), approver, given.approvers())));
        RiskScore.Level level = RiskScore.Level.valueOf(given.risk().toUpperCase(java.util.Locale.ROOT));
        Situation situation = new Situation(
                given.at(),
                new RiskScore(level, 0, List.of()),
                given.carried(),
                evidence,
                given.customerTier(),
                List.of(),
                outgoing(given),
                TaskFacts.NONE.with(given.task().completed()).about(given.task().applies()),
                Optional.empty());
        Operation operation = operation(test.call());
        boolean replaces = operation instanceof Write write && write.replaces();
        Prior prior = new Prior(test.call().before(), test.row().orElse(Map.of()), Optional.empty());
        return point.decide(who, operation, replaces ? situation.with(List.of(prior)) : situation);
    }

    private static Outgoing outgoing(PolicyTest.Given given) {
        Set<String> facts = given.recipient();
        return new Outgoing(
                new Outgoing.Recipients(
                        facts.contains("on_file"), facts.contains("internal"), facts.contains("new_domain")),
                given.findings().stream()
                        .collect(Collectors.toMap(word -> word, _ -> 1L, (one, _) -> one, TreeMap::new)),
                given.findings().isEmpty() ? Optional.empty() : Optional.of(new TreeMap<>()));
    }

    private Operation operation(PolicyTest.Call call) {
        ToolType tool = point.bundle().catalog().tool(call.tool()).orElseThrow();
        Contract contract = point.bundle().catalog().contractOf(call.tool()).orElseThrow();
        Operation.Target target =
                new Operation.Target(contract.system(), tool.object(), tool.name(), tool.verb(), tool.destination());
        List<String> fields = call.fields().isEmpty() ? tool.defaultFields() : call.fields();
        List<Operation.Condition> where = call.where().stream()
                .map(field -> new Operation.Condition(field, Comparison.EQUALS, Value.of("x")))
                .toList();
        return switch (tool.kind()) {
            case GET -> new Operation.Get(target, new RecordId("any"), fields, List.of());
            case SEARCH -> new Operation.Search(target, where, List.of(), 1, 0, fields, List.of());
            case COUNT -> new Operation.Count(target, where, List.of());
            case VERIFY -> new Operation.Count(target, where, List.of());
            case CREATE -> new Write.Create(target, call.values(), fields, List.of());
            case SEND -> new Write.Send(target, call.values(), fields, List.of());
            case UPDATE ->
                new Write.Update(target, new RecordId("any"), call.values(), Optional.empty(), fields, List.of());
            case DELETE -> new Write.Delete(target, new RecordId("any"), Optional.empty(), List.of());
            case MERGE ->
                new Write.Merge(
                        target,
                        new RecordId("any"),
                        new RecordId("other"),
                        Optional.empty(),
                        Optional.empty(),
                        List.of());
        };
    }

    private static List<String> compare(
            PolicyTest test,
            Outcome outcome,
            Optional<Refusal> refusal,
            List<RuleId> determining,
            Map<String, FieldVerdict> verdicts) {
        PolicyTest.Expect expect = test.expect();
        List<String> failed = new ArrayList<>();
        String code = refusal.map(Refusal::code).orElse("none");
        expect.outcome()
                .filter(word -> !word.equals(outcome.word()))
                .ifPresent(word -> failed.add("the outcome is `" + outcome.word() + "` and not `" + word
                        + "` (refusal `" + code + "`, rules " + determining + ")"));
        expect.refusal()
                .filter(word -> !word.equals(code))
                .ifPresent(word -> failed.add("the refusal is `" + code + "` and not `" + word + "`"));
        expect.rule()
                .filter(rule -> !determining.contains(new RuleId(rule)))
                .ifPresent(rule -> failed.add("determined by " + determining + " and not by `" + rule + "`"));
        expect.fields().forEach((name, view) -> {
            FieldVerdict verdict = verdicts.get(name);
            View shown = verdict == null ? View.WITHHELD : verdict.view();
            if (shown != view) {
                String why = verdict == null ? "not decided" : verdict.reason().word() + " " + verdict.rules();
                failed.add("`" + name + "` is " + shown.word() + " and not " + view.word() + " (" + why + ")");
            }
        });
        return failed;
    }

    private static Delegation delegation(PolicyTest.Given given) {
        return new Delegation(
                given.agent(),
                given.user(),
                given.scopes(),
                given.workflow(),
                given.task().step(),
                new TaskId("test"),
                new SessionId("test"),
                given.customer(),
                given.task().applies().isEmpty() ? Optional.empty() : Optional.of("case"),
                Optional.empty(),
                given.at(),
                given.at().plus(given.task().step().isPresent() ? STEP_LIFE : LIFE),
                List.of(given.agent().value()),
                Confirmation.NONE,
                Optional.empty());
    }
}
