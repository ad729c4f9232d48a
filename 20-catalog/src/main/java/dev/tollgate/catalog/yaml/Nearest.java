// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog.yaml;

import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;

/// Finds what may have been meant by a word that is not known.
public final class Nearest {
    /// Longer words are not compared: the work is the product of the lengths.
    private static final int CHARS_MAX = 64;

    /// Candidates that are compared at most.
    private static final int KNOWN_MAX = 1_000;

    private Nearest() {}

    /// The known word that takes the fewest edits, when they are few for its length; the first by name among equals.
    public static Optional<String> of(String written, Collection<String> known) {
        if (written.isEmpty() || written.length() > CHARS_MAX) {
            return Optional.empty();
        }
        Optional<String> best = Optional.empty();
        int least = Math.max(1, written.length() / 3) + 1;
        int compared = 0;
        for (String word : new TreeSet<>(known)) {
            if (word.length() > CHARS_MAX || compared++ >= KNOWN_MAX) {
                continue;
            }
            int edits = edits(written, word);
            if (edits < least) {
                least = edits;
                best = Optional.of(word);
            }
        }
        return best;
    }

    /// Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other (optimal string
    /// alignment).
    static int edits(String one, String other) {
        int[][] cost = new int[one.length() + 1][other.length() + 1];
        for (int at = 0; at <= one.length(); at++) {
            cost[at][0] = at;
        }
        for (int at = 0; at <= other.length(); at++) {
            cost[0][at] = at;
        }
        for (int i = 1; i <= one.length(); i++) {
            for (int j = 1; j <= other.length(); j++) {
                boolean same = one.charAt(i - 1) == other.charAt(j - 1);
                int least = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
                least = Math.min(least, cost[i - 1][j - 1] + (same ? 0 : 1));
                boolean swapped = i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1);
                cost[i][j] = swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
            }
        }
        return cost[one.length()][other.length()];
    }
}
