// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle;

import static dev.tollgate.terms.Require.require;

import dev.tollgate.terms.Digest;
import java.util.ArrayList;
import java.util.List;

/// Produces the proofs of RFC 6962 §2.1.1 and §2.1.2 from the hashes of perfect subtrees.
final class Proofs {
    /// Where hashes come from.
    interface Nodes {
        /// The hash of the perfect subtree of 2^height entries that begins at entry `number << height`.
        byte[] node(int height, long number);
    }

    private final Nodes nodes;
    private final TreeHash hash = new TreeHash();

    Proofs(Nodes nodes) {
        this.nodes = nodes;
    }

    List<Digest> inclusion(long index, long size) {
        require(0 <= index && index < size, "an inclusion proof needs an index below the size");
        List<byte[]> path = new ArrayList<>();
        include(index, 0, size, path);
        return path.stream().map(SignedNote::digest).toList();
    }

    private void include(long index, long from, long to, List<byte[]> path) {
        if (to - from == 1) {
            return;
        }
        long middle = from + split(to - from);
        if (index < middle) {
            include(index, from, middle, path);
            path.add(root(middle, to));
        } else {
            include(index, middle, to, path);
            path.add(root(from, middle));
        }
    }

    List<Digest> consistency(long older, long newer) {
        require(0 <= older && older <= newer, "a consistency proof goes from a size to one not smaller");
        List<byte[]> path = new ArrayList<>();
        if (older > 0 && older < newer) {
            extend(older, 0, newer, true, path);
        }
        return path.stream().map(SignedNote::digest).toList();
    }

    /// SUBPROOF of RFC 6962: `known` says that the older root is the hash of this range.
    private void extend(long older, long from, long to, boolean known, List<byte[]> path) {
        if (older == to) {
            if (!known) {
                path.add(root(from, to));
            }
            return;
        }
        long middle = from + split(to - from);
        if (older <= middle) {
            extend(older, from, middle, known, path);
            path.add(root(middle, to));
        } else {
            extend(older, middle, to, false, path);
            path.add(root(from, middle));
        }
    }

    private byte[] root(long from, long to) {
        long span = to - from;
        if (Long.bitCount(span) == 1) {
            int height = Long.numberOfTrailingZeros(span);
            return nodes.node(height, from >>> height);
        }
        long middle = from + split(span);
        return hash.node(root(from, middle), root(middle, to));
    }

    /// The largest power of two below `span`.
    private static long split(long span) {
        return Long.highestOneBit(span - 1);
    }
}
