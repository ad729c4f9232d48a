// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.mcp;

import dev.tollgate.server.wire.Members;
import dev.tollgate.terms.Value;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/// One JSON-RPC 2.0 message. A batch is none: no revision that is spoken has them.
sealed interface Message {
    /// Longest id that is echoed.
    int ID_CHARS_MAX = 256;
    /// Longest method name; the longest of the protocol has 36 characters.
    int METHOD_CHARS_MAX = 128;
    /// Largest whole number that every JSON reader keeps exact (RFC 8259 §6).
    BigDecimal ID_MAX = BigDecimal.valueOf((1L << 53) - 1);

    /// Nothing was said with `params`.
    Value.Fields EMPTY = new Value.Fields(Map.of());

    /// Wants a reply.
    record Request(Value id, String method, Value.Fields params) implements Message {
        Value.Fields meta() {
            return Members.fields(params, Protocol.META).orElse(EMPTY);
        }
    }

    /// Wants none.
    record Notification(String method, Value.Fields params) implements Message {}

    /// Answers a request of the server: handshake revisions only.
    ///
    /// @param result nothing when the client answered with an error
    record Response(Value id, Optional<Value.Fields> result) implements Message {}

    /// Is no message.
    ///
    /// @param id the id, when one could be read
    record Invalid(Optional<Value> id, String why) implements Message {}

    /// Sorts a JSON text into messages.
    static Message of(Value text) {
        if (!(text instanceof Value.Fields fields)) {
            return new Invalid(Optional.empty(), "a message is a JSON object, and batches are not spoken");
        }
        Value id = fields.values().get("id");
        if (id != null && !acceptable(id)) {
            return new Invalid(Optional.empty(), "an id is a string or a whole number");
        }
        Optional<Value> known = Optional.ofNullable(id);
        if (!Members.text(fields, "jsonrpc").equals(Optional.of("2.0"))) {
            return new Invalid(known, "`jsonrpc` must be `2.0`");
        }
        boolean answers = Members.has(fields, "result") || Members.has(fields, "error");
        if (Members.has(fields, "method")) {
            return answers ? new Invalid(known, "a message is a request or a response") : asking(fields, known);
        }
        if (answers && id != null && !(Members.has(fields, "result") && Members.has(fields, "error"))) {
            return new Response(id, Members.fields(fields, "result"));
        }
        return new Invalid(known, "a message has a method");
    }

    private static Message asking(Value.Fields fields, Optional<Value> id) {
        String method = Members.text(fields, "method").orElse("");
        if (method.isEmpty() || method.length() > METHOD_CHARS_MAX) {
            return new Invalid(id, "a method is a short string");
        }
        Value params = fields.values().getOrDefault("params", EMPTY);
        if (!(params instanceof Value.Fields named)) {
            return new Invalid(id, "`params` is an object");
        }
        if (Members.has(named, Protocol.META)
                && Members.fields(named, Protocol.META).isEmpty()) {
            return new Invalid(id, "`_meta` is an object");
        }
        return id.<Message>map(known -> new Request(known, method, named))
                .orElseGet(() -> new Notification(method, named));
    }

    private static boolean acceptable(Value id) {
        return switch (id) {
            case Value.Text text -> text.text().length() <= ID_CHARS_MAX;
            case Value.Num num ->
                num.number().stripTrailingZeros().scale() <= 0
                        && num.number().abs().compareTo(ID_MAX) <= 0;
            case Value.Bool _, Value.Day _, Value.Moment _, Value.Items _, Value.Fields _, Value.Null _ -> false;
        };
    }
}
