// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.egress.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads the head of an HTTP/1 message, strictly: where RFC 9112 lets a recipient be lenient this one is not, since
/// two recipients that are lenient in different ways are what request smuggling is made of.
public final class HeadReader {
    /// Headers of one message: agents' clients send ten.
    private static final int FIELDS_MAX = 100;

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}");
    private static final int DEL = 0x7f;

    private HeadReader() {}

    /// What reading gave.
    public sealed interface Read {
        /// A head.
        ///
        /// @param start  the first line
        /// @param fields the rest, in order
        record Head(String start, List<Field> fields) implements Read {
            public Head {
                fields = List.copyOf(fields);
            }
        }

        /// No head of HTTP/1.
        ///
        /// @param why one fixed sentence
        record Bad(String why) implements Read {}

        /// More bytes than a head may have.
        record TooLong() implements Read {}

        /// Nothing came: the other side has gone.
        record Gone() implements Read {}
    }

    /// Reads up to the empty line and not a byte further.
    public static Read read(InputStream in, int bytesMax) throws IOException {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int bytes = 0;
        for (int next = in.read(); next >= 0; next = in.read()) {
            bytes++;
            if (bytes > bytesMax) {
                return new Read.TooLong();
            }
            if (next == '\n') {
                return new Read.Bad("a line ends in CR LF");
            }
            if (next != '\r') {
                line.append((char) next);
                continue;
            }
            if (in.read() != '\n') {
                return new Read.Bad("a line ends in CR LF");
            }
            bytes++;
            if (line.isEmpty()) {
                return parsed(lines);
            }
            lines.add(line.toString());
            line.setLength(0);
        }
        return bytes == 0 ? new Read.Gone() : new Read.Bad("the head is not complete");
    }

    private static Read parsed(List<String> lines) {
        if (lines.isEmpty()) {
            return new Read.Bad("the first line is empty");
        }
        if (lines.size() > FIELDS_MAX + 1) {
            return new Read.TooLong();
        }
        if (!plain(lines.getFirst())) {
            return new Read.Bad("the first line has characters that are none");
        }
        List<Field> fields = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            Optional<Field> field = field(line);
            if (field.isEmpty()) {
                return new Read.Bad("a header is a name, a colon directly behind it, and a value on one line");
            }
            fields.add(field.get());
        }
        return new Read.Head(lines.getFirst(), fields);
    }

    /// A line that begins with a blank would continue the one before (obsolete folding): nobody agrees on how.
    private static Optional<Field> field(String line) {
        int colon = line.indexOf(':');
        if (colon <= 0 || !TOKEN.matcher(line.substring(0, colon)).matches()) {
            return Optional.empty();
        }
        String value = line.substring(colon + 1);
        boolean clean = value.chars().allMatch(one -> one == '\t' || (one >= ' ' && one != DEL));
        return clean
                ? Optional.of(new Field(line.substring(0, colon).toLowerCase(Locale.ROOT), value.strip()))
                : Optional.empty();
    }

    private static boolean plain(String line) {
        return line.chars().allMatch(one -> one >= ' ' && one < DEL);
    }

    /// A head's bytes, as they are sent.
    public static byte[] bytes(String start, List<Field> fields) {
        StringBuilder head = new StringBuilder(start).append("\r\n");
        fields.forEach(field ->
                head.append(field.name()).append(": ").append(field.value()).append("\r\n"));
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
