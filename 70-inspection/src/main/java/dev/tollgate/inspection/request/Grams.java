// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.request;

import dev.tollgate.inspection.plain.Folded;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The parts of a text by which it is recognised later without being kept: each word, each two words that follow each
/// other, and each address or number in one piece however it is spaced.
public final class Grams {
    /// Longer texts are not recognised beyond here: an answer's text is cut at the same length.
    private static final int CHARS_MAX = 16_384;

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    /// Account numbers and telephone numbers, spaced in groups.
    private static final Pattern SPACED =
            Pattern.compile("\\+?[\\p{L}]{0,2}\\p{N}[\\p{L}\\p{N}]*(?:[ -](?=\\p{L}*\\p{N})[\\p{L}\\p{N}]{2,6})+");

    private Grams() {}

    /// All parts of a text.
    public static SequencedSet<String> of(String text) {
        String plain = plain(text);
        SequencedSet<String> grams = new LinkedHashSet<>(words(plain));
        Matcher spaced = SPACED.matcher(plain);
        while (spaced.find()) {
            grams.add(compact(spaced.group()));
        }
        return grams;
    }

    /// Whether a text of these parts may hold `value`: all its words in their order, or all of it in one piece.
    public static boolean holds(Predicate<String> grams, String value) {
        String plain = plain(value);
        List<String> words = words(plain);
        return !words.isEmpty() && (words.stream().allMatch(grams) || grams.test(compact(plain)));
    }

    static String plain(String text) {
        String bounded = text.length() > CHARS_MAX ? text.substring(0, CHARS_MAX) : text;
        return Folded.of(bounded).text().toLowerCase(Locale.ROOT);
    }

    static String compact(String plain) {
        StringBuilder compact = new StringBuilder();
        plain.codePoints().filter(Character::isLetterOrDigit).forEach(compact::appendCodePoint);
        return compact.toString();
    }

    private static List<String> words(String plain) {
        List<String> grams = new ArrayList<>();
        Matcher matcher = WORD.matcher(plain);
        String before = "";
        while (matcher.find()) {
            String word = matcher.group();
            grams.add(word);
            if (!before.isEmpty()) {
                grams.add(before + ' ' + word);
            }
            before = word;
        }
        return grams;
    }
}
