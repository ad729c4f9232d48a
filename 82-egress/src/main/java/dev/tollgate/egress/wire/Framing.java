// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.egress.wire;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Where a message's body ends (RFC 9112 §6.3). Two ways to say it in one message are none.
public sealed interface Framing {
    /// Digits of a length: a body of a petabyte is not one.
    Pattern DIGITS = Pattern.compile("[0-9]{1,15}");

    /// There is no body.
    record None() implements Framing {}

    /// So many bytes.
    record Length(long bytes) implements Framing {}

    /// Pieces, the last of which is empty.
    record Chunked() implements Framing {}

    /// All until the connection ends. Of responses only.
    record UntilEnd() implements Framing {}

    /// Nobody can say.
    ///
    /// @param why one fixed sentence
    record Unclear(String why) implements Framing {}

    /// What the headers say; `silent` when they say nothing.
    static Framing of(List<Field> fields, Framing silent) {
        List<String> codings = values(fields, "transfer-encoding");
        List<String> lengths = values(fields, "content-length");
        if (!codings.isEmpty() && !lengths.isEmpty()) {
            return new Unclear("a message has a length or a transfer coding, not both");
        }
        if (codings.size() > 1 || lengths.size() > 1) {
            return new Unclear("a length, or a transfer coding, stands in a message once");
        }
        if (!codings.isEmpty()) {
            return codings.getFirst().toLowerCase(Locale.ROOT).equals("chunked")
                    ? new Chunked()
                    : new Unclear("the only transfer coding is `chunked`");
        }
        if (lengths.isEmpty()) {
            return silent;
        }
        return DIGITS.matcher(lengths.getFirst()).matches()
                ? new Length(Long.parseLong(lengths.getFirst()))
                : new Unclear("a length is decimal digits");
    }

    /// All values of a header.
    static List<String> values(List<Field> fields, String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(Field::value)
                .toList();
    }
}
