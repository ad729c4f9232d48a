// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle.verify;

import dev.tollgate.terms.Digest;
import java.util.ArrayList;
import java.util.List;

/// A tree that grows entry by entry: a stack of perfect subtrees, equal neighbours merged. Keeps the
/// hashes of every unfinished tile on the way.
final class Grown {
    static final int WIDTH = 256;

    /// Hears of each finished tile.
    interface Finished {
        void tile(int level, long number, List<Digest> hashes);
    }

    private record Perfect(long entries, Digest hash) {}

    private final List<Perfect> stack = new ArrayList<>();
    private final List<List<Digest>> rows = new ArrayList<>();
    private final Finished finished;
    private long size;

    Grown(Finished finished) {
        this.finished = finished;
    }

    long size() {
        return size;
    }

    void add(Digest leaf) {
        Perfect top = new Perfect(1, leaf);
        place(top, size);
        while (!stack.isEmpty() && stack.getLast().entries() == top.entries()) {
            top = new Perfect(
                    2 * top.entries(), ProofCheck.node(stack.removeLast().hash(), top.hash()));
            place(top, size + 1 - top.entries());
        }
        stack.add(top);
        size++;
    }

    /// A subtree of 256^l entries is a hash of a tile of level l.
    private void place(Perfect subtree, long firstEntry) {
        int level = 0;
        long span = 1;
        while (span < subtree.entries()) {
            span *= WIDTH;
            level++;
        }
        if (span != subtree.entries()) {
            return;
        }
        while (rows.size() <= level) {
            rows.add(new ArrayList<>());
        }
        List<Digest> row = rows.get(level);
        row.add(subtree.hash());
        if (row.size() == WIDTH) {
            finished.tile(level, firstEntry / span / WIDTH, row);
            rows.set(level, new ArrayList<>());
        }
    }

    /// Levels that have an unfinished tile or had a finished one.
    int levels() {
        return rows.size();
    }

    /// Hashes of the unfinished tile of a level.
    List<Digest> unfinished(int level) {
        return rows.get(level);
    }

    Digest root() {
        if (stack.isEmpty()) {
            return Digest.of(new byte[0]);
        }
        Digest root = stack.getLast().hash();
        for (Perfect left : stack.subList(0, stack.size() - 1).reversed()) {
            root = ProofCheck.node(left.hash(), root);
        }
        return root;
    }
}
