// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.exception;

import dev.tollgate.catalog.FieldType;
import dev.tollgate.catalog.yaml.Mark;
import dev.tollgate.lineage.Carried;
import dev.tollgate.lineage.Integrity;
import dev.tollgate.policy.DecisionPoint;
import dev.tollgate.policy.bundle.PolicyTest;
import dev.tollgate.policy.bundle.UserRecord;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.DataClass;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.FieldPath;
import dev.tollgate.terms.Scope;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.WorkflowId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An exception as a policy test: the call as the log has it, and what policy said to it. Values are not in
/// the log, so those of the test are made up.
public final class CallAsTest {
    private static final JsonMapper JSON = new JsonMapper();

    /// Names of fields in a report's reason, the first words of which they are.
    private static final Pattern WRITTEN = Pattern.compile("(?<=[` ])([a-z][a-z0-9_]*)\\.([a-z][a-z0-9_]*)(?=[`,])");

    private CallAsTest() {}

    /// What came of it. Closed.
    public sealed interface Drawn {
        /// A file of a bundle's `tests` folder with one test.
        record Test(String yaml) implements Drawn {}

        /// There is none.
        ///
        /// @param why and what to do next
        record None(String why) implements Drawn {}
    }

    /// The test of an exception's call.
    ///
    /// @param log    this node's audit log: the entry at an index, as it stands there
    /// @param active the policy in force, which knows the fields
    public static Drawn of(ExceptionCase one, LongFunction<Optional<String>> log, Step<DecisionPoint> active) {
        Optional<JsonNode> found = evidence(one, log).map(JSON::readTree);
        if (found.isEmpty()) {
            return new Drawn.None("its evidence is in another node's log: ask there");
        }
        if (!text(found.get().path("kind")).equals("decision")) {
            return new Drawn.None(
                    "no policy decided this call (`" + one.report().rule() + "`): it has no test");
        }
        return new Drawn.Test(PolicyTestText.yaml(List.of(test(one, found.get(), active))));
    }

    /// The first entry of an exception's evidence. Each node has its own log, so an index that another node
    /// noted names some other call here: what is not by the same agent for the same tenant and tool is not it.
    public static Optional<String> evidence(ExceptionCase one, LongFunction<Optional<String>> log) {
        return one.report().evidence().stream()
                .findFirst()
                .flatMap(log::apply)
                .filter(text -> isOf(one.report(), JSON.readTree(text)));
    }

    private static boolean isOf(ExceptionReport report, JsonNode entry) {
        JsonNode caller = entry.path("caller");
        return text(caller.path("agent")).equals(report.agent().value())
                && text(caller.path("tenant")).equals(report.tenant().value())
                && report.user().stream()
                        .allMatch(user -> text(caller.path("user")).equals(user.value()))
                && report.tool().stream()
                        .allMatch(tool -> text(entry.at("/call/tool")).equals(tool.value()));
    }

    private static PolicyTest test(ExceptionCase one, JsonNode entry, Step<DecisionPoint> policy) {
        JsonNode caller = entry.path("caller");
        JsonNode call = entry.path("call");
        JsonNode ruling = entry.path("ruling");
        Map<String, Value> after = new TreeMap<>();
        Map<String, Value> before = new TreeMap<>();
        Map<Fact, Value> row = new EnumMap<>(Fact.class);
        if (policy instanceof Step.Passed<DecisionPoint> active) {
            row.putAll(own(active.state(), caller, call));
            values(one, active.state(), call, after, before);
        }
        PolicyTest.Given given = new PolicyTest.Given(
                new AgentId(text(caller.path("agent"))),
                new UserId(text(caller.path("user"))),
                member(caller, "workflow").map(WorkflowId::new),
                new PolicyTest.Task(member(caller, "step"), Set.copyOf(texts(ruling.path("completed"))), Map.of()),
                scopes(caller),
                Optional.empty(),
                Instant.parse(text(call.path("received"))).truncatedTo(ChronoUnit.SECONDS),
                member(entry.path("risk"), "level").orElse("low"),
                Optional.empty(),
                0,
                false,
                Optional.empty(),
                Set.of(),
                Set.of(),
                carried(entry.path("flow")));
        boolean writes = !after.isEmpty();
        return new PolicyTest(
                one.report().reason(),
                given,
                new PolicyTest.Call(
                        new ToolName(text(call.path("tool"))),
                        writes ? List.of() : texts(call.path("fields")),
                        writes ? List.of() : texts(call.path("probed")),
                        after,
                        before),
                row.isEmpty() ? Optional.empty() : Optional.of(row),
                new PolicyTest.Expect(
                        member(ruling, "outcome"),
                        Optional.empty(),
                        Optional.of(one.report().rule().value()),
                        Map.of()),
                Mark.start(""));
    }

