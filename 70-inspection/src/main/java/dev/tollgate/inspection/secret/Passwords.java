// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.secret;

import dev.tollgate.inspection.finding.Finding;
import dev.tollgate.inspection.finding.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Passwords as people write them: `password: Summer2019$`, `the new password is "tiger 7"`, `Passwort
/// lautet Hund1!`.
final class Passwords {
    private static final int LENGTH_MIN = 4;
    private static final int DRAWN_MIN = 6;
    private static final int LENGTH_MAX = 100;
    /// Words that may stand between: `password for the portal is now`.
    private static final int WORDS_MAX = 7;

    private static final int WORD_MAX = 16;
    private static final int COPULA_WORDS_MAX = 3;
    private static final Letters LETTERS = new Letters("A-Za-z'");
    private static final Letters ENDS = new Letters("=:>|");
    private static final Set<String> COPULAS = Set.of(
            "is", "was", "ist", "lautet", "es", "est", "are", "be", "to", "as", "becomes", "now", "war", "with",
            "equals", "is:");
    private static final Set<String> WORDS = Set.of(
            "reset",
            "required",
            "incorrect",
            "wrong",
            "invalid",
            "expired",
            "not",
            "the",
            "your",
            "and",
            "must",
            "null",
            "none",
            "true",
            "false",
            "password",
            "passwords",
            "changed",
            "string",
            "empty",
            "here",
            "below",
            "following",
            "correct",
            "hidden",
            "undefined",
            "example",
            "changeme",
            "user",
            "username",
            "login",
            "email",
            "e-mail");

    private Passwords() {}

    /// `end` is behind a word that names a password.
    static void look(String text, int end, List<Finding> found) {
        if (end < text.length() && text.charAt(end) == 's' && LETTERS.run(text, end, 2) == end + 1) {
            return;
        }
        int at = Assignment.nameEnd(text, end);
        int words = 0;
        boolean stated = ended(text, end);
        boolean equals = stated;
        while (at < text.length() && words <= WORDS_MAX) {
            int skip = at;
            while (skip < text.length() && skip - at < 4 && " \t\"'`*_()".indexOf(text.charAt(skip)) >= 0) {
                skip++;
            }
            int operator = ENDS.run(text, skip, 3);
            if (operator > skip) {
                stated = true;
                equals = true;
                at = operator;
                continue;
            }
            boolean quoted = skip > 0 && skip > at && "\"'`".indexOf(text.charAt(skip - 1)) >= 0;
            int wordEnd = tokenEnd(text, skip);
            if (wordEnd == skip) {
                return;
            }
            if (stated
                    && (equals || words <= COPULA_WORDS_MAX + WORDS_MAX)
                    && taken(text, skip, wordEnd, equals || quoted)) {
                found.add(new Finding(Kind.PASSWORD, skip, wordEnd, "password"));
                return;
            }
            String word =
                    text.substring(skip, Math.min(wordEnd, skip + WORD_MAX)).toLowerCase(Locale.ROOT);
            stated = (stated && !equals && words < WORDS_MAX) || COPULAS.contains(word);
            if (equals && !COPULAS.contains(word)) {
                return;
            }
            equals = false;
            at = wordEnd;
            words++;
            if (".;!?\n\r,".indexOf(at < text.length() ? text.charAt(at) : '\n') >= 0) {
                return;
            }
        }
    }

    private static boolean ended(String text, int end) {
        return (end > 0 && ENDS.has(text.charAt(end - 1))) || text.startsWith(" is", end - 3);
    }

    /// The end of what stands at `start`, without the sentence's own punctuation.
    private static int tokenEnd(String text, int start) {
        int end = start;
        while (end < text.length()
                && end - start < LENGTH_MAX
                && text.charAt(end) > ' '
                && "\"`".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        while (end > start && ".,;:)'}]>".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return end;
    }

    /// Whether it looks like a password rather than like the next word of the sentence.
    private static boolean taken(String text, int start, int end, boolean announced) {
        int length = end - start;
        if (length < LENGTH_MIN
                || length >= LENGTH_MAX
                || "<$%{[".indexOf(text.charAt(start)) >= 0
                || text.startsWith("http", start)) {
            return false;
        }
        boolean lower = false;
        boolean upper = false;
        boolean digit = false;
        boolean sign = false;
        boolean inner = false;
        for (int at = start; at < end; at++) {
            char letter = text.charAt(at);
            lower |= Character.isLowerCase(letter);
            upper |= Character.isUpperCase(letter);
            inner |= at > start && Character.isUpperCase(letter) && lower;
            digit |= Character.isDigit(letter);
            sign |= !Character.isLetterOrDigit(letter) && letter != '-' && letter != '\'' && letter != '/';
        }
        String word = text.substring(start, end).toLowerCase(Locale.ROOT);
        if (WORDS.contains(word)
                || word.contains("://")
                || word.indexOf('(') >= 0
                || Entropy.isFiller(text, start, end)
                || word.chars().allMatch(letter -> letter == '*' || letter == '.' || letter == 'x' || letter == '-')) {
            return false;
        }
        boolean drawn = (digit && (lower || upper)) || ((lower || upper) && sign) || inner;
        boolean mail = word.indexOf('@') > 0 && word.indexOf('.', word.indexOf('@')) > 0;
        if (mail || word.startsWith("case-") || word.startsWith("inv-")) {
            return false;
        }
        return (drawn && length >= DRAWN_MIN) || (announced && (drawn || (digit && length >= DRAWN_MIN)));
    }
}
