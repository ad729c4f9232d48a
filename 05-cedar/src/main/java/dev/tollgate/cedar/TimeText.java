// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the texts of `datetime` and `duration`
/// (https://docs.cedarpolicy.com/policies/syntax-operators.html#function-datetime).
final class TimeText {
    static final long DAY_MILLIS = 86_400_000;
    static final long HOUR_MILLIS = 3_600_000;
    static final long MINUTE_MILLIS = 60_000;
    static final long SECOND_MILLIS = 1_000;

    private static final Pattern DATETIME =
            Pattern.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\\.([0-9]{3}))?"
                    + "(?:Z|([+-])([0-9]{2})([0-9]{2})))?");
    private static final Pattern DURATION =
            Pattern.compile("(-?)(?:([0-9]+)d)?(?:([0-9]+)h)?(?:([0-9]+)m(?!s))?" + "(?:([0-9]+)s)?(?:([0-9]+)ms)?");
    private static final long[] UNITS = {DAY_MILLIS, HOUR_MILLIS, MINUTE_MILLIS, SECOND_MILLIS, 1};
    /// Longer than any text of a datetime; a longer one is not worth matching.
    private static final int DATETIME_CHARS_MAX = 32;
    /// Longer than any duration that fits, leading zeros aside; keeps the matching short.
    private static final int DURATION_CHARS_MAX = 256;

    private TimeText() {}

    static CedarValue.@Nullable Datetime datetime(String text) {
        Matcher part = DATETIME.matcher(text);
        if (text.length() > DATETIME_CHARS_MAX || !part.matches()) {
            return null;
        }
        int year = number(part, 1);
        int month = number(part, 2);
        int day = number(part, 3);
        if (month < 1
                || month > 12
                || day < 1
                || day > YearMonth.of(year, month).lengthOfMonth()) {
            return null;
        }
        int hour = number(part, 4);
        int minute = number(part, 5);
        int second = number(part, 6);
        int offsetHour = number(part, 9);
        int offsetMinute = number(part, 10);
        if (hour > 23 || minute > 59 || second > 59 || offsetHour > 23 || offsetMinute > 59) {
            return null;
        }
        long local = LocalDate.of(year, month, day).toEpochDay() * DAY_MILLIS
                + hour * HOUR_MILLIS
                + minute * MINUTE_MILLIS
                + second * SECOND_MILLIS
                + number(part, 7);
        long offset = offsetHour * HOUR_MILLIS + offsetMinute * MINUTE_MILLIS;
        return new CedarValue.Datetime("-".equals(part.group(8)) ? local + offset : local - offset);
    }

    static CedarValue.@Nullable Duration duration(String text) {
        Matcher part = DURATION.matcher(text);
        if (text.length() > DURATION_CHARS_MAX || !part.matches() || !Character.isLetter(last(text))) {
            return null;
        }
        boolean negative = text.startsWith("-");
        long millis = 0;
        try {
            for (int at = 0; at < UNITS.length; at++) {
                String digits = part.group(at + 2);
                if (digits != null) {
                    long amount = Long.parseLong(negative ? "-" + digits : digits);
                    millis = Math.addExact(millis, Math.multiplyExact(amount, UNITS[at]));
                }
            }
        } catch (ArithmeticException | NumberFormatException tooLarge) {
            return null;
        }
        return new CedarValue.Duration(millis);
    }

    private static char last(String text) {
        return text.isEmpty() ? ' ' : text.charAt(text.length() - 1);
    }

    private static int number(Matcher part, int group) {
        String digits = part.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
