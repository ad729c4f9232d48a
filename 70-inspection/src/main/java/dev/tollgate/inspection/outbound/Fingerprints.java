// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.outbound;

import static dev.tollgate.terms.Require.require;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Makes fingerprints of values, so that a value can be recognised without being kept: SipHash-2-4 (Aumasson and
/// Bernstein, 2012) under a secret key over the value's letters and digits, and the value's length in the lowest six
/// bits, by which a search knows where to look. Without the key a fingerprint says how long a value is and nothing
/// else.
public final class Fingerprints {
    /// Bytes of a key.
    public static final int KEY_BYTES = 16;

    /// Shorter values are everyday words.
    static final int CHARS_MIN = 6;

    /// Words of a value that are told as one; a telephone number in groups of two has eight, an IBAN nine.
    static final int WORDS_MAX = 10;

    /// A longer text is told by each run of so many words: whoever repeats six words of a note repeats the note.
    static final int RUN_WORDS = 6;

    /// Runs of one value: a note of a page. What comes after is not recognised.
    private static final int RUNS_MAX = 400;

    private static final int LENGTH_BITS = 6;
    static final int LENGTH_MAX = (1 << LENGTH_BITS) - 1;
    private static final int BYTE_BITS = 8;
    private static final long LAST = 0xff;
    private static final long V0 = 0x736f6d6570736575L;
    private static final long V1 = 0x646f72616e646f6dL;
    private static final long V2 = 0x6c7967656e657261L;
    private static final long V3 = 0x7465646279746573L;

    private final long one;
    private final long two;

    /// @param key 16 secret bytes, the same for all nodes
    public Fingerprints(byte[] key) {
        require(key.length == KEY_BYTES, "a fingerprint key has " + KEY_BYTES + " bytes");
        ByteBuffer words = ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN);
        one = words.getLong();
        two = words.getLong();
    }

    /// The fingerprints of a value: one, or one for each run of words of a long text; none for a value that is too
    /// short to be told apart from any word.
    public long[] of(String value) {
        Letters letters = Letters.of(value);
        int[] starts = starts(letters);
        if (letters.size() < CHARS_MIN) {
            return new long[0];
        }
        if (starts.length - 1 <= WORDS_MAX) {
            return new long[] {of(letters, 0, letters.size())};
        }
        long[] prints = new long[Math.min(RUNS_MAX, starts.length - RUN_WORDS)];
        for (int run = 0; run < prints.length; run++) {
            prints[run] = of(letters, starts[run], starts[run + RUN_WORDS]);
        }
        return prints;
    }

    /// The first letter of each word, and one behind the last.
    static int[] starts(Letters letters) {
        int[] starts = new int[letters.size() + 1];
        int words = 0;
        for (int at = 0; at < letters.size(); at++) {
            if (letters.begins(at)) {
                starts[words++] = at;
            }
        }
        starts[words++] = letters.size();
        return Arrays.copyOf(starts, words);
    }

    /// The fingerprint of some letters.
    long of(Letters letters, int from, int to) {
        long hash = hash(letters.all(), from, to);
        return (hash & -(1L << LENGTH_BITS)) | Math.min(LENGTH_MAX, to - from);
    }

    /// SipHash-2-4 over the `char`s, lower byte first.
    long hash(char[] letters, int from, int to) {
        long v0 = V0 ^ one;
        long v1 = V1 ^ two;
        long v2 = V2 ^ one;
        long v3 = V3 ^ two;
        int bytes = 2 * (to - from);
        long word = 0;
        int filled = 0;
        int at = from;
        boolean last = false;
        while (!last) {
            while (filled < Long.BYTES && at < to) {
                word |= (long) letters[at++] << (BYTE_BITS * filled);
                filled += 2;
            }
            last = filled < Long.BYTES;
            if (last) {
                word |= (bytes & LAST) << (Long.SIZE - BYTE_BITS);
            }
            v3 ^= word;
            for (int round = 0; round < (last ? 6 : 2); round++) {
                if (last && round == 2) {
                    v0 ^= word;
                    v2 ^= LAST;
                }
                v0 += v1;
                v2 += v3;
                v1 = Long.rotateLeft(v1, 13) ^ v0;
                v3 = Long.rotateLeft(v3, 16) ^ v2;
                v0 = Long.rotateLeft(v0, 32);
                v2 += v1;
                v0 += v3;
                v1 = Long.rotateLeft(v1, 17) ^ v2;
                v3 = Long.rotateLeft(v3, 21) ^ v0;
                v2 = Long.rotateLeft(v2, 32);
            }
            if (!last) {
                v0 ^= word;
            }
            word = 0;
            filled = 0;
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }
}
