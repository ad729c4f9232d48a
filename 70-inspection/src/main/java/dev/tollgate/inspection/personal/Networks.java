// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.personal;

import dev.tollgate.inspection.finding.Finding;
import dev.tollgate.inspection.finding.Kind;
import java.util.List;

/// IP addresses and networks: RFC 791, RFC 4291 section 2.2.
final class Networks {
    private static final int OCTETS = 4;
    private static final int OCTET_MAX = 255;
    private static final int PREFIX4_MAX = 32;
    private static final int PREFIX6_MAX = 128;
    private static final int SIX_CHARS_MAX = 60;
    private static final int GROUPS = 8;
    private static final int GROUP_CHARS_MAX = 4;
    private static final int CONTEXT = 16;
    private static final List<String> VERSIONS =
            List.of("version", "release", "build", "firmware", "v.", "ver", "update");

    private Networks() {}

    /// Index after the IPv4 address that begins at `start`, or -1.
    static int four(String text, int start) {
        if (start > 0
                && (Around.isWord(text.charAt(start - 1))
                        || text.charAt(start - 1) == '.'
                        || text.charAt(start - 1) == '-')) {
            return -1;
        }
        int end = octets(text, start);
        if (end < 0) {
            return -1;
        }
        boolean goesOn = Around.wordAt(text, end)
                || (end + 1 < text.length() && ".-".indexOf(text.charAt(end)) >= 0 && Around.wordAt(text, end + 1));
        if (goesOn || Around.holds(Around.before(text, start, CONTEXT), VERSIONS)) {
            return -1;
        }
        return prefix(text, end, PREFIX4_MAX);
    }

    private static int octets(String text, int start) {
        int end = start;
        for (int octet = 0; octet < OCTETS; octet++) {
            int value = 0;
            int from = end;
            while (end < text.length() && end - from < 3 && Around.isDigit(text.charAt(end))) {
                value = value * 10 + text.charAt(end++) - '0';
            }
            if (end == from
                    || value > OCTET_MAX
                    || (octet < OCTETS - 1 && (end >= text.length() || text.charAt(end++) != '.'))) {
                return -1;
            }
        }
        return end;
    }

    private static int prefix(String text, int end, int max) {
        int stop = end + 1;
        int value = 0;
        while (stop < text.length() && stop - end <= 3 && Around.isDigit(text.charAt(stop))) {
            value = value * 10 + text.charAt(stop++) - '0';
        }
        boolean network = end < text.length()
                && text.charAt(end) == '/'
                && stop > end + 1
                && value <= max
                && !Around.wordAt(text, stop);
        return network ? stop : end;
    }

    /// `at` is the place of a `:` that is the first of its token. Looks for IPv6 around it.
    static int six(String text, int at, List<Finding> found) {
        int start = at;
        while (start > 0 && at - start < GROUP_CHARS_MAX && isHex(text.charAt(start - 1))) {
            start--;
        }
        if (Around.wordAt(text, start - 1) || (start > 0 && ":.".indexOf(text.charAt(start - 1)) >= 0)) {
            return at + 1;
        }
        int end = at;
        int limit = Math.min(text.length(), start + SIX_CHARS_MAX);
        int colons = 0;
        while (end < limit && (isHex(text.charAt(end)) || text.charAt(end) == ':' || text.charAt(end) == '.')) {
            colons += text.charAt(end) == ':' ? 1 : 0;
            end++;
        }
        int next = Math.max(end, at + 1);
        if (colons < 2 || Around.wordAt(text, end)) {
            return next;
        }
        while (end > start && text.charAt(end - 1) == '.') {
            end--;
        }
        if (end > start + 2 && text.charAt(end - 1) == ':' && text.charAt(end - 2) != ':') {
            end--;
        }
        if (isSix(text.substring(start, end))) {
            found.add(new Finding(Kind.IP, start, prefix(text, zone(text, end), PREFIX6_MAX), "ipv6"));
        }
        return next;
    }

    private static int zone(String text, int end) {
        int stop = end;
        if (stop < text.length() && text.charAt(stop) == '%') {
            stop++;
            while (stop < text.length() && stop - end < GROUPS * 2 && Around.isWord(text.charAt(stop))) {
                stop++;
            }
        }
        return stop;
    }

    private static boolean isSix(String token) {
        int gap = token.indexOf("::");
        if ((gap >= 0 && token.indexOf("::", gap + 1) >= 0) || token.equals("::") || token.contains(":::")) {
            return false;
        }
        int groups = 0;
        for (String group : token.split(":", -1)) {
            if (group.isEmpty()) {
                continue;
            }
            if (group.indexOf('.') >= 0) {
                if (octets(group, 0) != group.length() || !token.endsWith(group)) {
                    return false;
                }
                groups += 2;
            } else if (group.length() > GROUP_CHARS_MAX) {
                return false;
            } else {
                groups++;
            }
        }
        boolean edges =
                (token.charAt(0) != ':' || token.startsWith("::")) && (!token.endsWith(":") || token.endsWith("::"));
        return edges && (gap >= 0 ? groups < GROUPS && groups > 0 : groups == GROUPS);
    }

    private static boolean isHex(char letter) {
        return Around.isDigit(letter) || (letter >= 'a' && letter <= 'f') || (letter >= 'A' && letter <= 'F');
    }
}
