// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.plain;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A text without its HTML: tags and comments left out, character references read. Knows for each `char` where it came
/// from. Nothing is fetched or run, and what is no well-formed tag stays as it is.
public final class Markup {
    /// A longer tag is text: an attribute may carry a picture, but a message has no need of one.
    private static final int TAG_CHARS_MAX = 4_096;

    private static final int REFERENCE_CHARS_MAX = 10;
    private static final Set<String> BREAKS =
            Set.of("br", "p", "div", "li", "tr", "td", "h1", "h2", "h3", "h4", "ul", "ol", "table", "hr");
    private static final Map<String, Integer> NAMED = Map.ofEntries(
            Map.entry("amp", (int) '&'),
            Map.entry("lt", (int) '<'),
            Map.entry("gt", (int) '>'),
            Map.entry("quot", (int) '"'),
            Map.entry("apos", (int) '\''),
            Map.entry("nbsp", (int) ' '),
            Map.entry("shy", 0xAD),
            Map.entry("zwj", 0x200D),
            Map.entry("zwnj", 0x200C),
            Map.entry("lrm", 0x200E),
            Map.entry("rlm", 0x200F),
            Map.entry("commat", (int) '@'),
            Map.entry("period", (int) '.'),
            Map.entry("dollar", (int) '$'),
            Map.entry("euro", 0x20AC),
            Map.entry("eacute", 0xE9),
            Map.entry("auml", 0xE4),
            Map.entry("ouml", 0xF6),
            Map.entry("uuml", 0xFC));

    private final String text;
    private final int[] origins;

    private Markup(String text, int[] origins) {
        this.text = text;
        this.origins = origins;
    }

    /// Reads `text`, when it has any markup.
    public static Optional<Markup> of(String text) {
        if (text.indexOf('<') < 0 && text.indexOf('&') < 0) {
            return Optional.empty();
        }
        StringBuilder plain = new StringBuilder(text.length());
        int[] origins = new int[text.length() + 1];
        int at = 0;
        while (at < text.length()) {
            char letter = text.charAt(at);
            int end = letter == '<' ? tagEnd(text, at) : letter == '&' ? referenceEnd(text, at) : at;
            if (end == at) {
                origins[plain.length()] = at;
                plain.append(letter);
                at++;
            } else if (letter == '<') {
                if (breaks(text, at)) {
                    origins[plain.length()] = at;
                    plain.append('\n');
                }
                at = end;
            } else {
                int point = reference(text.substring(at + 1, end - 1));
                for (char unit : Character.toChars(point)) {
                    origins[plain.length()] = at;
                    plain.append(unit);
                }
                at = end;
            }
        }
        origins[plain.length()] = text.length();
        return plain.length() == text.length() && plain.toString().equals(text)
                ? Optional.empty()
                : Optional.of(new Markup(plain.toString(), Arrays.copyOf(origins, plain.length() + 1)));
    }

    /// What a browser would show, roughly.
    public String text() {
        return text;
    }

    /// Where `char` `at` stands in the original.
    public int origin(int at) {
        return origins[at];
    }

    private static int tagEnd(String text, int at) {
        boolean opens = at + 1 < text.length()
                && (Character.isLetter(text.charAt(at + 1)) || "/!?".indexOf(text.charAt(at + 1)) >= 0);
        if (!opens) {
            return at;
        }
        String close = text.startsWith("<!--", at) ? "-->" : ">";
        int limit = Math.min(text.length(), at + TAG_CHARS_MAX);
        int end = text.indexOf(close, at, limit);
        return end < 0 ? at : end + close.length();
    }

    private static boolean breaks(String text, int at) {
        int from = text.charAt(at + 1) == '/' ? at + 2 : at + 1;
        int to = from;
        while (to < text.length() && Character.isLetterOrDigit(text.charAt(to)) && to - from < REFERENCE_CHARS_MAX) {
            to++;
        }
        return BREAKS.contains(text.substring(from, to).toLowerCase(Locale.ROOT));
    }

    private static int referenceEnd(String text, int at) {
        int end = text.indexOf(';', at, Math.min(text.length(), at + REFERENCE_CHARS_MAX + 2));
        return end > at + 1 && reference(text.substring(at + 1, end)) >= 0 ? end + 1 : at;
    }

    private static int reference(String name) {
        if (!name.startsWith("#")) {
            return NAMED.getOrDefault(name, -1);
        }
        boolean hex = name.startsWith("#x") || name.startsWith("#X");
        String digits = name.substring(hex ? 2 : 1);
        int radix = hex ? 16 : 10;
        boolean number = !digits.isEmpty()
                && digits.length() <= 7
                && digits.chars().allMatch(digit -> digit < 128 && Character.digit(digit, radix) >= 0);
        int point = number ? Integer.parseInt(digits, radix) : -1;
        return Character.isValidCodePoint(point) && (point < 0xD800 || point > 0xDFFF) ? point : -1;
    }
}
