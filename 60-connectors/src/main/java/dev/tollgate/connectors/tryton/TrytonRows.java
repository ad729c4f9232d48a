// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.tryton;

import dev.tollgate.connectors.Ask;
import dev.tollgate.connectors.Found;
import dev.tollgate.connectors.UpstreamBroken;
import dev.tollgate.connectors.UpstreamBroken.Why;
import dev.tollgate.terms.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Reads records as Tryton sends them: a dotted path comes back nested, under the relation's name with a dot behind it
/// (`"party.": {"rec_name": …}`), and as a list of such objects where the relation is to many.
final class TrytonRows {
    private static final String STAMP = "_timestamp";
    private static final String ID = "id";

    private final List<Ask.Column> columns;
    private final boolean versioned;
    private final SequencedSet<String> paths = new LinkedHashSet<>();

    TrytonRows(List<Ask.Column> columns, boolean versioned) {
        this.columns = columns;
        this.versioned = versioned;
        columns.forEach(column -> paths.addAll(TrytonPath.of(column.upstream()).choices()));
    }

    /// The `fields` argument: what is asked, and the stamp when it is wanted. Tryton adds `id` itself.
    JsonNode fields() {
        var fields = JsonNodeFactory.instance.arrayNode();
        paths.forEach(fields::add);
        if (versioned) {
            fields.add(STAMP);
        }
        return fields;
    }

    /// Every record of an answer.
    List<Found.Raw> read(JsonNode answer) {
        if (!answer.isArray()) {
            throw new UpstreamBroken(Why.GARBAGE);
        }
        List<Found.Raw> rows = new ArrayList<>(answer.size());
        answer.forEach(row -> rows.add(row(row)));
        return rows;
    }

    private Found.Raw row(JsonNode row) {
        JsonNode id = row.path(ID);
        if (!id.isIntegralNumber()) {
            throw new UpstreamBroken(Why.GARBAGE);
        }
        Map<String, Value> values = new TreeMap<>();
        unasked(row, "", values);
        for (Ask.Column column : columns) {
            values.put(column.upstream(), value(row, TrytonPath.of(column.upstream()), column.kind()));
        }
        Optional<String> stamp = versioned && row.path(STAMP).isString()
                ? Optional.of(row.path(STAMP).stringValue())
                : Optional.empty();
        return new Found.Raw(Long.toString(id.asLong()), values, stamp);
    }

    private static Value value(JsonNode row, TrytonPath path, Ask.Kind kind) {
        Value value = Value.NULL;
        for (String choice : path.choices()) {
            value = pluck(row, choice);
            if (!(value instanceof Value.Null)) {
                break;
            }
        }
        return kind == Ask.Kind.LIST && value instanceof Value.Null ? new Value.Items(List.of()) : value;
    }

    private static Value pluck(JsonNode node, String path) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            JsonNode value = node.get(path);
            if (value == null) {
                throw new UpstreamBroken(Why.GARBAGE);
            }
            return TrytonCodec.value(value);
        }
        JsonNode related = node.get(path.substring(0, dot + 1));
        if (related == null) {
            throw new UpstreamBroken(Why.GARBAGE);
        }
        String rest = path.substring(dot + 1);
        if (related.isNull()) {
            return Value.NULL;
        }
        if (!related.isArray()) {
            return pluck(related, rest);
        }
        List<Value> values = new ArrayList<>(related.size());
        for (JsonNode one : related) {
            Value value = pluck(one, rest);
            if (value instanceof Value.Items inner) {
                values.addAll(inner.values());
            } else if (!(value instanceof Value.Null)) {
                values.add(value);
            }
        }
        return new Value.Items(values);
    }

    /// What the system sent although nobody asked: kept under its own name, so that policy sees an unknown field.
    private void unasked(JsonNode row, String before, Map<String, Value> values) {
        for (Map.Entry<String, JsonNode> member : row.properties()) {
            String name = member.getKey();
            String path = before + name;
            boolean known = name.equals(ID) || name.equals(STAMP) || paths.contains(path);
            if (known) {
                continue;
            }
            if (name.endsWith(".") && leadsOn(path)) {
                for (JsonNode related : member.getValue().isArray() ? member.getValue() : List.of(member.getValue())) {
                    unasked(related, path, values);
                }
            } else {
                values.put(path, loose(member.getValue()));
            }
        }
    }

    private boolean leadsOn(String path) {
        return paths.stream().anyMatch(asked -> asked.startsWith(path));
    }

    /// An unknown field may have a shape that no known one has.
    private static Value loose(JsonNode node) {
        if (node.isArray()) {
            List<Value> items = new ArrayList<>(node.size());
            node.forEach(item -> items.add(loose(item)));
            return new Value.Items(items);
        }
        if (!node.isObject() || node.has("__class__")) {
            return TrytonCodec.value(node);
        }
        Map<String, Value> fields = new TreeMap<>();
        node.properties().forEach(member -> fields.put(member.getKey(), loose(member.getValue())));
        return new Value.Fields(fields);
    }
}
