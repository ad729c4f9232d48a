// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

import dev.tollgate.cedar.ValueJson.Shape;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Turns the types of a schema into shapes, looking names up as Cedar does: in the namespace, then in the one without
/// a name, then among the types of the language.
final class SchemaTypes {
    /// Types within types, named ones followed. Schemas cannot be recursive; one that is ends here.
    private static final int DEPTH_MAX = 64;

    private final JsonNode root;

    SchemaTypes(JsonNode root) {
        this.root = root;
    }

    static String qualified(String namespace, String name) {
        return namespace.isEmpty() || name.contains("::") ? name : namespace + "::" + name;
    }

    Shape shape(@Nullable JsonNode type, String namespace) {
        return shape(type, namespace, 0);
    }

    private Shape shape(@Nullable JsonNode type, String namespace, int depth) {
        if (type == null) {
            return ValueJson.ANY;
        }
        if (depth > DEPTH_MAX) {
            throw new IllegalData("types must not nest deeper than " + DEPTH_MAX);
        }
        String kind = EstReader.text(type.get("type"));
        return switch (kind) {
            case "Record" -> {
                Map<String, Shape> attributes = new HashMap<>();
                for (Map.Entry<String, JsonNode> entry : type.path("attributes").properties()) {
                    attributes.put(entry.getKey(), shape(entry.getValue(), namespace, depth + 1));
                }
                yield new Shape.RecordOf(Map.copyOf(attributes));
            }
            case "Set" -> new Shape.SetOf(shape(type.get("element"), namespace, depth + 1));
            case "Entity" -> new Shape.Reference();
            case "Extension" -> builtin(EstReader.text(type.get("name")));
            case "EntityOrCommon" -> named(EstReader.text(type.get("name")), namespace, depth);
            case "String", "Long", "Boolean", "Bool" -> ValueJson.ANY;
            default -> named(kind, namespace, depth);
        };
    }

    private Shape named(String name, String namespace, int depth) {
        if (!name.contains("::")) {
            Shape local = declared(namespace, name, depth);
            Shape found = local == null && !namespace.isEmpty() ? declared("", name, depth) : local;
            return found == null ? builtin(name) : found;
        }
        int at = name.lastIndexOf("::");
        Shape found = declared(name.substring(0, at), name.substring(at + 2), depth);
        return found == null ? builtin(name) : found;
    }

    private @Nullable Shape declared(String namespace, String name, int depth) {
        JsonNode here = root.path(namespace);
        JsonNode common = here.path("commonTypes").get(name);
        if (common != null) {
            return shape(common, namespace, depth + 1);
        }
        return here.path("entityTypes").has(name) ? new Shape.Reference() : null;
    }

    private static Shape builtin(String name) {
        String plain = name.startsWith("__cedar::") ? name.substring("__cedar::".length()) : name;
        return switch (plain) {
            case "ipaddr" -> new Shape.Extended(Extension.IP);
            case "decimal" -> new Shape.Extended(Extension.DECIMAL);
            case "datetime" -> new Shape.Extended(Extension.DATETIME);
            case "duration" -> new Shape.Extended(Extension.DURATION);
            default -> ValueJson.ANY;
        };
    }
}
