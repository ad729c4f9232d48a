// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog.yaml;

import java.util.Comparator;
import java.util.Optional;

/// One thing that is wrong with a file, for the person who wrote it.
///
/// @param at         where
/// @param message    what, in one line; quotes at most a short piece of the file itself
/// @param suggestion what may have been meant, when something is near
public record Problem(Mark at, String message, Optional<String> suggestion) implements Comparable<Problem> {
    private static final Comparator<Problem> ORDER = Comparator.comparing(
                    (Problem problem) -> problem.at().file())
            .thenComparingInt(problem -> problem.at().line())
            .thenComparingInt(problem -> problem.at().column())
            .thenComparing(Problem::message);

    /// Longer pieces of a file are cut in messages.
    private static final int QUOTE_CHARS_MAX = 40;

    /// A problem without a suggestion.
    public static Problem of(Mark at, String message) {
        return new Problem(at, message, Optional.empty());
    }

    /// A piece of a file in backticks: short, on one line, and without characters that a terminal obeys or hides.
    public static String quote(String piece) {
        StringBuilder out = new StringBuilder("`");
        piece.codePoints().limit(QUOTE_CHARS_MAX).forEach(c -> {
            boolean plain = c >= 0x20 && c < 0x7F && c != '`';
            out.append(plain ? Character.toString(c) : "?");
        });
        boolean cut = piece.codePointCount(0, piece.length()) > QUOTE_CHARS_MAX;
        return out.append(cut ? "…" : "").append('`').toString();
    }

    @Override
    public int compareTo(Problem other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return at + ": " + message
                + suggestion.map(near -> ", did you mean " + quote(near) + "?").orElse("");
    }
}
