// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads a request in JSON: `{"principal","action","resource","context"}`, entities as `{"type","id"}` or as the text
/// of a uid, `User::"alice"`.
public final class RequestJson {
    private RequestJson() {}

    /// Reads a request.
    ///
    /// @param schema how values of the context without escapes are to be read; `Schema.EMPTY` when unknown
    /// @throws IllegalData when `json` is not of that format; names the place
    public static Request read(String json, Schema schema) {
        return read(Json.read(json), schema);
    }

    static Request read(JsonNode node, Schema schema) {
        EntityUid action = uid(node.get("action"), "/action");
        return new Request(
                uid(node.get("principal"), "/principal"),
                action,
                uid(node.get("resource"), "/resource"),
                ValueJson.record(node.get("context"), schema.context(action), "/context"));
    }

    private static EntityUid uid(@Nullable JsonNode node, String pointer) {
        if (node == null || !node.isString()) {
            return ValueJson.uid(node, pointer);
        }
        String text = node.stringValue();
        int at = text.indexOf("::\"");
        // an id with a backslash would need the escapes of the language: written as an object, it does not
        if (at < 1 || text.length() < at + 4 || !text.endsWith("\"") || text.indexOf('\\') >= 0) {
            throw new IllegalData("an entity such as `User::\"alice\"` is expected at `" + pointer + "`");
        }
        return new EntityUid(text.substring(0, at), text.substring(at + 3, text.length() - 1));
    }
}
