// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Writes a value as canonical JSON (RFC 8785), so that equal values have equal bytes and one digest.
///
/// Whole numbers within ±(2^53 − 1) are written as JSON numbers; every other number is written as a
/// string in plain notation without trailing zeros, because RFC 8785 numbers are IEEE 754 doubles and
/// an amount must stay exact. Dates and moments are ISO 8601 strings. A lone surrogate is written as
/// `U+FFFD`, as UTF-8 has no form for it.
public final class CanonicalJson {
    private static final BigDecimal WHOLE_MAX = BigDecimal.valueOf((1L << 53) - 1);

    /// Whole numbers of so few digits are all within it.
    private static final int WHOLE_DIGITS = 15;

    private static final String HEX = "0123456789abcdef";

    private CanonicalJson() {}

    /// The canonical text of `value`.
    public static String text(Value value) {
        StringBuilder out = new StringBuilder(256);
        write(value, out);
        return out.toString();
    }

    /// The canonical UTF-8 bytes of `value`.
    public static byte[] bytes(Value value) {
        return text(value).getBytes(StandardCharsets.UTF_8);
    }

    private static void write(Value value, StringBuilder out) {
        switch (value) {
            case Value.Null _ -> out.append("null");
            case Value.Bool bool -> out.append(bool.truth());
            case Value.Text text -> quote(text.text(), out);
            case Value.Num num -> number(num.number(), out);
            case Value.Day day -> quote(day.date().toString(), out);
            case Value.Moment moment -> quote(moment.instant().toString(), out);
            case Value.Items items -> {
                out.append('[');
                String comma = "";
                for (Value item : items.values()) {
                    out.append(comma);
                    write(item, out);
                    comma = ",";
                }
                out.append(']');
            }
            case Value.Fields fields -> {
                out.append('{');
                String comma = "";
                for (Map.Entry<String, Value> field : fields.values().entrySet()) {
                    out.append(comma);
                    quote(field.getKey(), out);
                    out.append(':');
                    write(field.getValue(), out);
                    comma = ",";
                }
                out.append('}');
            }
        }
    }

    private static void number(BigDecimal number, StringBuilder out) {
        if (number.scale() == 0 && number.precision() <= WHOLE_DIGITS) {
            out.append(number.longValue());
            return;
        }
        BigDecimal plain = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        boolean whole = plain.scale() <= 0 && plain.abs().compareTo(WHOLE_MAX) <= 0;
        if (whole) {
            out.append(plain.toPlainString());
        } else {
            out.append('"').append(plain.toPlainString()).append('"');
        }
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        int length = text.length();
        int plain = 0;
        int at = 0;
        while (at < length) {
            char c = text.charAt(at);
            if (c >= 0x20 && c != '"' && c != '\\' && !Character.isSurrogate(c)) {
                at++;
                continue;
            }
            out.append(text, plain, at);
            at += 1 + escaped(text, at, c, out);
            plain = at;
        }
        out.append(text, plain, length);
        out.append('"');
    }

    /// Appends a character that is not written as it is; returns how many further characters it took.
    private static int escaped(String text, int at, char c, StringBuilder out) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                return plain(text, at, c, out);
            }
        }
        return 0;
    }

    /// Appends a character that has no short escape; returns how many further characters it took.
    private static int plain(String text, int at, char c, StringBuilder out) {
        if (c < 0x20) {
            out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            return 0;
        }
        boolean pair =
                Character.isHighSurrogate(c) && at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1));
        if (pair) {
            out.append(c).append(text.charAt(at + 1));
            return 1;
        }
        out.append('\uFFFD');
        return 0;
    }
}
