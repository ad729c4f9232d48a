// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.outbound;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Finds amounts of money and days in a text and writes each in one way, so that what a message says can be compared
/// with
/// what records held.
public final class Figures {
    private static final int DIGITS_MAX = 15;
    private static final int DAY_CHARS = 10;
    private static final int YEAR_CHARS = 4;
    private static final int MONTH_AT = 5;
    private static final int DAY_AT = 8;
    private static final Set<String> CURRENCIES = Set.of("EUR", "USD", "GBP", "CHF", "JPY", "SEK");

    /// One figure.
    ///
    /// @param plain how it is compared: `amount 1250p5`, `day 2026-11-21`
    public record Figure(int start, int end, String plain) {}

    private Figures() {}

    /// How an amount is compared.
    public static String amount(BigDecimal amount) {
        return "amount " + amount.stripTrailingZeros().toPlainString().replace('.', 'p');
    }

    /// How a day is compared, given as ISO 8601 writes it.
    public static String day(String iso) {
        return "day " + iso;
    }

    /// Every amount with a currency, and every day as ISO 8601 writes it.
    static List<Figure> in(String text) {
        List<Figure> found = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            char letter = text.charAt(at);
            boolean begins =
                    letter >= '0' && letter <= '9' && (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)));
            if (!begins) {
                at++;
            } else if (isDay(text, at)) {
                found.add(new Figure(at, at + DAY_CHARS, day(text.substring(at, at + DAY_CHARS))));
                at += DAY_CHARS;
            } else {
                int end = numberEnd(text, at);
                if (priced(text, at, end)) {
                    found.add(new Figure(at, end, amount(number(text.substring(at, end)))));
                }
                at = Math.max(end, at + 1);
            }
        }
        return found;
    }

    private static boolean digit(String text, int at) {
        return at >= 0 && at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    private static boolean isDay(String text, int at) {
        if (at + DAY_CHARS > text.length() || digit(text, at + DAY_CHARS)) {
            return false;
        }
        for (int index = 0; index < DAY_CHARS; index++) {
            boolean dash = index == YEAR_CHARS || index == DAY_AT - 1;
            if (dash ? text.charAt(at + index) != '-' : !digit(text, at + index)) {
                return false;
            }
        }
        int month = Integer.parseInt(text.substring(at + MONTH_AT, at + MONTH_AT + 2));
        return month >= 1 && month <= 12;
    }

    private static int numberEnd(String text, int at) {
        int end = at;
        while (end < text.length()
                && end - at < DIGITS_MAX
                && (digit(text, end) || (".,'".indexOf(text.charAt(end)) >= 0 && digit(text, end + 1)))) {
            end++;
        }
        return end;
    }

    private static boolean priced(String text, int start, int end) {
        int before = start > 0 && text.charAt(start - 1) == ' ' ? start - 1 : start;
        int after = end < text.length() && text.charAt(end) == ' ' ? end + 1 : end;
        boolean sign = (before > 0 && "$€£¥".indexOf(text.charAt(before - 1)) >= 0)
                || (after < text.length() && "$€£¥".indexOf(text.charAt(after)) >= 0);
        return sign || code(text, before - 3) || code(text, after) || word(text, after);
    }

    private static boolean code(String text, int at) {
        return at >= 0 && at + 3 <= text.length() && CURRENCIES.contains(text.substring(at, at + 3));
    }

    private static boolean word(String text, int at) {
        String next = text.substring(at, Math.min(text.length(), at + 7)).toLowerCase(Locale.ROOT);
        return next.startsWith("euro") || next.startsWith("dollar") || next.startsWith("pound");
    }

    /// Of two signs the last is the decimal one; of one, when not three digits follow.
    private static BigDecimal number(String written) {
        int last = Math.max(written.lastIndexOf('.'), written.lastIndexOf(','));
        int places = last < 0 ? 0 : written.length() - last - 1;
        boolean decimal = places > 0 && places <= 2;
        String whole = (decimal ? written.substring(0, last) : written).replaceAll("[.,']", "");
        return new BigDecimal(decimal ? whole + "." + written.substring(last + 1) : whole);
    }
}
