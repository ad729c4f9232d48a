// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.outbound;

import dev.tollgate.inspection.plain.Folded;
import java.util.ArrayList;
import java.util.List;

/// Finds what hides or carries text past a reader: characters that cannot be seen, that reorder, that
/// look like others; pictures whose address carries data. Signs that honest letters need (joiners in
/// emoji and Indic or Arabic words, soft hyphens) are none.
final class Disguises {
    /// One place.
    record Place(OutboundKind kind, int start, int end, String rule) {}

    /// An address of a picture with fewer characters behind the host carries nothing worth taking.
    private static final int CARRIED_CHARS_MIN = 24;

    private static final int LINK_CHARS_MAX = 4_096;
    private static final int CAPTION_CHARS_MAX = 300;

    private Disguises() {}

    static List<Place> in(String text) {
        List<Place> found = new ArrayList<>();
        if (Folded.mayChange(text)) {
            for (int at = 0; at < text.length(); at++) {
                if (text.charAt(at) > 0xA0 && hides(text, at)) {
                    found.add(new Place(OutboundKind.HIDDEN_TEXT, at, at + 1, "hidden-character"));
                }
            }
        }
        pictures(text, "](http", found);
        pictures(text, "src=", found);
        return found;
    }

    private static boolean hides(String text, int at) {
        char letter = text.charAt(at);
        boolean reorders = (letter >= '\u202a' && letter <= '\u202e') || (letter >= '\u2066' && letter <= '\u2069');
        boolean tag = letter == '\udb40' && at + 1 < text.length() && text.charAt(at + 1) >= '\udc20';
        boolean between = at > 0 && at + 1 < text.length() && latin(text.charAt(at - 1)) && latin(text.charAt(at + 1));
        boolean invisible = letter == '\u200b'
                || letter == '\u200c'
                || letter == '\u200d'
                || letter == '\u2060'
                || letter == '\ufeff'
                || letter == '\u034f';
        boolean lookalike = (letter >= '\u0370' && letter <= '\u052f') && between;
        return reorders || tag || (invisible && between) || lookalike;
    }

    private static boolean latin(char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9');
    }

    private static void pictures(String text, String mark, List<Place> found) {
        for (int at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) {
            boolean markdown = mark.charAt(0) == ']';
            int start = markdown ? at + 2 : at + mark.length();
            while (start < text.length() && "\"'".indexOf(text.charAt(start)) >= 0) {
                start++;
            }
            int end = start;
            while (end < text.length()
                    && end - start < LINK_CHARS_MAX
                    && " \t\n\r)\"'>".indexOf(text.charAt(end)) < 0) {
                end++;
            }
            String before = text.substring(Math.max(0, at - CAPTION_CHARS_MAX), at);
            boolean picture = !markdown || before.lastIndexOf("![") > before.lastIndexOf('\n');
            if (picture && carries(text, start, end)) {
                found.add(new Place(OutboundKind.IMAGE_LINK, start, end, "picture-address"));
            }
        }
    }

    private static boolean carries(String text, int start, int end) {
        int host =
                text.startsWith("http", start) ? text.indexOf("//", start) : text.startsWith("//", start) ? start : -1;
        int path = host < 0 || host >= end ? -1 : text.indexOf('/', host + 2);
        if (path < 0 || path >= end) {
            return false;
        }
        int query = text.indexOf('?', path, end);
        return query >= 0 || end - path > CARRIED_CHARS_MIN;
    }
}
