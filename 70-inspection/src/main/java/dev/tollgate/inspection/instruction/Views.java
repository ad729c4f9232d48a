// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.instruction;

import java.util.ArrayList;
import java.util.List;

/// Other ways to read a text that somebody may have disguised: rotated letters, digits for letters,
/// letters set apart. Each is tried only where the text looks like it.
final class Views {
    private static final int LETTERS_MIN = 24;
    private static final double VOWELS_MAX = 0.28;
    private static final int MIXED_MIN = 3;
    private static final int APART_MIN = 8;
    private static final int ROTATION = 13;
    private static final String DIGITS = "0134578@$";
    private static final String LETTERS = "oieastbas";

    private Views() {}

    static List<String> of(String text) {
        int letters = 0;
        int vowels = 0;
        int mixed = 0;
        int apart = 0;
        int apartMax = 0;
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            boolean isLetter = isLetter(letter);
            letters += isLetter ? 1 : 0;
            vowels += isLetter && "aeiouAEIOU".indexOf(letter) >= 0 ? 1 : 0;
            if (!isLetter
                    && letter != ' '
                    && at > 0
                    && at + 1 < text.length()
                    && DIGITS.indexOf(letter) >= 0
                    && isLetter(text.charAt(at - 1))
                    && isLetter(text.charAt(at + 1))) {
                mixed++;
            }
            boolean alone = isLetter
                    && (at == 0 || !isLetter(text.charAt(at - 1)))
                    && (at + 1 == text.length() || !isLetter(text.charAt(at + 1)));
            apart = alone ? apart + 1 : isLetter ? 0 : apart;
            apartMax = Math.max(apartMax, apart);
        }
        List<String> views = new ArrayList<>(0);
        if (letters >= LETTERS_MIN && vowels < letters * VOWELS_MAX) {
            views.add(rotated(text));
            views.add(new StringBuilder(text).reverse().toString());
        }
        if (mixed >= MIXED_MIN) {
            views.add(lettered(text));
        }
        if (apartMax >= APART_MIN) {
            views.add(joined(text));
        }
        return views;
    }

    private static boolean isLetter(char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
    }

    private static String rotated(String text) {
        StringBuilder view = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            char base = letter >= 'a' ? 'a' : 'A';
            view.append(isLetter(letter) ? (char) (base + (letter - base + ROTATION) % (2 * ROTATION)) : letter);
        }
        return view.toString();
    }

    private static String lettered(String text) {
        StringBuilder view = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            int digit = DIGITS.indexOf(text.charAt(at));
            boolean beside = (at > 0 && isLetter(text.charAt(at - 1)))
                    || (at + 1 < text.length() && isLetter(text.charAt(at + 1)));
            view.append(digit >= 0 && beside ? LETTERS.charAt(digit) : text.charAt(at));
        }
        return view.toString();
    }

    /// `i g n o r e a l l` becomes `ignore all`: one sign between letters goes, more become one space.
    private static String joined(String text) {
        StringBuilder view = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            boolean gap = at > 0
                    && at + 1 < text.length()
                    && !isLetter(text.charAt(at))
                    && isLetter(text.charAt(at - 1))
                    && isLetter(text.charAt(at + 1))
                    && (at < 2 || !isLetter(text.charAt(at - 2)))
                    && (at + 2 >= text.length() || !isLetter(text.charAt(at + 2)));
            if (!gap) {
                view.append(text.charAt(at));
            }
        }
        return view.toString();
    }
}
