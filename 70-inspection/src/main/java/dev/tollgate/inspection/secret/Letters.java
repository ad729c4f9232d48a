// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.secret;

/// A set of ASCII `char`s, written as in a regular expression's brackets: `A-Za-z0-9_-`.
final class Letters {
    private static final int ASCII = 128;

    static final Letters WORD = new Letters("A-Za-z0-9_");
    static final Letters ALNUM = new Letters("A-Za-z0-9");

    private final boolean[] members = new boolean[ASCII];

    Letters(String written) {
        for (int at = 0; at < written.length(); at++) {
            char from = written.charAt(at);
            boolean range = at + 2 < written.length() && written.charAt(at + 1) == '-';
            char to = range ? written.charAt(at + 2) : from;
            for (char letter = from; letter <= to; letter++) {
                members[letter] = true;
            }
            at += range ? 2 : 0;
        }
    }

    boolean has(char letter) {
        return letter < ASCII && members[letter];
    }

    boolean meets(Letters other) {
        for (int at = 0; at < ASCII; at++) {
            if (members[at] && other.members[at]) {
                return true;
            }
        }
        return false;
    }

    /// Index after the last member in a row from `at` on, at most `max` of them.
    int run(CharSequence text, int at, int max) {
        int limit = Math.min(text.length(), at + max);
        int end = at;
        while (end < limit && has(text.charAt(end))) {
            end++;
        }
        return end;
    }
}
