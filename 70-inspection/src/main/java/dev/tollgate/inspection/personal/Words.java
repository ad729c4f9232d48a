// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.personal;

import java.util.Arrays;

/// A text's words and numbers, each with its place, a hash of its lower case, its shape, and what stands
/// before it.
public final class Words {
    /// What stands between two words.
    static final int SPACE = 1;

    static final int NEW_LINE = 2;
    static final int COMMA = 3;
    static final int STOP = 4;
    static final int COLON = 5;
    static final int QUOTE = 6;
    static final int OTHER = 7;

    static final int LOWER = 0;
    static final int TITLE = 1;
    static final int UPPER = 2;
    static final int INITIAL = 3;
    static final int MIXED = 4;
    /// A number of `n` digits has the shape `NUMBER + n`, at most eight.
    static final int NUMBER = 8;

    private static final int NUMBER_MAX = 8;
    private static final int FIRST_CAPACITY = 64;
    private static final long FNV = 0x100000001b3L;
    private static final long BASIS = 0xcbf29ce484222325L;
    private static final int ENDING = 3;

    int size;
    int[] starts = new int[FIRST_CAPACITY];
    int[] ends = new int[FIRST_CAPACITY];
    byte[] shapes = new byte[FIRST_CAPACITY];
    byte[] gaps = new byte[FIRST_CAPACITY];
    long[] hashes = new long[FIRST_CAPACITY];
    int[] endings = new int[FIRST_CAPACITY];

    /// Reads `text`.
    public Words(String text) {
        int at = 0;
        int gap = NEW_LINE;
        int length = text.length();
        while (at < length) {
            char letter = text.charAt(at);
            if (isLetter(letter)) {
                at = word(text, at, gap);
                gap = 0;
            } else if (letter >= '0' && letter <= '9') {
                int end = at + 1;
                while (end < length && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
                    end++;
                }
                add(at, end, NUMBER + Math.min(end - at, NUMBER_MAX), gap, hash(text, at, end), 0);
                at = end;
                gap = 0;
            } else {
                gap = Math.max(gap, kind(letter));
                at++;
            }
        }
    }

    private int word(String text, int start, int gap) {
        int end = start;
        int upper = 0;
        int letters = 0;
        long hash = BASIS;
        int length = text.length();
        while (end < length) {
            char letter = text.charAt(end);
            if (!isLetter(letter)) {
                boolean inner = (letter == '\'' || letter == '’' || letter == '-')
                        && end + 1 < length
                        && isLetter(text.charAt(end + 1));
                if (!inner) {
                    break;
                }
                hash = (hash ^ letter) * FNV;
                end++;
                continue;
            }
            char lower = lower(letter);
            upper += lower == letter ? 0 : 1;
            letters++;
            hash = (hash ^ lower) * FNV;
            end++;
        }
        boolean title = lower(text.charAt(start)) != text.charAt(start);
        int shape = upper == 0
                ? LOWER
                : title && letters == 1 ? INITIAL : upper == letters ? UPPER : title && upper <= 2 ? TITLE : MIXED;
        int ending = 0;
        for (int at = Math.max(start, end - ENDING); at < end; at++) {
            ending = ending * 31 + lower(text.charAt(at));
        }
        add(start, end, shape, gap, hash, ending);
        return end;
    }

    private void add(int start, int end, int shape, int gap, long hash, int ending) {
        if (size == starts.length) {
            int more = size * 2;
            starts = Arrays.copyOf(starts, more);
            ends = Arrays.copyOf(ends, more);
            shapes = Arrays.copyOf(shapes, more);
            gaps = Arrays.copyOf(gaps, more);
            hashes = Arrays.copyOf(hashes, more);
            endings = Arrays.copyOf(endings, more);
        }
        starts[size] = start;
        ends[size] = end;
        shapes[size] = (byte) shape;
        gaps[size] = (byte) gap;
        hashes[size] = hash;
        endings[size++] = ending;
    }

    private static int kind(char letter) {
        return switch (letter) {
            case ' ', '\t' -> SPACE;
            case '\n', '\r' -> NEW_LINE;
            case ',', ';' -> COMMA;
            case '.', '!', '?' -> STOP;
            case ':', '=', '|' -> COLON;
            case '"', '\'', '“', '”', '\\' -> QUOTE;
            default -> OTHER;
        };
    }

    /// The hash of a word in lower case, as the lists know it.
    static long hash(CharSequence text, int from, int to) {
        long hash = BASIS;
        for (int at = from; at < to; at++) {
            hash = (hash ^ lower(text.charAt(at))) * FNV;
        }
        return hash;
    }

    private static char lower(char letter) {
        if (letter < 128) {
            return letter >= 'A' && letter <= 'Z' ? (char) (letter + 32) : letter;
        }
        return Character.toLowerCase(letter);
    }

    static boolean isLetter(char letter) {
        return (letter >= 'a' && letter <= 'z')
                || (letter >= 'A' && letter <= 'Z')
                || (letter > 127 && Character.isLetter(letter));
    }

    /// How many words and numbers there are.
    public int size() {
        return size;
    }

    /// Where word `at` begins.
    public int start(int at) {
        return starts[at];
    }

    /// Where word `at` ends.
    public int end(int at) {
        return ends[at];
    }
}
