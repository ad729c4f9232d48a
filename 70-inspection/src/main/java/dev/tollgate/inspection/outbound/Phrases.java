// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.outbound;

import dev.tollgate.inspection.plain.Trie;
import java.util.ArrayList;
import java.util.List;

/// Finds every place of many phrases in one pass over the letters of a text: an Aho-Corasick automaton with all
/// transitions worked out, so that a letter costs one look into a table whatever the text is. Signs and spaces between
/// letters do not count, so `floor-price` and `f l o o r price` are both found; a phrase begins and ends where a word
/// does.
final class Phrases {
    /// Told of each place.
    interface Found {
        /// A phrase stands here.
        ///
        /// @param phrase index of the phrase
        /// @param start  index in the text
        /// @param end    index after it in the text
        void at(int phrase, int start, int end);
    }

    /// A shorter phrase must stand as it is written: `if` is not found in `I. F.`.
    private static final int LOOSE_CHARS_MIN = 6;

    /// One for each `char`: 128 KiB for each bundle, of which a text in one script touches a corner.
    private final short[] columns = new short[Character.MAX_VALUE + 1];
    private final int width;
    private final int[] next;
    private final int[][] accepted;
    private final List<boolean[]> gaps = new ArrayList<>();

    /// @param phrases each has at least one letter or digit
    Phrases(List<String> phrases) {
        List<String> bare = new ArrayList<>();
        int used = 1;
        for (String phrase : phrases) {
            Letters letters = Letters.of(phrase);
            if (letters.size() == 0) {
                throw new IllegalArgumentException("a phrase must have a letter or a digit");
            }
            boolean[] after = new boolean[letters.size()];
            for (int at = 0; at + 1 < letters.size(); at++) {
                after[at] = letters.place(at + 1) > letters.place(at) + 1;
            }
            gaps.add(after);
            String text = letters.text();
            bare.add(text);
            for (int at = 0; at < text.length(); at++) {
                char letter = text.charAt(at);
                if (columns[letter] == 0) {
                    columns[letter] = (short) used++;
                }
            }
        }
        width = used;
        Trie trie = new Trie(width);
        for (int id = 0; id < bare.size(); id++) {
            trie.add(bare.get(id), id, letter -> columns[letter]);
        }
        trie.close();
        next = new int[trie.size() * width];
        accepted = new int[trie.size()][];
        for (int state = 0; state < accepted.length; state++) {
            for (int column = 0; column < width; column++) {
                next[state * width + column] = trie.next(state, column);
            }
            accepted[state] = trie.ends(state);
        }
    }

    void scan(Letters letters, Found found) {
        int state = 0;
        for (int at = 0; at < letters.size(); at++) {
            state = next[state * width + columns[letters.letter(at)]];
            for (int phrase : accepted[state]) {
                boolean[] after = gaps.get(phrase);
                int first = at - after.length + 1;
                if (letters.begins(first) && letters.ends(at) && close(letters, first, after)) {
                    found.at(phrase, letters.place(first), letters.place(at) + 1);
                }
            }
        }
    }

    private static boolean close(Letters letters, int first, boolean[] after) {
        boolean loose = after.length >= LOOSE_CHARS_MIN;
        for (int at = 0; at + 1 < after.length; at++) {
            int gap = letters.place(first + at + 1) - letters.place(first + at) - 1;
            if (gap > 0 && (gap > Letters.GAP_MAX || !(loose || after[at]))) {
                return false;
            }
        }
        return true;
    }
}
