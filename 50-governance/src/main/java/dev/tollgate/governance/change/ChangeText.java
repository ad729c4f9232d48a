// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.change;

import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.CanonicalJson;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.PolicyVersion;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Verb;
import dev.tollgate.terms.WorkflowId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Changes and values as text for the store. Unlike canonical JSON it keeps every type apart, so that a
/// record can be put back as it was: a number is `{"n":"1.5"}`, a date `{"d":…}`, a moment `{"m":…}`, named
/// values `{"f":{…}}`.
public final class ChangeText {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private ChangeText() {}

    /// The text of a change.
    public static String of(Change change) {
        return CanonicalJson.text(value(change));
    }

    /// The change of a text that `of` wrote.
    ///
    /// @throws IllegalStateException when the text is none of ours: the store was edited
    public static Change change(String text) {
        JsonNode node = MAPPER.readTree(text);
        Operation.Target target = new Operation.Target(
                new SystemId(string(node, "system")),
                string(node, "object"),
                new ToolName(string(node, "tool")),
                Verb.of(string(node, "verb")).orElseThrow(ChangeText::edited),
                string(node, "destination"));
        TreeSet<String> untrusted = new TreeSet<>();
        node.path("untrusted").forEach(name -> untrusted.add(name.stringValue()));
        return new Change(
                target,
                optional(node, "record").map(RecordId::new),
                fields(node, "before"),
                fields(node, "after"),
                optional(node, "version"),
                new AgentId(string(node, "agent")),
                new UserId(string(node, "user")),
                new TenantId(string(node, "tenant")),
                new PolicyVersion(string(node, "policy")),
                optional(node, "workflow").map(WorkflowId::new),
                string(node, "reversibility"),
                untrusted);
    }

    /// The text of named values.
    public static String of(SortedMap<String, Value> fields) {
        return CanonicalJson.text(typed(new Value.Fields(fields)));
    }

    /// The named values of a text that `of` wrote.
    public static SortedMap<String, Value> fields(String text) {
        return named(MAPPER.readTree(text));
    }

    static Value value(Change change) {
        Map<String, Value> values = new TreeMap<>();
        values.put("system", Value.of(change.target().system().value()));
        values.put("object", Value.of(change.target().object()));
        values.put("tool", Value.of(change.target().tool().value()));
        values.put("verb", Value.of(change.target().verb().word()));
        values.put("destination", Value.of(change.target().destination()));
        change.record().ifPresent(id -> values.put("record", Value.of(id.value())));
        values.put("before", typed(new Value.Fields(change.before())));
        values.put("after", typed(new Value.Fields(change.after())));
        change.recordVersion().ifPresent(version -> values.put("version", Value.of(version)));
        values.put("agent", Value.of(change.agent().value()));
        values.put("user", Value.of(change.user().value()));
        values.put("tenant", Value.of(change.tenant().value()));
        values.put("policy", Value.of(change.policy().value()));
        change.workflow().ifPresent(workflow -> values.put("workflow", Value.of(workflow.value())));
        values.put("reversibility", Value.of(change.reversibility()));
        values.put("untrusted", Value.texts(change.untrusted()));
        return new Value.Fields(values);
    }

    /// The same value with its types spelled out, for canonical JSON.
    static Value typed(Value value) {
        return switch (value) {
            case Value.Null _, Value.Bool _, Value.Text _ -> value;
            case Value.Num num -> tag("n", plain(num.number()));
            case Value.Day day -> tag("d", day.date().toString());
            case Value.Moment moment -> tag("m", moment.instant().toString());
            case Value.Items items ->
                new Value.Items(items.values().stream().map(ChangeText::typed).toList());
            case Value.Fields fields -> {
                Map<String, Value> typed = new TreeMap<>();
                fields.values().forEach((name, field) -> typed.put(name, typed(field)));
                yield new Value.Fields(Map.of("f", new Value.Fields(typed)));
            }
        };
    }

    /// Equal amounts have equal text, and an absurd exponent does not become a megabyte of zeros.
    private static String plain(BigDecimal number) {
        return (number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros()).toString();
    }

    private static Value tag(String tag, String text) {
        return new Value.Fields(Map.of(tag, Value.of(text)));
    }

    private static Value read(JsonNode node) {
        if (node.isNull()) {
            return Value.NULL;
        }
        if (node.isBoolean()) {
            return Value.of(node.booleanValue());
        }
        if (node.isString()) {
            return Value.of(node.stringValue());
        }
        if (node.isArray()) {
            List<Value> items = new ArrayList<>();
            node.forEach(item -> items.add(read(item)));
            return new Value.Items(items);
        }
        if (node.has("n")) {
            return new Value.Num(new BigDecimal(string(node, "n")));
        }
        if (node.has("d")) {
            return new Value.Day(LocalDate.parse(string(node, "d")));
        }
        if (node.has("m")) {
            return new Value.Moment(Instant.parse(string(node, "m")));
        }
        return new Value.Fields(named(node));
    }

    private static SortedMap<String, Value> fields(JsonNode node, String name) {
        return named(node.path(name));
    }

    private static SortedMap<String, Value> named(JsonNode node) {
        JsonNode inner = node.path("f");
        if (!inner.isObject()) {
            throw edited();
        }
        SortedMap<String, Value> fields = new TreeMap<>();
        inner.properties().forEach(field -> fields.put(field.getKey(), read(field.getValue())));
        return fields;
    }

    private static String string(JsonNode node, String name) {
        JsonNode found = node.path(name);
        if (!found.isString()) {
            throw edited();
        }
        return found.stringValue();
    }

    private static Optional<String> optional(JsonNode node, String name) {
        return node.has(name) ? Optional.of(string(node, name)) : Optional.empty();
    }

    private static IllegalStateException edited() {
        return new IllegalStateException("a stored change is not as it was written");
    }
}
