// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.plain;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/// Text that is written inside a text in another form: base64 (RFC 4648), hexadecimal, percent signs
/// (RFC 3986).
///
/// @param start where it stands
/// @param text what it says
public record Wrapped(int start, int end, String text) {
    /// Shorter ones hold no sentence and no key.
    private static final int CHARS_MIN = 20;

    /// All that is unwrapped of one text, so that nesting cannot multiply the work.
    private static final int CHARS_MAX = 65_536;

    /// How deep forms may nest: each layer that an attacker adds makes the text useless to simpler
    /// models.
    private static final int DEPTH_MAX = 3;

    private static final int PIECES_MAX = 64;
    private static final double READABLE = 0.92;
    private static final double SPACED = 0.02;

    /// Every wrapped text of `text`, outermost places given, innermost text read.
    public static List<Wrapped> in(String text) {
        List<Wrapped> found = new ArrayList<>();
        int left = CHARS_MAX;
        int at = 0;
        while (at < text.length() && left > 0 && found.size() < PIECES_MAX) {
            int end = at;
            boolean percent = false;
            while (end < text.length() && isCoded(text.charAt(end))) {
                percent |= text.charAt(end) == '%';
                end++;
            }
            if (end - at >= CHARS_MIN) {
                int stop = Math.min(end, at + left);
                String read = read(text.substring(at, stop), percent);
                left -= stop - at;
                if (!read.isEmpty()) {
                    found.add(new Wrapped(at, end, opened(read, 1)));
                }
            }
            at = end + 1;
        }
        return found;
    }

    /// A text with what is wrapped in it read in its place: `see ` and base64 is as much a wrapping as base64 alone.
    private static String opened(String text, int depth) {
        if (depth >= DEPTH_MAX) {
            return text;
        }
        StringBuilder opened = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            int end = at;
            boolean percent = false;
            while (end < text.length() && isCoded(text.charAt(end))) {
                percent |= text.charAt(end) == '%';
                end++;
            }
            String inner = end - at >= CHARS_MIN ? read(text.substring(at, end), percent) : "";
            opened.append(inner.isEmpty() ? text.substring(at, end) : opened(inner, depth + 1));
            if (end < text.length()) {
                opened.append(text.charAt(end));
            }
            at = end + 1;
        }
        return opened.toString();
    }

    private static boolean isCoded(char letter) {
        return (letter >= 'a' && letter <= 'z')
                || (letter >= 'A' && letter <= 'Z')
                || (letter >= '0' && letter <= '9')
                || letter == '+'
                || letter == '/'
                || letter == '='
                || letter == '-'
                || letter == '_'
                || letter == '%';
    }

    /// What `coded` says; empty when it is nothing readable.
    private static String read(String coded, boolean percent) {
        if (percent) {
            return readable(unpercent(coded));
        }
        if (coded.chars().allMatch(letter -> Character.digit(letter, 16) >= 0) && coded.length() % 2 == 0) {
            return readable(new String(HexFormat.of().parseHex(coded), StandardCharsets.ISO_8859_1));
        }
        String plain = coded.replace('-', '+').replace('_', '/');
        int equals = plain.indexOf('=');
        String body = equals < 0 ? plain : plain.substring(0, equals);
        if (body.length() % 4 == 1) {
            body = body.substring(0, body.length() - 1);
        }
        if (body.length() < CHARS_MIN
                || body.indexOf('%') >= 0
                || !body.chars().allMatch(letter -> isCoded((char) letter))) {
            return "";
        }
        return readable(new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8));
    }

    private static String unpercent(String coded) {
        StringBuilder plain = new StringBuilder();
        for (int at = 0; at < coded.length(); at++) {
            char letter = coded.charAt(at);
            boolean pair = letter == '%'
                    && at + 2 < coded.length()
                    && Character.digit(coded.charAt(at + 1), 16) >= 0
                    && Character.digit(coded.charAt(at + 2), 16) >= 0;
            plain.append(
                    pair ? (char) Integer.parseInt(coded.substring(at + 1, at + 3), 16) : letter == '+' ? ' ' : letter);
            at += pair ? 2 : 0;
        }
        return plain.toString();
    }

    private static String readable(String text) {
        int letters = 0;
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            letters += (letter >= ' ' && letter < 127)
                            || letter == '\n'
                            || (Character.isLetter(letter) && letter != 0xFFFD)
                    ? 1
                    : 0;
        }
        boolean written = letters >= text.length() * READABLE && text.length() >= CHARS_MIN / 2;
        boolean sentence = text.chars().filter(letter -> letter == ' ').count() > text.length() * SPACED
                || text.indexOf('-') >= 0
                || text.length() < 300;
        return written && sentence ? text : "";
    }
}
