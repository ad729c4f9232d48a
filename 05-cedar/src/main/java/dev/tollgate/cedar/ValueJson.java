// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

import dev.tollgate.cedar.CedarValue.Bool;
import dev.tollgate.cedar.CedarValue.Int;
import dev.tollgate.cedar.CedarValue.Str;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads values in Cedar's JSON format (https://docs.cedarpolicy.com/auth/entities-syntax.html). A schema lets entities
/// and extension values be written without their escapes.
final class ValueJson {
    /// Nothing expected.
    static final Shape ANY = new Shape.Any();

    private ValueJson() {}

    /// What the schema expects at a place; it decides how JSON is read, not whether it is valid.
    sealed interface Shape {
        /// Nothing, or a type that JSON has itself.
        record Any() implements Shape {}

        /// An entity: `{"type","id"}` will do.
        record Reference() implements Shape {}

        /// A value of an extension: its text will do, and `{"fn","arg"}`.
        record Extended(Extension constructor) implements Shape {}

        /// A set.
        record SetOf(Shape element) implements Shape {}

        /// A record; attributes that it does not name are `Any`.
        record RecordOf(Map<String, Shape> attributes) implements Shape {}

        /// What is expected of an attribute.
        default Shape attribute(String name) {
            return this instanceof RecordOf record ? record.attributes().getOrDefault(name, ANY) : ANY;
        }
    }

    /// Reads the value at `pointer`.
    ///
    /// @throws IllegalData when it is none; names the place
    static CedarValue read(JsonNode node, Shape shape, String pointer) {
        return read(node, shape, pointer, 0);
    }

    /// Reads a record whose attributes have the given shapes.
    ///
    /// @throws IllegalData when it is none; names the place
    static Rec record(@Nullable JsonNode node, Shape shape, String pointer) {
        if (node == null) {
            return Rec.EMPTY;
        }
        if (!node.isObject()) {
            throw new IllegalData("an object is expected at `" + pointer + "`");
        }
        return plainRecord(node, shape, pointer, 0);
    }

    private static CedarValue read(JsonNode node, Shape shape, String pointer, int depth) {
        if (depth >= CedarValue.DEPTH_MAX) {
            throw new IllegalData(
                    "values must not nest deeper than " + CedarValue.DEPTH_MAX + ", at `" + pointer + "`");
        }
        if (node.isBoolean()) {
            return Bool.of(node.booleanValue());
        }
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return new Int(node.longValue());
        }
        if (node.isString()) {
            Str text = new Str(node.stringValue());
            return shape instanceof Shape.Extended extended
                    ? call(extended.constructor(), List.of(text), pointer)
                    : text;
        }
        if (node.isArray()) {
            Shape element = shape instanceof Shape.SetOf set ? set.element() : ANY;
            List<CedarValue> values = new ArrayList<>();
            for (JsonNode one : node) {
                values.add(read(one, element, pointer + "/" + values.size(), depth + 1));
            }
            return CedarValue.Set.of(values);
        }
        if (node.isObject()) {
            return object(node, shape, pointer, depth);
        }
        throw new IllegalData("neither null nor a fraction is a value, at `" + pointer + "`");
    }

    private static CedarValue object(JsonNode node, Shape shape, String pointer, int depth) {
        JsonNode entity = node.size() == 1 ? node.get("__entity") : null;
        if (entity != null || (shape instanceof Shape.Reference && node.has("type") && node.has("id"))) {
            return uid(entity == null ? node : entity, pointer).value();
        }
        JsonNode extension = node.size() == 1 ? node.get("__extn") : null;
        if (extension != null || (shape instanceof Shape.Extended && node.has("fn"))) {
            return extended(extension == null ? node : extension, pointer, depth);
        }
        if (node.size() == 1 && node.has("__expr")) {
            throw new IllegalData("`__expr` is not supported, at `" + pointer + "`");
        }
        return plainRecord(node, shape, pointer, depth);
    }

    private static Rec plainRecord(JsonNode node, Shape shape, String pointer, int depth) {
        TreeMap<String, CedarValue> attributes = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String name = entry.getKey();
            attributes.put(name, read(entry.getValue(), shape.attribute(name), pointer + "/" + name, depth + 1));
        }
        return Rec.of(attributes);
    }

    /// Reads `{"type","id"}`, escaped or not.
    ///
    /// @throws IllegalData when it is none; names the place
    static EntityUid uid(@Nullable JsonNode node, String pointer) {
        JsonNode escaped = node == null ? null : node.get("__entity");
        JsonNode uid = escaped == null ? node : escaped;
        JsonNode type = uid == null ? null : uid.get("type");
        JsonNode id = uid == null ? null : uid.get("id");
        if (type == null || id == null || !type.isString() || !id.isString()) {
            throw new IllegalData("an entity with `type` and `id` is expected at `" + pointer + "`");
        }
        return new EntityUid(type.stringValue(), id.stringValue());
    }

    /// Calls the function that stands in the data, for example `{"fn":"ip","arg":"10.0.0.0/8"}`.
    private static CedarValue extended(JsonNode call, String pointer, int depth) {
        JsonNode name = call.get("fn");
        Extension function = name == null || !name.isString() ? null : Extension.named(name.stringValue());
        if (function == null) {
            throw new IllegalData("an extension function is expected at `" + pointer + "/fn`");
        }
        List<CedarValue> arguments = new ArrayList<>();
        JsonNode one = call.get("arg");
        JsonNode many = call.get("args");
        if (one != null) {
            arguments.add(read(one, ANY, pointer + "/arg", depth + 1));
        } else if (many != null) {
            for (JsonNode argument : many) {
                arguments.add(read(argument, ANY, pointer + "/args", depth + 1));
            }
        }
        return call(function, arguments, pointer);
    }

    private static CedarValue call(Extension function, List<CedarValue> arguments, String pointer) {
        CedarValue value = Extensions.call(function, arguments, new Work());
        if (value == null) {
            throw new IllegalData("a valid argument of an extension function is expected at `" + pointer + "`");
        }
        return value;
    }
}
