// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.plain;

import java.util.Arrays;

/// A text without invisible characters and with look-alike letters written as the Latin ones they stand
/// for. Knows for each `char` where it came from.
public final class Folded {
    /// Look-alikes in pairs: what is written, what is read. Unicode's confusables (UTS #39) of Cyrillic
    /// and Greek that pass for ASCII in common typefaces.
    private static final String LOOKALIKES = "аaеeоoрpсcуyхxіiјjѕsԁdһhԛqԝwвbкkмmнhтtгrАAВBЕEКKМMНHОOРPСCТT"
            + "УYХXІIЈJЅSΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXοoαaνvρpτtιiκkеeʟlɪiɡgａa";

    private static final int PLAIN_MAX = 0xA0;
    private static final int FULL_FIRST = 0xFF01;
    private static final int FULL_LAST = 0xFF5E;
    private static final int FULL_SHIFT = 0xFEE0;
    private static final int TAGS_FIRST = 0xE0020;
    private static final int TAGS_LAST = 0xE007E;
    private static final int TAGS_SHIFT = 0xE0000;
    private static final int MATH_FIRST = 0x1D400;
    private static final int MATH_LAST = 0x1D6A3;
    private static final int MATH_ALPHABET = 52;
    private static final int LETTERS = 26;
    private static final char[] READ = lookalikes();

    private final String text;
    private final int[] origins;

    private Folded(String text, int[] origins) {
        this.text = text;
        this.origins = origins;
    }

    private static char[] lookalikes() {
        char[] read = new char[1 << 12];
        for (int at = 0; at + 1 < LOOKALIKES.length(); at += 2) {
            if (LOOKALIKES.charAt(at) < read.length) {
                read[LOOKALIKES.charAt(at)] = LOOKALIKES.charAt(at + 1);
            }
        }
        return read;
    }

    /// Whether folding could change `text`: most texts are spared the work.
    public static boolean mayChange(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) >= PLAIN_MAX || text.charAt(at) == 0) {
                return true;
            }
        }
        return false;
    }

    /// Folds `text`. Costs one pass, and four bytes for each `char`.
    public static Folded of(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        int[] origins = new int[text.length() + 1];
        boolean changed = false;
        int at = 0;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            int width = Character.charCount(point);
            int read = read(point, text, at);
            changed |= read != point;
            if (read >= 0) {
                for (int unit = 0; unit < Character.charCount(read); unit++) {
                    origins[folded.length() + unit] = at + Math.min(unit, width - 1);
                }
                folded.appendCodePoint(read);
            }
            at += width;
        }
        origins[folded.length()] = text.length();
        return new Folded(changed ? folded.toString() : text, Arrays.copyOf(origins, folded.length() + 1));
    }

    /// What a reader sees instead of `point`; -1 for nothing.
    private static int read(int point, String text, int at) {
        if (point < PLAIN_MAX) {
            return point == 0 ? -1 : point;
        }
        if (Character.getType(point) == Character.FORMAT
                || point == 0xFEFF
                || point == 0x115F
                || point == 0x3164
                || (point >= 0xFE00 && point <= 0xFE0F)
                || point == 0x034F) {
            boolean tag = point >= TAGS_FIRST && point <= TAGS_LAST;
            return tag ? point - TAGS_SHIFT : -1;
        }
        if (point >= FULL_FIRST && point <= FULL_LAST) {
            return point - FULL_SHIFT;
        }
        if (point >= MATH_FIRST && point <= MATH_LAST) {
            int letter = (point - MATH_FIRST) % MATH_ALPHABET;
            return letter < LETTERS ? 'A' + letter : 'a' + letter - LETTERS;
        }
        if (Character.isSpaceChar(point)) {
            return ' ';
        }
        // a whole word in Cyrillic or Greek is a language; one letter beside Latin ones is a disguise
        boolean beside =
                (at > 0 && isLatin(text.charAt(at - 1))) || (at + 1 < text.length() && isLatin(text.charAt(at + 1)));
        return beside && point < READ.length && READ[point] != 0 ? READ[point] : point;
    }

    private static boolean isLatin(char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || letter == '-' || letter == '_';
    }

    /// The text as it reads.
    public String text() {
        return text;
    }

    /// Where `char` `at` of the folded text stands in the original.
    public int origin(int at) {
        return origins[at];
    }

    /// Where the original goes on behind the folded `char` before `end`.
    public int originEnd(int end) {
        return end == 0 ? 0 : Math.max(origins[end - 1] + 1, Math.min(origins[end], origins[end - 1] + 2));
    }
}
