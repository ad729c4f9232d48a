// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.mcp;

import dev.tollgate.server.http.Turn;
import dev.tollgate.server.wire.Members;
import dev.tollgate.terms.Value;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/// Holds headers that mirror the body against the body (2026-07-28, Streamable HTTP, "Server Validation";
/// requirement B-4): a load balancer that decides by the header and a server that acts by the body must mean the
/// same call.
final class HeaderValues {
    private static final String OPEN = "=?base64?";
    private static final String SHUT = "?=";
    private static final String MIRROR = "x-mcp-header";

    private HeaderValues() {}

    /// Whether a header says exactly `wanted`.
    static boolean same(Optional<String> header, String wanted) {
        return header.flatMap(HeaderValues::decoded).equals(Optional.of(wanted));
    }

    /// What of the mirrored arguments disagrees with its header, when something does.
    static Optional<String> disagreement(Value.Fields schema, Value.Fields arguments, Turn turn) {
        Value.Fields properties = Members.fields(schema, "properties").orElse(Message.EMPTY);
        for (Map.Entry<String, Value> property : properties.values().entrySet()) {
            if (!(property.getValue() instanceof Value.Fields shape)) {
                continue;
            }
            Value given = arguments.values().get(property.getKey());
            Optional<String> mirror = Members.text(shape, MIRROR).map(name -> "Mcp-Param-" + name);
            if (mirror.isPresent() && !agrees(turn.header(mirror.get()), given == null ? Value.NULL : given)) {
                return Optional.of("`" + mirror.get() + "` does not match the argument");
            }
            // Nested objects are reached through `properties` only, as the specification demands.
            if (given instanceof Value.Fields nested) {
                Optional<String> deeper = disagreement(shape, nested, turn);
                if (deeper.isPresent()) {
                    return deeper;
                }
            }
        }
        return Optional.empty();
    }

    private static boolean agrees(Optional<String> header, Value given) {
        return switch (given) {
            case Value.Null _ -> header.isEmpty();
            case Value.Text text -> same(header, text.text());
            case Value.Bool bool -> same(header, Boolean.toString(bool.truth()));
            case Value.Num num ->
                header.flatMap(HeaderValues::decoded)
                        .flatMap(HeaderValues::number)
                        .filter(number -> number.compareTo(num.number()) == 0)
                        .isPresent();
            case Value.Day _, Value.Moment _, Value.Items _, Value.Fields _ -> false;
        };
    }

    private static Optional<BigDecimal> number(String text) {
        try {
            return text.length() <= 40 ? Optional.of(new BigDecimal(text)) : Optional.empty();
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    /// The value of a header, out of its Base64 wrapping when it has one. Nothing when it is malformed.
    private static Optional<String> decoded(String header) {
        if (!header.chars().allMatch(c -> c == '\t' || (c >= 0x20 && c <= 0x7E))) {
            return Optional.empty();
        }
        String value = header.strip();
        if (!value.startsWith(OPEN) || !value.endsWith(SHUT) || value.length() < OPEN.length() + SHUT.length()) {
            return Optional.of(value);
        }
        String inner = value.substring(OPEN.length(), value.length() - SHUT.length());
        // Java's decoder forgives missing padding; the specification does not.
        if (inner.length() % 4 != 0) {
            return Optional.empty();
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(inner));
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (IllegalArgumentException | CharacterCodingException _) {
            return Optional.empty();
        }
    }
}
