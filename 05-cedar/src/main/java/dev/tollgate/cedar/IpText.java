// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

import org.jspecify.annotations.Nullable;

/// Reads the text of an `ipaddr`, an address or a range, and answers questions about it
/// (https://docs.cedarpolicy.com/policies/syntax-operators.html#function-ip). Without java.net: it would accept forms
/// that Cedar does not, and look names up.
final class IpText {
    private static final int V4_BITS = 32;
    private static final int V6_BITS = 128;
    private static final int GROUPS = 8;

    private IpText() {}

    static CedarValue.@Nullable Ip read(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        boolean v4 = address.indexOf(':') < 0;
        int bits = v4 ? V4_BITS : V6_BITS;
        int prefix = slash < 0 ? bits : number(text.substring(slash + 1), bits);
        if (prefix < 0) {
            return null;
        }
        if (v4) {
            long low = v4(address);
            return low < 0 ? null : new CedarValue.Ip(true, 0, low, prefix);
        }
        return v6(address, prefix);
    }

    /// Whether the whole of `inner` is in `outer`.
    static boolean isInRange(CedarValue.Ip inner, CedarValue.Ip outer) {
        if (inner.v4() != outer.v4() || inner.prefix() < outer.prefix()) {
            return false;
        }
        int ignored = (outer.v4() ? V4_BITS : V6_BITS) - outer.prefix();
        return same(inner.high(), outer.high(), ignored - Long.SIZE) && same(inner.low(), outer.low(), ignored);
    }

    static boolean isLoopback(CedarValue.Ip ip) {
        return ip.v4()
                ? ip.low() >>> 24 == 127 && ip.prefix() >= 8
                : ip.high() == 0 && ip.low() == 1 && ip.prefix() == V6_BITS;
    }

    static boolean isMulticast(CedarValue.Ip ip) {
        return ip.v4() ? ip.low() >>> 28 == 14 && ip.prefix() >= 4 : ip.high() >>> 56 == 255 && ip.prefix() >= 8;
    }

    /// Whether two words agree, their lowest `ignored` bits left out.
    private static boolean same(long one, long other, int ignored) {
        return ignored >= Long.SIZE || (one ^ other) >>> Math.max(ignored, 0) == 0;
    }

    /// A number from 0 to `max` without leading zeros, or -1.
    private static int number(String text, int max) {
        if (text.isEmpty() || text.length() > 3 || (text.length() > 1 && text.charAt(0) == '0')) {
            return -1;
        }
        int value = 0;
        for (int at = 0; at < text.length(); at++) {
            char digit = text.charAt(at);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            value = value * 10 + digit - '0';
        }
        return value > max ? -1 : value;
    }

    private static long v4(String address) {
        long value = 0;
        int from = 0;
        for (int octet = 0; octet < 4; octet++) {
            int dot = octet < 3 ? address.indexOf('.', from) : address.length();
            int number = dot < from ? -1 : number(address.substring(from, dot), 255);
            if (number < 0) {
                return -1;
            }
            value = value << 8 | number;
            from = dot + 1;
        }
        return value;
    }

    private static CedarValue.@Nullable Ip v6(String address, int prefix) {
        int[] groups = new int[GROUPS];
        int gap = address.indexOf("::");
        if (gap < 0) {
            return groups(address, groups) == GROUPS ? ip(groups, prefix) : null;
        }
        int[] tail = new int[GROUPS];
        int before = groups(address.substring(0, gap), groups);
        int after = groups(address.substring(gap + 2), tail);
        if (before < 0 || after < 0 || before + after >= GROUPS) {
            return null;
        }
        System.arraycopy(tail, 0, groups, GROUPS - after, after);
        return ip(groups, prefix);
    }

    /// Reads groups of one to four hexadecimal digits; how many there were, or -1.
    private static int groups(String text, int[] into) {
        if (text.isEmpty()) {
            return 0;
        }
        String[] parts = text.split(":", -1);
        if (parts.length > GROUPS) {
            return -1;
        }
        for (int at = 0; at < parts.length; at++) {
            if (parts[at].isEmpty() || parts[at].length() > 4) {
                return -1;
            }
            for (int digit = 0; digit < parts[at].length(); digit++) {
                char c = parts[at].charAt(digit);
                int value = c < 128 ? Character.digit(c, 16) : -1;
                if (value < 0) {
                    return -1;
                }
                into[at] = into[at] << 4 | value;
            }
        }
        return parts.length;
    }

    private static CedarValue.Ip ip(int[] groups, int prefix) {
        long high = 0;
        long low = 0;
        for (int at = 0; at < 4; at++) {
            high = high << 16 | groups[at];
            low = low << 16 | groups[at + 4];
        }
        return new CedarValue.Ip(false, high, low, prefix);
    }
}
