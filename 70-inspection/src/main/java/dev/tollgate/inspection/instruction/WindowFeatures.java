// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.instruction;

/// What a window of words looks like: words and pairs of words; rows of up to four classes, which hold
/// across wordings and languages; and which class comes before which, as in "verb of sending ... data
/// ... address".
final class WindowFeatures {
    /// A window of more words than this is described by its first ones.
    private static final int WORDS_MAX = 120;

    /// Most slots that one window may fill.
    static final int SLOTS_MAX = WORDS_MAX * 6 + WordClasses.COUNT * WordClasses.COUNT + 64;

    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final int ROW_MAX = 4;

    /// Slots of words: their share of the score shrinks with the window's length.
    final int[] words = new int[SLOTS_MAX];
    int wordCount;
    /// Slots of rows of classes.
    final int[] rows = new int[SLOTS_MAX];
    int rowCount;
    /// Slots of what is there at all: each counts once.
    final int[] facts = new int[SLOTS_MAX];
    int factCount;

    private final int mask;
    private final boolean[] present = new boolean[WordClasses.COUNT];
    private final boolean[] pairs = new boolean[WordClasses.COUNT * WordClasses.COUNT];

    WindowFeatures(int mask) {
        this.mask = mask;
    }

    /// Describes the words from `from` to `to`.
    void fill(Passages text, int from, int to) {
        wordCount = 0;
        rowCount = 0;
        factCount = 0;
        java.util.Arrays.fill(present, false);
        java.util.Arrays.fill(pairs, false);
        int end = Math.min(to, from + WORDS_MAX);
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
            int kind = text.classes[at];
            if (kind != WordClasses.NONE) {
                for (int other = 1; other < WordClasses.COUNT; other++) {
                    if (present[other] && !pairs[other * WordClasses.COUNT + kind]) {
                        pairs[other * WordClasses.COUNT + kind] = true;
                        facts[factCount++] = slot(10, other * 64L + kind);
                    }
                }
                if (!present[kind]) {
                    present[kind] = true;
                    facts[factCount++] = slot(11, kind);
                }
            }
        }
        beginning(text, from, end);
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
