// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.wire;

import dev.tollgate.terms.Value;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/// Writes JSON as UTF-8 bytes into one growing buffer. Numbers are exact, in plain notation; members are sorted
/// by name, as `Value.Fields` holds them; control characters are always escaped, so that a text written here can
/// be embedded in a JSON string by escaping only quotes and backslashes. One writer serves one thread.
public final class JsonWriter {
    private static final int BYTES_FIRST = 1024;
    /// Beyond this exponent plain notation would be longer than the number is worth; the reader refuses such
    /// numbers.
    private static final int PLAIN_SCALE_MAX = 400;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[BYTES_FIRST];
    private int length;

    /// Writes text that is already JSON, in ASCII: punctuation and member names of our own.
    public JsonWriter raw(String ascii) {
        int chars = ascii.length();
        room(chars);
        for (int at = 0; at < chars; at++) {
            bytes[length++] = (byte) ascii.charAt(at);
        }
        return this;
    }

    /// Writes bytes that are already JSON.
    public JsonWriter raw(byte[] json) {
        room(json.length);
        System.arraycopy(json, 0, bytes, length, json.length);
        length += json.length;
        return this;
    }

    /// Writes JSON bytes as the content of a JSON string: the text that agrees byte for byte with `json`.
    public JsonWriter quoted(byte[] json) {
        room(json.length * 2 + 2);
        bytes[length++] = '"';
        for (byte b : json) {
            if (b == '"' || b == '\\') {
                bytes[length++] = '\\';
            }
            bytes[length++] = b;
        }
        bytes[length++] = '"';
        return this;
    }

    /// Writes a string with its quotes.
    public JsonWriter text(String text) {
        room(text.length() * 3 + 2);
        bytes[length++] = '"';
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c >= 0x20 && c < 0x7F && c != '"' && c != '\\') {
                room(1);
                bytes[length++] = (byte) c;
            } else {
                at += awkward(text, at, c);
            }
        }
        room(1);
        bytes[length++] = '"';
        return this;
    }

    /// Writes a value.
    public JsonWriter value(Value value) {
        switch (value) {
            case Value.Null _ -> raw("null");
            case Value.Bool bool -> raw(bool.truth() ? "true" : "false");
            case Value.Text text -> text(text.text());
            case Value.Num num -> number(num.number());
            case Value.Day day -> text(day.date().toString());
            case Value.Moment moment -> text(moment.instant().toString());
            case Value.Items items -> {
                String mark = "[";
                for (Value item : items.values()) {
                    raw(mark).value(item);
                    mark = ",";
                }
                raw(items.values().isEmpty() ? "[]" : "]");
            }
            case Value.Fields fields -> {
                String mark = "{";
                for (Map.Entry<String, Value> field : fields.values().entrySet()) {
                    raw(mark).text(field.getKey()).raw(":").value(field.getValue());
                    mark = ",";
                }
                raw(fields.values().isEmpty() ? "{}" : "}");
            }
        }
        return this;
    }

    /// What was written so far.
    public byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }

    /// What was written so far, without a copy. The writer must not be used after.
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes, 0, length);
    }

    /// The bytes of one value.
    public static byte[] bytes(Value value) {
        return new JsonWriter().value(value).bytes();
    }

    private void number(BigDecimal number) {
        boolean plain = Math.abs((long) number.scale()) <= PLAIN_SCALE_MAX;
        raw(plain ? number.toPlainString() : number.toString());
    }

    /// Writes a character that is not plain ASCII; returns how many further characters it took.
    private int awkward(String text, int at, char c) {
        room(12);
        if (c == '"' || c == '\\') {
            bytes[length++] = '\\';
            bytes[length++] = (byte) c;
            return 0;
        }
        if (c < 0x20 || c == 0x7F) {
            escaped(c);
            return 0;
        }
        if (!Character.isSurrogate(c)) {
            utf8(c);
            return 0;
        }
        boolean pair =
                Character.isHighSurrogate(c) && at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1));
        utf8(pair ? Character.toCodePoint(c, text.charAt(at + 1)) : 0xFFFD);
        return pair ? 1 : 0;
    }

    private void escaped(char c) {
        bytes[length++] = '\\';
        bytes[length++] = 'u';
        bytes[length++] = '0';
        bytes[length++] = '0';
        bytes[length++] = HEX[c >> 4];
        bytes[length++] = HEX[c & 15];
    }

    private void utf8(int codePoint) {
        if (codePoint < 0x800) {
            bytes[length++] = (byte) (0xC0 | (codePoint >> 6));
        } else if (codePoint < 0x10000) {
            bytes[length++] = (byte) (0xE0 | (codePoint >> 12));
            bytes[length++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
        } else {
            bytes[length++] = (byte) (0xF0 | (codePoint >> 18));
            bytes[length++] = (byte) (0x80 | ((codePoint >> 12) & 0x3F));
            bytes[length++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
        }
        bytes[length++] = (byte) (0x80 | (codePoint & 0x3F));
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(length, more)));
        }
    }
}
