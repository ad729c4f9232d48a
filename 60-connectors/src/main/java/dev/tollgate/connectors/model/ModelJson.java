// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.model;

import dev.tollgate.terms.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// JSON of providers as values, and back.
public final class ModelJson {
    /// Nesting of an answer: a tool's arguments inside a message inside a choice.
    private static final int DEPTH_MAX = 64;

    private static final JsonMapper JSON = new JsonMapper();

    private ModelJson() {}

    /// What a text says; nothing when it is no JSON, or nested deeper than an answer is.
    public static Optional<Value> read(String text) {
        try {
            return Optional.of(value(JSON.readTree(text), 0));
        } catch (JacksonException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// A value's text, in one line.
    public static String text(Value value) {
        return JSON.writeValueAsString(node(value));
    }

    /// A value's text in UTF-8.
    public static byte[] bytes(Value value) {
        return text(value).getBytes(StandardCharsets.UTF_8);
    }

    private static Value value(JsonNode node, int depth) {
        if (depth > DEPTH_MAX || node.isMissingNode()) {
            throw new IllegalArgumentException("nested too deep, or nothing");
        }
        if (node.isObject()) {
            Map<String, Value> fields = new HashMap<>();
            node.properties().forEach(entry -> fields.put(entry.getKey(), value(entry.getValue(), depth + 1)));
            return new Value.Fields(fields);
        }
        if (node.isArray()) {
            List<Value> items = new ArrayList<>();
            node.forEach(item -> items.add(value(item, depth + 1)));
            return new Value.Items(items);
        }
        if (node.isNumber()) {
            return new Value.Num(node.decimalValue());
        }
        if (node.isBoolean()) {
            return Value.of(node.booleanValue());
        }
        return node.isNull() ? Value.NULL : Value.of(node.stringValue());
    }

    private static JsonNode node(Value value) {
        JsonNodeFactory make = JsonNodeFactory.instance;
        return switch (value) {
            case Value.Text(String text) -> make.stringNode(text);
            case Value.Num number -> make.numberNode(number.number());
            case Value.Bool truth -> make.booleanNode(truth.truth());
            case Value.Null _ -> make.nullNode();
            case Value.Day day -> make.stringNode(day.date().toString());
            case Value.Moment moment -> make.stringNode(moment.instant().toString());
            case Value.Items(List<Value> items) -> {
                ArrayNode all = make.arrayNode();
                items.forEach(item -> all.add(node(item)));
                yield all;
            }
            case Value.Fields(Map<String, Value> fields) -> {
                ObjectNode all = make.objectNode();
                fields.forEach((name, field) -> all.set(name, node(field)));
                yield all;
            }
        };
    }
}
