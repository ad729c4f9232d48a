// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.instruction;

import java.util.Arrays;

/// What a window of words looks like: words and pairs of words; rows of up to four classes, which hold
/// across wordings and languages; and which class comes before which, as in "verb of sending ... data
/// ... address".
final class WindowFeatures {
    /// A window of more words than this is described by its first ones.
    private static final int WORDS_MAX = 120;

    /// Most slots that one window may fill.
    static final int SLOTS_MAX = WORDS_MAX * 8 + WordClasses.COUNT * WordClasses.COUNT + 64;

    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final int ROW_MAX = 4;

    /// Slots of what stands in a window however short it is.
    private static final int BEGINNING_SLOTS = 8;

    /// Slots of words: their share of the score shrinks with the window's length.
    final int[] words;
    int wordCount;
    /// Slots of rows of classes.
    final int[] rows;
    int rowCount;
    /// Slots of what is there at all: each counts once.
    final int[] facts;
    int factCount;

    private final int mask;
    /// The classes met so far, a bit each; and for each class those that were met before it.
    private long present;

    private final long[] pairs = new long[WordClasses.COUNT];

    /// With room for any window.
    WindowFeatures(int mask) {
        this(mask, SLOTS_MAX, SLOTS_MAX, SLOTS_MAX);
    }

    private WindowFeatures(int mask, int words, int rows, int facts) {
        this.mask = mask;
        this.words = new int[words];
        this.rows = new int[rows];
        this.facts = new int[facts];
    }

    /// With room for windows of one or two passages of `text`: most values of a record are a few words, and a window
    /// that has room for everything costs more than looking at them.
    static WindowFeatures of(Passages text, int mask) {
        int longest = 1;
        for (int at = 0; at + 1 < text.passages; at++) {
            int next = Math.min(at + 2, text.passages - 1);
            longest = Math.max(longest, text.firsts[next] - text.firsts[at]);
        }
        int size = Math.min(longest, WORDS_MAX);
        int pairs = Math.min(size * size, WordClasses.COUNT * WordClasses.COUNT);
        return new WindowFeatures(mask, 2 * size, ROW_MAX * size, pairs + size + BEGINNING_SLOTS);
    }

    /// Describes the passages from `from` to `to`.
    void fill(Passages text, int from, int to) {
        wordCount = 0;
        rowCount = 0;
        for (int passage = from; passage < to; passage++) {
            addWords(text, passage);
        }
        fillFacts(text, from, to);
    }

    /// Describes the words of one passage, without what is there at all.
    void fillWords(Passages text, int passage) {
        wordCount = 0;
        rowCount = 0;
        addWords(text, passage);
    }

    private void addWords(Passages text, int passage) {
        int from = text.firsts[passage];
        int end = Math.min(text.firsts[passage + 1], from + WORDS_MAX);
        long before = 7;
        for (int at = from; at < end; at++) {
            long hash = text.hashes[at];
            words[wordCount++] = slot(1, hash);
            words[wordCount++] = slot(2, before * 31 + hash);
            before = hash;
            long row = 0;
            for (int length = 0; length < ROW_MAX && at + length < end; length++) {
                row = row * 64 + unit(text, at + length) + 1;
                rows[rowCount++] = slot(3 + length, row);
            }
        }
    }

    /// Describes what is there at all in the passages from `from` to `to`.
    void fillFacts(Passages text, int from, int to) {
        factCount = 0;
        present = 0;
        Arrays.fill(pairs, 0);
        int first = text.firsts[from];
        int end = Math.min(text.firsts[to], first + WORDS_MAX);
        for (int at = first; at < end; at++) {
            int kind = text.classes[at];
            if (kind != WordClasses.NONE) {
                long fresh = present & ~pairs[kind];
                pairs[kind] |= present;
                while (fresh != 0) {
                    int other = Long.numberOfTrailingZeros(fresh);
                    fresh &= fresh - 1;
                    facts[factCount++] = slot(10, other * 64L + kind);
                }
                if ((present & 1L << kind) == 0) {
                    present |= 1L << kind;
                    facts[factCount++] = slot(11, kind);
                }
            }
        }
        beginning(text, first, end);
    }

    /// How it begins: an order begins with its verb, or with "please" and its verb, or with whom it is
    /// for.
    private void beginning(Passages text, int from, int end) {
        int first = from;
        while (first < end && text.shapes[first] == 4) {
            first++;
        }
        if (first >= end) {
            return;
        }
        long one = unit(text, first);
        long two = first + 1 < end ? unit(text, first + 1) : 63;
        long three = first + 2 < end ? unit(text, first + 2) : 63;
        facts[factCount++] = slot(12, one);
        facts[factCount++] = slot(13, one * 64 + two);
        facts[factCount++] = slot(14, (one * 64 + two) * 64 + three);
        facts[factCount++] = slot(15, text.hashes[first]);
        facts[factCount++] = slot(16, Math.min(6, (end - from) / 5));
        facts[factCount++] = slot(17, text.hashes[end - 1] < 128 ? text.hashes[end - 1] : 0);
    }

    /// A class, or what little is known of a word of none.
    private static int unit(Passages text, int at) {
        int kind = text.classes[at];
        if (kind != WordClasses.NONE) {
            return kind;
        }
        return switch (text.shapes[at]) {
            case 4 ->
                text.hashes[at] == ':'
                        ? 40
                        : text.hashes[at] == ',' ? 41 : text.hashes[at] == '?' ? 42 : text.hashes[at] == '!' ? 43 : 44;
            case 3 -> 45;
            case 2 -> 46;
            default -> 47;
        };
    }

    private int slot(int kind, long value) {
        long mixed = (value + kind * 0x632BE59BD9B4E019L) * MIX;
        return (int) (mixed >>> 41 ^ mixed >>> 18) & mask;
    }
}
