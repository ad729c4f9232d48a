// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar.frontend;

/// Finds lines and columns.
final class Places {
    private Places() {}

    /// A problem at a character of a text.
    static Problem problem(String policy, String text, int at, String message) {
        int end = Math.min(at, text.length());
        int lineStart = end == 0 ? 0 : text.lastIndexOf('\n', end - 1) + 1;
        int line = (int) text.substring(0, lineStart)
                        .chars()
                        .filter(one -> one == '\n')
                        .count()
                + 1;
        int column = text.codePointCount(lineStart, end) + 1;
        return new Problem(policy, line, column, message.lines().findFirst().orElse(""));
    }

    /// The character at a place that is given in bytes of UTF-8.
    static int character(String text, int bytes) {
        int left = bytes;
        int at = 0;
        while (at < text.length() && left > 0) {
            int point = text.codePointAt(at);
            left -= point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            at += Character.charCount(point);
        }
        return at;
    }
}
