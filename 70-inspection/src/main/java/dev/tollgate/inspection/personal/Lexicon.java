// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.personal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/// What lists say of a word: whether it is a first or last name, a street's, a place's, or a word of
/// everyday language.
public final class Lexicon {
    static final int FIRST = 1;
    static final int LAST = 2;
    static final int STREET = 4;
    static final int PLACE = 8;
    static final int COMMON = 16;
    private static final String NAMES = "/dev/tollgate/inspection/names.txt";
    private static final int SLOTS = 1 << 17;

    private final long[] keys = new long[SLOTS];
    private final byte[] flags = new byte[SLOTS];

    private Lexicon() {}

    /// Reads the names that ship with the room.
    public static Lexicon shipped() {
        Lexicon lexicon = new Lexicon();
        try (InputStream in = Lexicon.class.getResourceAsStream(NAMES)) {
            if (in == null) {
                throw new IllegalStateException("the resource `" + NAMES + "` is missing");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            int at = 0;
            while (at < text.length()) {
                int end = text.indexOf('\n', at);
                if (text.charAt(at) != '#') {
                    lexicon.line(text, at, end);
                }
                at = end + 1;
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return lexicon;
    }

    private void line(String text, int start, int end) {
        int flag = 0;
        int at = start;
        for (; text.charAt(at) != ' '; at++) {
            flag |= switch (text.charAt(at)) {
                case 'f' -> FIRST;
                case 'l' -> LAST;
                case 's' -> STREET;
                case 'c' -> PLACE;
                default -> 0;
            };
        }
        add(Words.hash(text, at + 1, end), flag);
    }

    /// Marks words of everyday language, by their hashes.
    public void common(Collection<Long> hashes) {
        hashes.forEach(hash -> add(hash, COMMON));
    }

    private void add(long hash, int flag) {
        int slot = slot(hash);
        keys[slot] = hash;
        flags[slot] |= (byte) flag;
    }

    private int slot(long hash) {
        int slot = (int) (hash ^ hash >>> 32) & SLOTS - 1;
        while (keys[slot] != 0 && keys[slot] != hash) {
            slot = slot + 1 & SLOTS - 1;
        }
        return slot;
    }

    /// What the lists say of the word with this hash; 0 when nothing.
    int of(long hash) {
        return flags[slot(hash)];
    }
}
