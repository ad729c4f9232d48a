// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.plain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.IntUnaryOperator;

/// An Aho-Corasick automaton while it is built, with every transition worked out in the end: whoever scans with it
/// copies its rows into one table. For one thread.
public final class Trie {
    private final int width;
    private final List<int[]> rows = new ArrayList<>();
    private final List<List<Integer>> ends = new ArrayList<>();

    /// @param width columns of a state: the letters that occur, and one for all others
    public Trie(int width) {
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

    /// Adds a text that is told as `id` where it ends.
    ///
    /// @param columns the column of a letter
    public void add(String text, int id, IntUnaryOperator columns) {
        int state = 0;
        for (int at = 0; at < text.length(); at++) {
            int column = columns.applyAsInt(text.charAt(at));
            if (rows.get(state)[column] < 0) {
                int fresh = state();
                rows.get(state)[column] = fresh;
            }
            state = rows.get(state)[column];
        }
        ends.get(state).add(id);
    }

    /// Works out every transition; nothing is added afterwards.
    public void close() {
        int[] fail = new int[rows.size()];
        Deque<Integer> queue = new ArrayDeque<>();
        int[] root = rows.getFirst();
        for (int column = 0; column < width; column++) {
            if (root[column] < 0) {
                root[column] = 0;
            } else {
                queue.add(root[column]);
            }
        }
        while (!queue.isEmpty()) {
            int state = queue.remove();
            ends.get(state).addAll(ends.get(fail[state]));
            int[] row = rows.get(state);
            for (int column = 0; column < width; column++) {
                int other = rows.get(fail[state])[column];
                if (row[column] < 0) {
                    row[column] = other;
                } else {
                    fail[row[column]] = other;
                    queue.add(row[column]);
                }
            }
        }
    }

    /// How many states there are; the first is the one that a text begins in.
    public int size() {
        return rows.size();
    }

    /// The state behind `state` and a letter of `column`, once closed.
    public int next(int state, int column) {
        return rows.get(state)[column];
    }

    /// What ends in a state, once closed.
    public int[] ends(int state) {
        return ends.get(state).stream().mapToInt(Integer::intValue).toArray();
    }
}
