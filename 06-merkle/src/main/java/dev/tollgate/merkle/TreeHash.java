// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The hashes of RFC 6962 §2.1: leaves and nodes have their own prefix, so that a node cannot pass for
/// a leaf. Keeps one digest, so an instance belongs to one thread.
final class TreeHash {
    static final int BYTES = 32;

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    /// Looking an algorithm up costs more than hashing a short entry.
    private static final MessageDigest FRESH = sha256();

    private final MessageDigest digest = copy();

    byte[] leaf(byte[] entry) {
        digest.update(LEAF);
        return digest.digest(entry);
    }

    byte[] node(byte[] left, byte[] right) {
        digest.update(NODE);
        digest.update(left);
        return digest.digest(right);
    }

    byte[] empty() {
        return digest.digest();
    }

    /// The root of `count` sibling hashes, a power of two of them.
    byte[] perfect(byte[][] hashes, int from, int count) {
        byte[][] row = new byte[count][];
        System.arraycopy(hashes, from, row, 0, count);
        for (int width = count; width > 1; width /= 2) {
            for (int at = 0; at < width / 2; at++) {
                row[at] = node(row[2 * at], row[2 * at + 1]);
            }
        }
        return row[0];
    }

    private static MessageDigest copy() {
        try {
            return (MessageDigest) FRESH.clone();
        } catch (CloneNotSupportedException fixed) {
            throw new IllegalStateException("every provider's SHA-256 can be copied", fixed);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
