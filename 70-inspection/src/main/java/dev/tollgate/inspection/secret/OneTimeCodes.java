// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.secret;

import dev.tollgate.inspection.finding.Finding;
import dev.tollgate.inspection.finding.Kind;
import java.util.List;

/// One-time codes: four to eight digits or drawn letters near the words that announce them. Text read
/// from a picture of a message has spaces and dashes inside; those belong to the code.
final class OneTimeCodes {
    private static final int DIGITS_MIN = 4;
    private static final int DIGITS_MAX = 8;
    private static final int AHEAD_MAX = 70;
    private static final int BACK_MAX = 60;
    private static final Letters DRAWN = new Letters("A-Z0-9");

    private OneTimeCodes() {}

    /// `end` is behind a word that announces a code.
    static void look(String text, int end, List<Finding> found) {
        if (end < text.length() && Character.isLetter(text.charAt(end)) && text.startsWith("otp", end - 3)) {
            return;
        }
        if (text.regionMatches(true, end - 3, "otp", 0, 3) && end > 3 && Character.isLetter(text.charAt(end - 4))) {
            return;
        }
        int limit = Math.min(text.length(), end + AHEAD_MAX);
        for (int at = end; at < limit; at++) {
            if (at > end && sentenceEnds(text, at) && at > end + 40) {
                break;
            }
            int stop = code(text, at);
            if (stop > at) {
                add(found, at, stop);
                return;
            }
            if (Character.isLetterOrDigit(text.charAt(at))) {
                while (at + 1 < limit && Character.isLetterOrDigit(text.charAt(at + 1))) {
                    at++;
                }
            }
        }
        int from = Math.max(0, end - BACK_MAX);
        for (int at = end - 1; at > from; at--) {
            if (sentenceEnds(text, at)) {
                return;
            }
            if (Character.isDigit(text.charAt(at)) && (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)))) {
                int stop = code(text, at);
                if (stop > at && stop - at >= DIGITS_MIN) {
                    add(found, at, stop);
                    return;
                }
            }
        }
        if (from == 0 && code(text, 0) > 0) {
            add(found, 0, code(text, 0));
        }
    }

    private static void add(List<Finding> found, int start, int end) {
        for (int at = found.size() - 1; at >= Math.max(0, found.size() - 4); at--) {
            if (found.get(at).start() == start) {
                return;
            }
        }
        found.add(new Finding(Kind.OTP, start, end, "one-time-code"));
    }

    private static boolean sentenceEnds(String text, int at) {
        char letter = text.charAt(at);
        return letter == '\n'
                || ((letter == '.' || letter == '!' || letter == '?')
                        && at + 1 < text.length()
                        && text.charAt(at + 1) == ' ');
    }

    /// Index after the code that begins at `at`, or `at`.
    private static int code(String text, int at) {
        if (at > 0
                && (Character.isLetterOrDigit(text.charAt(at - 1))
                        || ("-$€£#/.:".indexOf(text.charAt(at - 1)) >= 0
                                && !text.startsWith("G-", Math.max(0, at - 2))
                                && text.charAt(at - 1) != ':'))) {
            return at;
        }
        int digits = 0;
        int end = at;
        int gaps = 0;
        while (end < text.length() && digits <= DIGITS_MAX) {
            char letter = text.charAt(end);
            if (Character.isDigit(letter)) {
                digits++;
                end++;
            } else if (gaps < DIGITS_MAX - 1
                    && digits > 0
                    && (letter == ' ' || letter == '-')
                    && digit(text, end + 1)
                    && follows(text, end + 1)) {
                gaps++;
                end++;
            } else {
                break;
            }
        }
        boolean open = end < text.length()
                && (Character.isLetterOrDigit(text.charAt(end))
                        || ("-/:%@".indexOf(text.charAt(end)) >= 0
                                && end + 1 < text.length()
                                && Character.isLetterOrDigit(text.charAt(end + 1)))
                        || (text.charAt(end) == '.' && digit(text, end + 1)));
        if (digits >= DIGITS_MIN && digits <= DIGITS_MAX && !open && !isYear(text, at, end)) {
            return end;
        }
        int drawn = DRAWN.run(text, at, DIGITS_MAX + 1);
        int some = 0;
        for (int look = at; look < drawn; look++) {
            some += Character.isDigit(text.charAt(look)) ? 1 : 0;
        }
        boolean goesOn =
                drawn < text.length() && (Character.isLetterOrDigit(text.charAt(drawn)) || text.charAt(drawn) == '-');
        return drawn - at >= 6 && drawn - at <= DIGITS_MAX && some > 1 && some < drawn - at && !goesOn ? drawn : at;
    }

    private static boolean isYear(String text, int at, int end) {
        return end - at == DIGITS_MIN && (text.startsWith("19", at) || text.startsWith("20", at));
    }

    private static boolean digit(String text, int at) {
        return at < text.length() && Character.isDigit(text.charAt(at));
    }

    /// A group of digits of a code read aloud or off a picture has one, two, three or four of them.
    private static boolean follows(String text, int at) {
        int end = at;
        while (digit(text, end)) {
            end++;
        }
        return end - at <= DIGITS_MIN;
    }
}
