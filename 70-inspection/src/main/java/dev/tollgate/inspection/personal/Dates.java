// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.personal;

import java.util.List;

/// Dates of birth: a date, in one of the ways people write it, that words of birth announce.
final class Dates {
    private static final int CONTEXT = 40;
    private static final int NUMERIC_MAX = 10;
    private static final int WRITTEN_MAX = 24;
    private static final int YEAR_MIN = 1880;
    private static final int YEAR_MAX = 2099;
    private static final int SHORT_YEAR = 100;
    private static final int DAY_MAX = 31;
    private static final List<String> BIRTH = List.of(
            "born",
            "birth",
            "dob",
            "d.o.b",
            "geboren",
            "geb.",
            "geburt",
            "nacid",
            "nacimiento",
            "naissance",
            "né ",
            "née",
            "nato il",
            "nata il",
            "nascita",
            "nascimento",
            "bday",
            "geboortedatum",
            "syntym",
            "født",
            "född");
    private static final List<String> MONTHS = List.of(
            "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mai", "okt", "dez",
            "mär", "ene", "abr", "ago", "dic", "fév", "avr", "jui", "aoû", "déc", "mag", "giu", "lug", "set", "ott");

    private Dates() {}

    static boolean isBirth(String text, int start) {
        return Around.holds(Around.before(text, start, CONTEXT), BIRTH);
    }

    /// Index after the date in digits that begins at `start`, or -1.
    static int numeric(String text, int start) {
        int[] parts = new int[3];
        int end = start;
        char between = 0;
        for (int part = 0; part < 3; part++) {
            int from = end;
            while (end < text.length() && end - from < 4 && Around.isDigit(text.charAt(end))) {
                parts[part] = parts[part] * 10 + text.charAt(end++) - '0';
            }
            if (end == from || (part < 2 && (end >= text.length() || "/-. ".indexOf(text.charAt(end)) < 0))) {
                return -1;
            }
            if (part == 0) {
                between = text.charAt(end);
            }
            if (part < 2 && text.charAt(end++) != between) {
                return -1;
            }
        }
        boolean yearFirst = year(parts[0]) && parts[1] <= DAY_MAX && parts[2] <= DAY_MAX;
        boolean yearLast = parts[0] <= DAY_MAX && parts[1] <= DAY_MAX && (year(parts[2]) || parts[2] < SHORT_YEAR);
        boolean dated = (yearFirst || yearLast) && parts[1] > 0 && Math.min(parts[0], parts[1]) <= 12;
        return dated && end - start <= NUMERIC_MAX && !Around.wordAt(text, end) ? end : -1;
    }

    /// The start of `January 10, 1971` or `10 January 1971` whose first number begins at `digit`; -1
    /// when it is none.
    static int[] written(String text, int digit) {
        String after = Around.after(text, digit, WRITTEN_MAX);
        int numbers = 0;
        while (numbers < after.length() && Around.isDigit(after.charAt(numbers))) {
            numbers++;
        }
        if (numbers == 0 || numbers > 2) {
            return new int[0];
        }
        int month = wordBefore(text, digit);
        if (month >= 0 && isMonth(text, month)) {
            int year = yearAfter(text, digit + numbers, 4);
            return year > 0 ? new int[] {month, year} : new int[0];
        }
        int word = digit + numbers;
        while (word < text.length()
                && word - digit < 8
                && " .thndrs-/".indexOf(Character.toLowerCase(text.charAt(word))) >= 0) {
            word++;
        }
        for (int back = word; back > digit + numbers; back--) {
            if (isMonth(text, back) && !Around.isLatin(text.charAt(back - 1))) {
                int end = back;
                while (end < text.length() && end - back < 12 && Character.isLetter(text.charAt(end))) {
                    end++;
                }
                int year = yearAfter(text, end, 4);
                return year > 0 ? new int[] {digit, year} : new int[0];
            }
        }
        return new int[0];
    }

    private static int wordBefore(String text, int at) {
        int end = at;
        while (end > 0 && at - end < 3 && " .".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        int start = end;
        while (start > 0 && end - start < 12 && Character.isLetter(text.charAt(start - 1))) {
            start--;
        }
        return end - start >= 3 ? start : -1;
    }

    private static boolean isMonth(String text, int at) {
        String word = Around.after(text, at, 3);
        return word.length() == 3 && MONTHS.contains(word);
    }

    private static int yearAfter(String text, int at, int gapMax) {
        int from = at;
        while (from < text.length() && from - at < gapMax && " ,.thndrs-/'".indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        int end = from;
        int value = 0;
        while (end < text.length() && end - from < 5 && Around.isDigit(text.charAt(end))) {
            value = value * 10 + text.charAt(end++) - '0';
        }
        return end - from == 4 && year(value) ? end : -1;
    }

    private static boolean year(int value) {
        return value >= YEAR_MIN && value <= YEAR_MAX;
    }
}
