// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.secret;

import java.util.ArrayList;
import java.util.List;

/// The form of a token: sets of letters, each repeated, one after another. A small part of regular
/// expressions (`ghp_[A-Za-z0-9]{36}`), chosen so that a match never goes back: a repeat of open length
/// must end where the next part cannot begin. So a match costs at most the form's own length, whatever
/// the text is.
final class Shape {
    /// Longest token that a rule may ask for: a key file of 8 KB is the longest secret in use.
    private static final int CHARS_MAX = 8_192;

    private record Part(Letters letters, String written, int min, int max) {
        boolean isFixed() {
            return min == max;
        }

        boolean isLiteral() {
            return written.length() == 1 && isFixed();
        }
    }

    private final List<Part> parts = new ArrayList<>();
    private final String anchor;
    private final int anchorOffset;

    /// @throws IllegalArgumentException when the form is not one that matches without going back
    Shape(String pattern) {
        int at = 0;
        while (at < pattern.length()) {
            at = readPart(pattern, at);
        }
        for (int part = 0; part + 1 < parts.size(); part++) {
            Part here = parts.get(part);
            for (int after = part + 1; !here.isFixed() && after < parts.size(); after++) {
                if (here.letters.meets(parts.get(after).letters)) {
                    throw new IllegalArgumentException("`" + pattern + "`: part " + part + " does not end clearly");
                }
                if (parts.get(after).min > 0) {
                    break;
                }
            }
        }
        int best = -1;
        int bestLength = 0;
        for (int part = 0;
                part < parts.size() && (part == 0 || parts.get(part - 1).isFixed());
                part++) {
            int length = literalRun(part);
            if (length > bestLength) {
                best = part;
                bestLength = length;
            }
        }
        StringBuilder literal = new StringBuilder();
        int offset = 0;
        for (int part = 0; part < best + bestLength; part++) {
            if (part >= best) {
                literal.append(parts.get(part).written.repeat(parts.get(part).min));
            } else {
                offset += parts.get(part).min;
            }
        }
        anchor = literal.toString();
        anchorOffset = offset;
    }

    private int literalRun(int from) {
        int part = from;
        while (part < parts.size() && parts.get(part).isLiteral()) {
            part++;
        }
        return part - from;
    }

    private int readPart(String pattern, int from) {
        int at = from;
        String written;
        if (pattern.charAt(at) == '[') {
            int close = pattern.indexOf(']', at);
            written = pattern.substring(at + 1, close);
            at = close + 1;
        } else {
            at += pattern.charAt(at) == '\\' ? 1 : 0;
            written = pattern.substring(at, at + 1);
            at++;
        }
        int min = 1;
        int max = 1;
        if (at < pattern.length() && pattern.charAt(at) == '{') {
            int close = pattern.indexOf('}', at);
            String[] bounds = pattern.substring(at + 1, close).split(",", -1);
            min = Integer.parseInt(bounds[0]);
            max = bounds.length == 1 ? min : bounds[1].isEmpty() ? CHARS_MAX : Integer.parseInt(bounds[1]);
            at = close + 1;
        } else if (at < pattern.length() && pattern.charAt(at) == '?') {
            min = 0;
            at++;
        }
        parts.add(new Part(new Letters(written), written, min, max));
        return at;
    }

    /// The literal by which the token is looked for; empty when the form has none at a fixed place.
    String anchor() {
        return anchor;
    }

    /// Where the token would begin, were its literal to end at `literalEnd`.
    int startFor(int literalEnd) {
        return literalEnd - anchor.length() - anchorOffset;
    }

    /// Index after the token that begins at `start`, or -1. A token that would go on is not one.
    int end(CharSequence text, int start, boolean open) {
        int at = start;
        for (Part part : parts) {
            int end = part.letters.run(text, at, part.max);
            if (end - at < part.min) {
                return -1;
            }
            at = end;
        }
        boolean goesOn = !open
                && at < text.length()
                && (parts.getLast().letters.has(text.charAt(at)) || Letters.ALNUM.has(text.charAt(at)));
        return goesOn ? -1 : at;
    }
}
