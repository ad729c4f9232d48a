// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.outbound;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;

/// Reads amounts as people write them.
final class Money {
    static final Set<String> CURRENCIES = Set.of("EUR", "USD", "GBP", "CHF", "JPY", "SEK");
    private static final Set<String> WORDS = Set.of("euro", "euros", "dollar", "dollars", "pound", "pounds");
    private static final int WORD_CHARS_MAX = 16;

    private Money() {}

    /// How an amount is compared.
    static String amount(BigDecimal amount) {
        return "amount " + amount.stripTrailingZeros().toPlainString().replace('.', 'p');
    }

    static boolean priced(String text, int start, int end) {
        int before = start > 0 && text.charAt(start - 1) == ' ' ? start - 1 : start;
        int after = end < text.length() && text.charAt(end) == ' ' ? end + 1 : end;
        boolean sign = (before > 0 && "$€£¥".indexOf(text.charAt(before - 1)) >= 0)
                || (after < text.length() && "$€£¥".indexOf(text.charAt(after)) >= 0);
        return sign || code(text, before - 3) || code(text, after) || WORDS.contains(next(text, after));
    }

    static boolean share(String text, int end) {
        int after = end < text.length() && text.charAt(end) == ' ' ? end + 1 : end;
        return (after < text.length() && text.charAt(after) == '%')
                || next(text, after).equals("percent");
    }

    private static boolean code(String text, int at) {
        return at >= 0 && at + 3 <= text.length() && CURRENCIES.contains(text.substring(at, at + 3));
    }

    private static String next(String text, int at) {
        int end = at;
        while (end < text.length() && end - at < WORD_CHARS_MAX && Character.isLetter(text.charAt(end))) {
            end++;
        }
        return text.substring(at, end).toLowerCase(Locale.ROOT);
    }

    /// Of two signs the last is the decimal one; of one, when not three digits follow.
    static BigDecimal decimal(String written) {
        int last = Math.max(written.lastIndexOf('.'), written.lastIndexOf(','));
        int places = last < 0 ? 0 : written.length() - last - 1;
        boolean decimal = places > 0 && places <= 2;
        String whole = (decimal ? written.substring(0, last) : written).replaceAll("[.,']", "");
        return new BigDecimal(decimal ? whole + "." + written.substring(last + 1) : whole);
    }
}
