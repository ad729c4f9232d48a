// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.outbound;

import java.text.Normalizer;
import java.util.Arrays;

/// The letters and digits of a text in lower case without accents, and where each stands.
final class Letters {
    /// Signs between two letters of one phrase: more, and they belong to different sentences.
    static final int GAP_MAX = 3;

    private static final int LATIN_MAX = 0x250;
    private static final char[] LATIN = latin();

    private final String text;
    private final char[] letters;
    private final int[] places;
    private final int size;

    private Letters(String text, char[] letters, int[] places, int size) {
        this.text = text;
        this.letters = letters;
        this.places = places;
        this.size = size;
    }

    static Letters of(String text) {
        char[] letters = new char[text.length()];
        int[] places = new int[text.length()];
        int size = 0;
        for (int at = 0; at < text.length(); at++) {
            char plain = plain(text.charAt(at));
            if (plain != 0) {
                letters[size] = plain;
                places[size++] = at;
            }
        }
        return new Letters(text, letters, places, size);
    }

    private static char[] latin() {
        char[] plain = new char[LATIN_MAX];
        for (char letter = 0; letter < LATIN_MAX; letter++) {
            if (Character.isLetterOrDigit(letter)) {
                char base = Normalizer.normalize(String.valueOf(letter), Normalizer.Form.NFKD)
                        .charAt(0);
                plain[letter] = Character.toLowerCase(Character.isLetterOrDigit(base) ? base : letter);
            }
        }
        return plain;
    }

    /// What is left of a `char`: 0 for what is no letter.
    private static char plain(char letter) {
        if (letter < LATIN_MAX) {
            return LATIN[letter];
        }
        return Character.isLetterOrDigit(letter) ? Character.toLowerCase(letter) : 0;
    }

    int size() {
        return size;
    }

    char letter(int at) {
        return letters[at];
    }

    int place(int at) {
        return places[at];
    }

    /// Whether a word begins with letter `at`.
    boolean begins(int at) {
        return at == 0 || places[at - 1] < places[at] - 1 || together(at);
    }

    /// Whether a word ends with letter `at`.
    boolean ends(int at) {
        return at + 1 == size || places[at + 1] > places[at] + 1 || together(at);
    }

    /// Scripts that write words without spaces.
    private boolean together(int at) {
        return letters[at] >= '\u2e80' && Character.isIdeographic(letters[at]);
    }

    /// The letters alone.
    String text() {
        return new String(letters, 0, size);
    }

    /// The letters themselves, at least `size` of them. Not to be changed.
    char[] all() {
        return letters;
    }

    /// The letters of a text alone.
    static String bare(String text) {
        return of(text).text();
    }

    /// Index of the first letter at or behind a place.
    int indexOf(int place) {
        int found = Arrays.binarySearch(places, 0, size, place);
        return found >= 0 ? found : -found - 1;
    }

    @Override
    public String toString() {
        return "Letters[" + size + " of " + text.length() + "]";
    }
}
