// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.instruction;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Which class a word belongs to, in any of the languages of the word list: all words for "ignore" are
/// one class.
final class WordClasses {
    /// No class.
    static final int NONE = 0;

    static final int NUMBER = 28;
    static final int MAIL = 29;
    static final int LINK = 30;
    static final int IDENTIFIER = 31;
    static final int MONEY = 32;
    /// Marks that people do not type: `###`, `<!--`, `[INST]`, `***`.
    static final int MARKUP = 33;
    /// Every class is smaller than this.
    static final int COUNT = 34;

    private static final String WORDS = "/dev/tollgate/inspection/instruction-words.txt";
    private static final int SLOTS = 1 << 13;
    private static final int STEM_MIN = 2;
    private static final long FNV = 0x100000001b3L;
    private static final long BASIS = 0xcbf29ce484222325L;

    private final long[] wholes = new long[SLOTS];
    private final byte[] wholeClasses = new byte[SLOTS];
    private final long[] stems = new long[SLOTS];
    private final byte[] stemClasses = new byte[SLOTS];

    private WordClasses() {}

    static WordClasses shipped() {
        try (InputStream in = WordClasses.class.getResourceAsStream(WORDS)) {
            if (in == null) {
                throw new IllegalStateException("the resource `" + WORDS + "` is missing");
            }
            WordClasses classes = new WordClasses();
            int number = 1;
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (line.charAt(0) != '#') {
                    classes.read(line.substring(line.indexOf(':') + 1).strip(), number++);
                }
            }
            return classes;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void read(String words, int number) {
        for (String word : List.of(words.split(" "))) {
            boolean stem = word.endsWith("*");
            String letters = stem ? word.substring(0, word.length() - 1) : word;
            long hash = BASIS;
            for (int at = 0; at < letters.length(); at++) {
                hash = next(hash, letters.charAt(at));
            }
            long[] keys = stem ? stems : wholes;
            int slot = slot(keys, hash);
            if (keys[slot] == 0) {
                keys[slot] = hash;
                (stem ? stemClasses : wholeClasses)[slot] = (byte) number;
            }
        }
    }

    static long start() {
        return BASIS;
    }

    static long next(long hash, char lower) {
        return (hash ^ lower) * FNV;
    }

    private static int slot(long[] keys, long hash) {
        int slot = (int) (hash ^ hash >>> 32) & SLOTS - 1;
        while (keys[slot] != 0 && keys[slot] != hash) {
            slot = slot + 1 & SLOTS - 1;
        }
        return slot;
    }

    int whole(long hash) {
        return wholeClasses[slot(wholes, hash)];
    }

    int stem(long hash, int length) {
        return length < STEM_MIN ? NONE : stemClasses[slot(stems, hash)];
    }
}
