// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.secret;

/// Reads `name = "value"` in the ways that code, settings, headers and people write it.
final class Assignment {
    /// Longest rest of a name: `ACME_ACCESS_` goes on with `TOKEN_FOR_PRODUCTION`.
    private static final int NAME_REST_MAX = 30;

    private static final int QUOTES_MAX = 5;
    private static final int OPERATOR_MAX = 4;

    private static final Letters NAME = new Letters("A-Za-z0-9_.$-");
    private static final Letters QUOTES = new Letters("'\"`\\ \t[](){}<");
    private static final Letters OPERATORS = new Letters("=:>|,?");

    private Assignment() {}

    /// Where the value begins of the name that goes on at `at`; -1 when nothing is assigned here.
    static int value(CharSequence text, int at) {
        int name = NAME.run(text, at, NAME_REST_MAX);
        int spaced = name;
        if (spaced < text.length() && text.charAt(spaced) == ' ') {
            int word = NAME.run(text, spaced + 1, NAME_REST_MAX);
            spaced = word > spaced + 1 && word < text.length() && OPERATORS.has(text.charAt(word)) ? word : spaced;
        }
        int quotes = QUOTES.run(text, spaced, QUOTES_MAX);
        int operator = OPERATORS.run(text, quotes, OPERATOR_MAX);
        if (operator == quotes) {
            return -1;
        }
        return QUOTES.run(text, operator, QUOTES_MAX);
    }

    /// Where the rest of the name ends.
    static int nameEnd(CharSequence text, int at) {
        return NAME.run(text, at, NAME_REST_MAX);
    }

    /// Where the name begins that has its part end at `at`.
    static int nameStart(CharSequence text, int at) {
        int start = at;
        while (start > 0 && at - start < NAME_REST_MAX * 2 && NAME.has(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }
}
