// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

import org.jspecify.annotations.Nullable;

/// Reads the text of a `decimal`: an optional minus, digits, a point, one to four digits
/// (https://docs.cedarpolicy.com/policies/syntax-operators.html#function-decimal).
final class DecimalText {
    private static final int FRACTION_DIGITS = 4;

    private DecimalText() {}

    static CedarValue.@Nullable Decimal read(String text) {
        int start = text.startsWith("-") ? 1 : 0;
        int point = text.indexOf('.');
        int fraction = text.length() - point - 1;
        if (point <= start || fraction < 1 || fraction > FRACTION_DIGITS) {
            return null;
        }
        long units = 0;
        // counted downwards, so that the smallest long can be read
        for (int at = start; at < text.length() + FRACTION_DIGITS - fraction; at++) {
            if (at == point) {
                continue;
            }
            char digit = at < text.length() ? text.charAt(at) : '0';
            if (digit < '0' || digit > '9') {
                return null;
            }
            long less = units * 10 - (digit - '0');
            if (units < Long.MIN_VALUE / 10 || less > 0) {
                return null;
            }
            units = less;
        }
        if (start == 0 && units == Long.MIN_VALUE) {
            return null;
        }
        return new CedarValue.Decimal(start == 0 ? -units : units);
    }
}
