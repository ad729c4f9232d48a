// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.bundle;

import dev.tollgate.catalog.Catalog;
import dev.tollgate.catalog.DataClasses;
import dev.tollgate.catalog.yaml.Problem;
import dev.tollgate.catalog.yaml.ProblemLog;
import dev.tollgate.lineage.Carried;
import dev.tollgate.lineage.Integrity;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.DataClass;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.Scope;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.View;
import dev.tollgate.terms.WorkflowId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Reads `tests/*.yaml`.
final class TestReader {
    private static final List<String> INTEGRITIES =
            Arrays.stream(Integrity.values()).map(Integrity::word).toList();
    private static final List<String> RISKS = List.of("low", "medium", "high");
    private static final List<String> RECIPIENT = List.of("on_file", "internal", "new_domain");
    private static final List<String> VIEWS =
            Arrays.stream(View.values()).map(View::word).toList();

    private final List<String> tools;
    private final DataClasses classes;
    private final List<String> classNames;

    TestReader(Catalog catalog) {
        this.tools = catalog.tools().stream().map(tool -> tool.name().value()).toList();
        this.classes = catalog.classes();
        this.classNames =
                classes.entries().stream().map(entry -> entry.name().name()).toList();
    }

    List<PolicyTest> read(ProblemLog problems, String file, byte[] bytes) {
        List<PolicyTest> tests = new ArrayList<>();
        Section.of(problems, file, bytes).ifPresent(root -> {
            root.needed("at");
            Optional<Instant> usual = moment(root);
            for (Section section : root.sections("tests")) {
                usual.flatMap(at -> test(section, at)).ifPresent(tests::add);
            }
            root.done();
        });
        return tests;
    }

    private Optional<PolicyTest> test(Section section, Instant usual) {
        Optional<String> name = section.needed("name");
        Optional<PolicyTest.Given> given = section.neededSection("given").flatMap(below -> this.given(below, usual));
        Optional<PolicyTest.Call> call = section.neededSection("when").flatMap(this::call);
        Optional<Map<Fact, Value>> row = section.section("row").map(TestReader::row);
        Optional<PolicyTest.Expect> expect = section.neededSection("expect").map(TestReader::expect);
        section.done();
        return name.flatMap(called -> given.flatMap(stand -> call.flatMap(
                asked -> expect.map(wanted -> new PolicyTest(called, stand, asked, row, wanted, section.at())))));
    }

    private Optional<PolicyTest.Given> given(Section below, Instant usual) {
        Optional<String> agent = below.needed("agent");
        Optional<String> user = below.needed("user");
        Optional<WorkflowId> workflow = below.text("workflow").map(WorkflowId::new);
        PolicyTest.Task task = new PolicyTest.Task(
                below.text("step"),
                Set.copyOf(below.texts("completed")),
                below.section("case").map(TestReader::row).orElse(Map.of()));
        Set<Scope> scopes = new LinkedHashSet<>();
        for (String text : below.texts("scopes")) {
            Scope.parse(text)
                    .ifPresentOrElse(scopes::add, () -> below.problem("scopes", Problem.quote(text) + " is no scope"));
        }
        Optional<String> customer = below.text("customer");
        Instant at = moment(below).orElse(usual);
        String risk = below.word("risk", RISKS).orElse("low");
        Optional<String> approvedBy = below.text("approved_by");
        int approvers = below.made("approvers", "a small number", text -> Optional.of(Integer.parseInt(text)))
                .orElse(1);
        boolean stepUp = below.truth("step_up");
        Optional<String> tier = below.text("customer_tier");
        Set<String> recipient = Set.copyOf(below.words("recipient", RECIPIENT));
        Set<String> findings = Set.copyOf(below.texts("findings"));
        Carried carried = carried(below);
        below.done();
        return agent.flatMap(who -> user.map(whom -> new PolicyTest.Given(
                new AgentId(who),
                new UserId(whom),
                workflow,
                task,
                scopes,
                customer,
                at,
                risk,
                approvedBy,
                approvers,
                stepUp,
                tier,
                recipient,
                findings,
                carried)));
    }

    /// What the agent was shown before, in the words that policies find.
    private Carried carried(Section below) {
        Set<DataClass> named = new HashSet<>();
        for (String name : below.words("carried", classNames)) {
            DataClass one = new DataClass(name);
            named.add(one);
            named.addAll(classes.ancestors(one));
        }
        Integrity integrity = below.word("integrity", INTEGRITIES)
                .filter(Integrity.THIRD_PARTY.word()::equals)
                .map(_ -> Integrity.THIRD_PARTY)
                .orElse(Integrity.TRUSTED);
        return new Carried(named, integrity, Set.of());
    }

    private Optional<PolicyTest.Call> call(Section below) {
        Optional<String> tool = below.needed("tool").flatMap(_ -> below.word("tool", tools));
        List<String> fields = below.texts("fields");
        List<String> where = below.texts("where");
        Map<String, Value> values = values(below, "values");
        Map<String, Value> before = values(below, "before");
        below.done();
        return tool.map(name -> new PolicyTest.Call(new ToolName(name), fields, where, values, before));
    }

    private static Map<String, Value> values(Section below, String key) {
        Map<String, Value> values = new TreeMap<>();
        below.section(key).ifPresent(given -> given.pairs().forEach((name, text) -> values.put(name, value(text))));
        return values;
    }

    private static Map<Fact, Value> row(Section below) {
        Map<Fact, Value> facts = new EnumMap<>(Fact.class);
        for (Fact fact : Fact.values()) {
            if (fact == Fact.UPDATED) {
                below.made("updated", "a moment in UTC", text -> Optional.of(Instant.parse(text)))
                        .ifPresent(at -> facts.put(fact, new Value.Moment(at)));
            } else {
                below.text(fact.word()).ifPresent(text -> facts.put(fact, Value.of(text)));
            }
        }
        below.done();
        return facts;
    }

    private static PolicyTest.Expect expect(Section below) {
        Optional<String> outcome = below.text("outcome");
        Optional<String> refusal = below.text("refusal");
        Optional<String> rule = below.text("rule");
        Map<String, View> views = new LinkedHashMap<>();
        below.section("fields")
                .ifPresent(fields -> fields.pairs().forEach((name, word) -> {
                    fields.word(name, VIEWS);
                    Arrays.stream(View.values())
                            .filter(view -> view.word().equals(word))
                            .forEach(view -> views.put(name, view));
                }));
        if (outcome.isEmpty() && refusal.isEmpty() && rule.isEmpty() && views.isEmpty()) {
            below.problem("a test that expects nothing proves nothing");
        }
        below.done();
        return new PolicyTest.Expect(outcome, refusal, rule, views);
    }

    private static Optional<Instant> moment(Section section) {
        return section.made("at", "a moment in UTC", text -> Optional.of(Instant.parse(text)));
    }

    private static Value value(String text) {
        return text.matches("-?[0-9]{1,12}(\\.[0-9]{1,6})?") ? new Value.Num(new BigDecimal(text)) : Value.of(text);
    }
}
