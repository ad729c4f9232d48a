// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.exception;

import dev.tollgate.lineage.Integrity;
import dev.tollgate.policy.bundle.PolicyTest;
import dev.tollgate.terms.CanonicalJson;
import dev.tollgate.terms.DataClass;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.Scope;
import dev.tollgate.terms.Value;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/// Policy tests as a file of a bundle's `tests` folder: how the resolution of an exception becomes a rule
/// that stays. The values that a test names stand in the file, so take made-up ones.
public final class PolicyTestText {
    private PolicyTestText() {}

    /// A file with these tests, which a bundle's loader reads as they are.
    public static String yaml(List<PolicyTest> tests) {
        StringBuilder text = new StringBuilder("at: 1970-01-01T00:00:00Z\ntests:\n");
        for (PolicyTest test : tests) {
            text.append("  - name: ").append(quote(test.name())).append('\n');
            text.append("    given: ").append(given(test.given())).append('\n');
            text.append("    when: ").append(call(test.call())).append('\n');
            test.row()
                    .ifPresent(
                            row -> text.append("    row: ").append(facts(row)).append('\n'));
            text.append("    expect: ").append(expect(test.expect())).append('\n');
        }
        return text.toString();
    }

    private static String given(PolicyTest.Given given) {
        StringJoiner parts = new StringJoiner(", ", "{", "}");
        parts.add("agent: " + quote(given.agent().value()));
        parts.add("user: " + quote(given.user().value()));
        given.workflow().ifPresent(workflow -> parts.add("workflow: " + quote(workflow.value())));
        task(parts, given.task());
        if (!given.scopes().isEmpty()) {
            parts.add("scopes: "
                    + items(given.scopes().stream()
                            .map(Scope::toString)
                            .sorted()
                            .toList()));
        }
        given.customer().ifPresent(customer -> parts.add("customer: " + quote(customer)));
        parts.add("at: " + given.at());
        parts.add("risk: " + given.risk());
        given.approvedBy().ifPresent(approver -> {
            parts.add("approved_by: " + quote(approver));
            parts.add("approvers: " + given.approvers());
        });
        if (given.stepUp()) {
            parts.add("step_up: true");
        }
        given.customerTier().ifPresent(tier -> parts.add("customer_tier: " + quote(tier)));
        if (!given.recipient().isEmpty()) {
            parts.add("recipient: " + items(given.recipient().stream().sorted().toList()));
        }
        if (!given.findings().isEmpty()) {
            parts.add("findings: " + items(given.findings().stream().sorted().toList()));
        }
        if (!given.carried().classes().isEmpty()) {
            parts.add("carried: "
                    + items(given.carried().classes().stream()
                            .map(DataClass::name)
                            .sorted()
                            .toList()));
        }
        if (given.carried().integrity() != Integrity.TRUSTED) {
            parts.add("integrity: " + given.carried().integrity().word());
        }
        return parts.toString();
    }

    private static void task(StringJoiner parts, PolicyTest.Task task) {
        task.step().ifPresent(step -> parts.add("step: " + quote(step)));
        if (!task.completed().isEmpty()) {
            parts.add("completed: " + items(task.completed().stream().sorted().toList()));
        }
        if (!task.applies().isEmpty()) {
            parts.add("case: " + facts(task.applies()));
        }
    }

    private static String facts(Map<Fact, Value> known) {
        Map<String, String> facts = new TreeMap<>();
        known.forEach((fact, value) -> facts.put(fact.word(), quote(plain(value))));
        return mapping(facts);
    }

    private static String call(PolicyTest.Call call) {
        StringJoiner parts = new StringJoiner(", ", "{", "}");
        parts.add("tool: " + quote(call.tool().value()));
        if (!call.fields().isEmpty()) {
            parts.add("fields: " + items(call.fields()));
        }
        if (!call.where().isEmpty()) {
            parts.add("where: " + items(call.where()));
        }
        values(parts, "values", call.values());
        values(parts, "before", call.before());
        return parts.toString();
    }

    private static void values(StringJoiner parts, String key, Map<String, Value> values) {
        if (!values.isEmpty()) {
            Map<String, String> texts = new TreeMap<>();
            values.forEach((name, value) -> texts.put(name, quote(plain(value))));
            parts.add(key + ": " + mapping(texts));
        }
    }

    private static String expect(PolicyTest.Expect expect) {
        StringJoiner parts = new StringJoiner(", ", "{", "}");
        expect.outcome().ifPresent(outcome -> parts.add("outcome: " + quote(outcome)));
        expect.refusal().ifPresent(refusal -> parts.add("refusal: " + quote(refusal)));
        expect.rule().ifPresent(rule -> parts.add("rule: " + quote(rule)));
        if (!expect.fields().isEmpty()) {
            Map<String, String> views = new TreeMap<>();
            expect.fields().forEach((name, view) -> views.put(name, view.word()));
            parts.add("fields: " + mapping(views));
        }
        return parts.toString();
    }

    private static String mapping(Map<String, String> texts) {
        StringJoiner parts = new StringJoiner(", ", "{", "}");
        texts.forEach((name, text) -> parts.add(quote(name) + ": " + text));
        return parts.toString();
    }

    private static String items(Collection<String> texts) {
        StringJoiner parts = new StringJoiner(", ", "[", "]");
        texts.forEach(text -> parts.add(quote(text)));
        return parts.toString();
    }

    /// A JSON string is a YAML string.
    private static String quote(String text) {
        return CanonicalJson.text(Value.of(text));
    }

    private static String plain(Value value) {
        return switch (value) {
            case Value.Text text -> text.text();
            case Value.Num num -> num.number().toPlainString();
            case Value.Moment moment -> moment.instant().toString();
            case Value.Day day -> day.date().toString();
            case Value.Null _, Value.Bool _, Value.Items _, Value.Fields _ -> CanonicalJson.text(value);
        };
    }
}