    /// What the agent held when policy decided, as far as policy asked for it.
    private static Carried carried(JsonNode flow) {
        Set<DataClass> classes =
                texts(flow.path("carried")).stream().map(DataClass::new).collect(Collectors.toSet());
        Integrity integrity = text(flow.path("integrity")).equals(Integrity.THIRD_PARTY.word())
                ? Integrity.THIRD_PARTY
                : Integrity.TRUSTED;
        return new Carried(classes, integrity, Set.of());
    }

    /// A value for each field that the call would have written: the report names them.
    private static void values(
            ExceptionCase one,
            DecisionPoint policy,
            JsonNode call,
            Map<String, Value> after,
            Map<String, Value> before) {
        SystemId system = new SystemId(text(call.path("system")));
        String object = text(call.path("object"));
        Matcher names = WRITTEN.matcher(one.report().reason());
        while (names.find()) {
            if (names.group(1).equals(object)) {
                FieldPath path = new FieldPath(object, names.group(2));
                FieldType field = policy.bundle().catalog().field(system, path);
                after.put(path.field(), madeUp(field, true));
                before.put(path.field(), madeUp(field, false));
            }
        }
    }

    /// A record of the caller's own: that is the record on which the rule itself decides, and not a wall.
    private static Map<Fact, Value> own(DecisionPoint policy, JsonNode caller, JsonNode call) {
        SystemId system = new SystemId(text(call.path("system")));
        Map<Fact, Value> row = new EnumMap<>(Fact.class);
        policy.bundle().catalog().object(system, text(call.path("object"))).ifPresent(object -> {
            if (object.facts().containsKey(Fact.TENANT)) {
                row.put(Fact.TENANT, Value.of(text(caller.path("tenant"))));
            }
            UserRecord user = policy.bundle().users().get(new UserId(text(caller.path("user"))));
            String account = user == null ? null : user.accounts().get(system);
            if (object.facts().containsKey(Fact.OWNER) && account != null) {
                row.put(Fact.OWNER, Value.of(account));
            }
        });
        return row;
    }

    private static Value madeUp(FieldType field, boolean after) {
        if (!field.picklist().isEmpty()) {
            return Value.of(
                    after ? field.picklist().getLast() : field.picklist().getFirst());
        }
        return switch (field.type()) {
            case DECIMAL, INTEGER -> Value.of(after ? 200 : 100);
            case BOOLEAN -> Value.of(after);
            case DATE -> Value.of(after ? "2026-01-02" : "2026-01-01");
            case MOMENT -> Value.of(after ? "2026-01-02T00:00:00Z" : "2026-01-01T00:00:00Z");
            case TEXT, REFERENCE, LIST -> Value.of(after ? "made up" : "made up before");
        };
    }

    private static Set<Scope> scopes(JsonNode caller) {
        Set<Scope> scopes = new HashSet<>();
        texts(caller.path("scopes")).forEach(text -> Scope.parse(text).ifPresent(scopes::add));
        return scopes;
    }

    private static Optional<String> member(JsonNode node, String name) {
        return Optional.of(node.path(name)).filter(JsonNode::isString).map(JsonNode::stringValue);
    }

    private static String text(JsonNode node) {
        return node.isString() ? node.stringValue() : "";
    }

    private static List<String> texts(JsonNode items) {
        return items.valueStream()
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .toList();
    }
}
