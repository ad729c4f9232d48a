// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.outbound;

import java.util.ArrayList;
import java.util.List;

/// Cuts a text into sentences and clauses, and counts the words between two places.
final class Sentences {
    /// One sentence; `end` stands behind the sign that ends it.
    record Sentence(int start, int end, boolean question) {}

    /// A longer sentence is cut at a space: what was written without an end is looked at piece by
    /// piece, so that the work grows with the text and no faster.
    private static final int SENTENCE_CHARS_MAX = 1_000;

    private static final String CLAUSE_ENDS = ",;:()\u2013\u2014\"\u201c\u201d\u00ab\u00bb";

    private Sentences() {}

    static List<Sentence> of(String text) {
        List<Sentence> sentences = new ArrayList<>();
        int start = 0;
        for (int at = 0; at < text.length(); at++) {
            if (ends(text, at) || (at - start >= SENTENCE_CHARS_MAX && text.charAt(at) <= ' ')) {
                if (!text.substring(start, at).isBlank()) {
                    sentences.add(new Sentence(start, at + 1, text.charAt(at) == '?'));
                }
                start = at + 1;
            }
        }
        if (start < text.length() && !text.substring(start).isBlank()) {
            sentences.add(new Sentence(start, text.length(), false));
        }
        return sentences;
    }

    private static boolean ends(String text, int at) {
        char letter = text.charAt(at);
        boolean last = at + 1 == text.length();
        if (letter == '.' || letter == '!' || letter == '?' || letter == '\u3002' || letter == '\u061f') {
            return last || Character.isWhitespace(text.charAt(at + 1)) || "!?.".indexOf(text.charAt(at + 1)) >= 0;
        }
        // letters wrap their lines: only an empty line ends a sentence
        return letter == '\n' && !last && (text.charAt(at + 1) == '\n' || text.charAt(at + 1) == '\r');
    }

    /// Where the clause begins that `at` stands in, not before `from`.
    static int clause(String text, int from, int at) {
        for (int back = at - 1; back >= from; back--) {
            if (CLAUSE_ENDS.indexOf(text.charAt(back)) >= 0) {
                return back + 1;
            }
        }
        return from;
    }

    /// Words that begin between two places.
    static int words(String text, int from, int to) {
        int words = 0;
        boolean inside = false;
        for (int at = from; at < to; at++) {
            boolean letter = Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '\'';
            words += letter && !inside ? 1 : 0;
            inside = letter;
        }
        return words;
    }
}
