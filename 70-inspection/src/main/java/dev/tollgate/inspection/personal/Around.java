// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.personal;

import java.util.List;
import java.util.Locale;

/// What stands shortly before or after a place: the words by which people announce a number.
final class Around {
    private Around() {}

    /// The `chars` before `at`, lower case.
    static String before(String text, int at, int chars) {
        return text.substring(Math.max(0, at - chars), at).toLowerCase(Locale.ROOT);
    }

    /// The `chars` from `at` on, lower case.
    static String after(String text, int at, int chars) {
        return text.substring(at, Math.min(text.length(), at + chars)).toLowerCase(Locale.ROOT);
    }

    static boolean holds(String place, List<String> words) {
        for (String word : words) {
            if (place.contains(word)) {
                return true;
            }
        }
        return false;
    }

    static boolean isDigit(char letter) {
        return letter >= '0' && letter <= '9';
    }

    static boolean isLatin(char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
    }

    static boolean isWord(char letter) {
        return isLatin(letter)
                || isDigit(letter)
                || letter == '_'
                || (letter > 127 && Character.isLetterOrDigit(letter));
    }

    static boolean wordAt(String text, int at) {
        return at >= 0 && at < text.length() && isWord(text.charAt(at));
    }
}
