// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.secret;

import dev.tollgate.inspection.plain.Trie;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Finds every place of many literals in one pass, letters' case ignored: an Aho-Corasick automaton with
/// all transitions worked out, so that a `char` costs one look into a table whatever the text is.
final class Literals {
    /// Told of each place where a literal ends.
    interface Found {
        void at(int literal, int end);
    }

    private static final int ASCII = 128;

    private final byte[] columns = new byte[ASCII];
    private final int width;
    /// `next[state + column]`, states premultiplied by `width`; those that accept are numbered last.
    private final int[] next;
    private final int firstAccepting;
    private final int[][] accepted;

    /// @param literals ASCII, none empty
    Literals(List<String> literals) {
        int used = 1;
        for (String literal : literals) {
            for (char letter : literal.toLowerCase(Locale.ROOT).toCharArray()) {
                if (letter >= ASCII) {
                    throw new IllegalArgumentException("a literal must be ASCII");
                }
                if (columns[letter] == 0) {
                    columns[letter] = (byte) used++;
                }
            }
        }
        for (char letter = 'A'; letter <= 'Z'; letter++) {
            columns[letter] = columns[Character.toLowerCase(letter)];
        }
        width = used;
        Trie trie = new Trie(width);
        for (int id = 0; id < literals.size(); id++) {
            trie.add(literals.get(id), id, letter -> columns[letter]);
        }
        trie.close();
        int[] order = numbered(trie);
        int plain = (int) IntStream.range(0, trie.size())
                .filter(state -> trie.ends(state).length == 0)
                .count();
        firstAccepting = plain * width;
        next = new int[order.length * width];
        accepted = new int[order.length - plain][];
        for (int state = 0; state < order.length; state++) {
            for (int column = 0; column < width; column++) {
                next[order[state] * width + column] = order[trie.next(state, column)] * width;
            }
            if (order[state] >= plain) {
                accepted[order[state] - plain] = trie.ends(state);
            }
        }
    }

    void scan(CharSequence text, Found found) {
        int state = 0;
        int length = text.length();
        int[] table = next;
        for (int at = 0; at < length; at++) {
            char letter = text.charAt(at);
            state = letter < ASCII ? table[state + columns[letter]] : 0;
            if (state >= firstAccepting) {
                for (int literal : accepted[(state - firstAccepting) / width]) {
                    found.at(literal, at + 1);
                }
            }
        }
    }

    /// The new number of each state: those in which nothing ends come first.
    private static int[] numbered(Trie trie) {
        int[] order = new int[trie.size()];
        int at = 0;
        for (int state = 0; state < order.length; state++) {
            if (trie.ends(state).length == 0) {
                order[state] = at++;
            }
        }
        for (int state = 0; state < order.length; state++) {
            if (trie.ends(state).length > 0) {
                order[state] = at++;
            }
        }
        return order;
    }
}
