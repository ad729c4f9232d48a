// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.secret;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

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
            trie.add(literals.get(id), id, columns);
        }
        int[] order = trie.close();
        firstAccepting = trie.plain * width;
        next = new int[order.length * width];
        accepted = new int[order.length - trie.plain][];
        for (int state = 0; state < order.length; state++) {
            for (int column = 0; column < width; column++) {
                next[order[state] * width + column] = order[trie.rows.get(state)[column]] * width;
            }
            if (order[state] >= trie.plain) {
                accepted[order[state] - trie.plain] = trie.ends.get(state).stream()
                        .mapToInt(Integer::intValue)
                        .toArray();
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

    /// The automaton while it is built.
    private static final class Trie {
        private final int width;
        private final List<int[]> rows = new ArrayList<>();
        private final List<List<Integer>> ends = new ArrayList<>();
        private int plain;

        Trie(int width) {
            this.width = width;
            state();
        }

        private int state() {
            int[] row = new int[width];
            Arrays.fill(row, -1);
            rows.add(row);
            ends.add(new ArrayList<>());
            return rows.size() - 1;
        }

        void add(String literal, int id, byte[] columns) {
            int state = 0;
            for (int at = 0; at < literal.length(); at++) {
                int column = columns[literal.charAt(at)];
                if (rows.get(state)[column] < 0) {
                    int fresh = state();
                    rows.get(state)[column] = fresh;
                }
                state = rows.get(state)[column];
            }
            ends.get(state).add(id);
        }

        /// Works out every transition, and the new number of each state.
        int[] close() {
            int[] fail = new int[rows.size()];
            Deque<Integer> queue = new ArrayDeque<>();
            for (int column = 0; column < width; column++) {
                int child = rows.getFirst()[column];
                if (child < 0) {
                    rows.getFirst()[column] = 0;
                } else {
                    queue.add(child);
                }
            }
            while (!queue.isEmpty()) {
                int state = queue.remove();
                ends.get(state).addAll(ends.get(fail[state]));
                for (int column = 0; column < width; column++) {
                    int child = rows.get(state)[column];
                    int other = rows.get(fail[state])[column];
                    if (child < 0) {
                        rows.get(state)[column] = other;
                    } else {
                        fail[child] = other;
                        queue.add(child);
                    }
                }
            }
            return numbered();
        }

        private int[] numbered() {
            int[] order = new int[rows.size()];
            int at = 0;
            for (int state = 0; state < order.length; state++) {
                if (ends.get(state).isEmpty()) {
                    order[state] = at++;
                }
            }
            plain = at;
            for (int state = 0; state < order.length; state++) {
                if (!ends.get(state).isEmpty()) {
                    order[state] = at++;
                }
            }
            return order;
        }
    }
}
