// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.lineage.heard;

import java.util.BitSet;

/// A set of digests that can be asked and not read (Bloom, 1970). May say yes to one that it does not hold, in a
/// hundred cases at most one; never no to one that it holds.
final class WordFilter {
    /// Bits: 32 KiB, as much as a task is worth.
    private static final int BITS = 1 << 18;

    /// Bits that one digest sets. A filter that is full then says yes wrongly in 0.9 % of cases.
    private static final int PROBES = 4;

    /// Digests that a filter takes; what a model reads in one task is shorter.
    static final int ENTRIES_MAX = 24_000;

    private static final int BYTE_BITS = 8;
    private static final int BYTE_MASK = 0xFF;

    private final BitSet bits;
    private int entries;

    private WordFilter(BitSet bits, int entries) {
        this.bits = bits;
        this.entries = entries;
    }

    static WordFilter empty() {
        return new WordFilter(new BitSet(BITS), 0);
    }

    static WordFilter read(byte[] bytes, int entries) {
        return new WordFilter(BitSet.valueOf(bytes), entries);
    }

    byte[] bytes() {
        return bits.toByteArray();
    }

    int entries() {
        return entries;
    }

    /// Whether it takes no more.
    boolean full() {
        return entries >= ENTRIES_MAX;
    }

    /// Adds a digest, unless it is full. Whether it was new.
    boolean add(byte[] digest) {
        if (full() || holds(digest)) {
            return false;
        }
        for (int probe = 0; probe < PROBES; probe++) {
            bits.set(at(digest, probe));
        }
        entries++;
        return true;
    }

    boolean holds(byte[] digest) {
        for (int probe = 0; probe < PROBES; probe++) {
            if (!bits.get(at(digest, probe))) {
                return false;
            }
        }
        return true;
    }

    /// Four bytes of the digest for each probe.
    private static int at(byte[] digest, int probe) {
        int number = 0;
        for (int part = 0; part < Integer.BYTES; part++) {
            number = (number << BYTE_BITS) | (digest[probe * Integer.BYTES + part] & BYTE_MASK);
        }
        return number & (BITS - 1);
    }
}
