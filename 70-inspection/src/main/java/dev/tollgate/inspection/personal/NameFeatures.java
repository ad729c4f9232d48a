// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.personal;

/// What the tagger looks at: a word's shape, what lists say of it, its neighbours, what stands between.
/// A capitalised word's own letters count only when it is a word of everyday language, so that no name
/// is learned by heart.
final class NameFeatures {
    /// How many features a word has.
    static final int COUNT = 26;

    private static final int NAMED = Lexicon.FIRST | Lexicon.LAST;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final Words words;
    private final int[] flags;
    private final long[] seen;

    NameFeatures(Words words, Lexicon lexicon) {
        this.words = words;
        flags = new int[words.size];
        seen = new long[words.size];
        for (int at = 0; at < words.size; at++) {
            int shape = words.shapes[at];
            flags[at] = shape >= Words.NUMBER ? 0 : lexicon.of(words.hashes[at]);
            boolean known = (flags[at] & Lexicon.COMMON) != 0 || (flags[at] & Lexicon.STREET) != 0;
            seen[at] = shape >= Words.NUMBER
                    ? shape
                    : known || (shape == Words.LOWER && flags[at] == 0) ? words.hashes[at] : flags[at] * 31L + shape;
        }
    }

    /// Whether a word could belong to a name or an address at all.
    boolean worthAsking(int at) {
        int shape = words.shapes[at];
        return shape != Words.LOWER
                || ((flags[at] & NAMED) != 0 && (flags[at] & Lexicon.COMMON) == 0)
                || (flags[at] & Lexicon.STREET) != 0;
    }

    private long seen(int at) {
        return at < 0 || at >= words.size ? -1 : seen[at];
    }

    private int shape(int at) {
        return at < 0 || at >= words.size ? 30 : words.shapes[at];
    }

    private int flag(int at) {
        return at < 0 || at >= words.size ? 64 : flags[at];
    }

    private int gap(int at) {
        return at < 0 || at >= words.size ? 9 : words.gaps[at];
    }

    /// Writes the slots of word `at`, given the labels of the two before it.
    void fill(int at, int label1, int label2, int[] slots, int mask) {
        int shape = shape(at);
        int flag = flag(at);
        int own = shape * 64 + flag;
        int next = shape(at + 1) * 64 + flag(at + 1);
        int gaps = gap(at) * 16 + gap(at + 1);
        long before = seen(at - 1);
        int n = 0;
        slots[n] = slot(n++, seen(at), mask);
        slots[n] = slot(n++, own, mask);
        slots[n] = slot(n++, flag, mask);
        slots[n] = slot(n++, words.endings[at] * 8L + (shape == Words.LOWER ? 1 : 0), mask);
        slots[n] = slot(n++, before, mask);
        slots[n] = slot(n++, before * 31 + gap(at), mask);
        slots[n] = slot(n++, seen(at - 2), mask);
        slots[n] = slot(n++, before * MIX + seen(at - 2), mask);
        slots[n] = slot(n++, seen(at + 1), mask);
        slots[n] = slot(n++, seen(at + 1) * 31 + gap(at + 1), mask);
        slots[n] = slot(n++, seen(at + 2), mask);
        slots[n] = slot(n++, before * MIX + own, mask);
        slots[n] = slot(n++, seen(at + 1) * MIX + own, mask);
        slots[n] = slot(n++, own * 4096L + next, mask);
        slots[n] = slot(n++, (own * 4096L + shape(at - 1) * 64L + flag(at - 1)) * 16 + gap(at), mask);
        slots[n] = slot(n++, own * 256L + gaps, mask);
        slots[n] = slot(n++, (shape(at - 1) * 64L + shape) * 64 + shape(at + 1), mask);
        slots[n] = slot(n++, label1 * 8 + label2, mask);
        slots[n] = slot(n++, label1 * 4096L + own, mask);
        slots[n] = slot(n++, (label1 * 16L + gap(at)) * 64 + shape, mask);
        slots[n] = slot(n++, seen(at) * 8 + label1, mask);
        slots[n] = slot(n++, (before * 8 + label1) * 64 + shape, mask);
        slots[n] = slot(n++, (label1 * 16L + gap(at)) * 4096 + next, mask);
        slots[n] = slot(n++, seen(at + 1) * 64 + label1 * 8L + label2, mask);
        slots[n] = slot(n++, (label1 * 64L + shape(at - 1)) * 4096 + own * 16L + gap(at), mask);
        slots[n] = slot(n, (shape(at + 1) * 64L + shape(at + 2)) * 64 + flag(at), mask);
    }

    private static int slot(int kind, long value, int mask) {
        long mixed = (value + kind * 0x632BE59BD9B4E019L) * MIX;
        return (int) (mixed >>> 40 ^ mixed >>> 20) & mask;
    }
}
