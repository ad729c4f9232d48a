// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.personal;

import dev.tollgate.inspection.finding.Finding;
import dev.tollgate.inspection.finding.Kind;
import java.util.List;

/// E-mail addresses, RFC 5321: a local part of at most 64, a domain of at most 255 with a last label of
/// letters.
final class Emails {
    private static final int LOCAL_MAX = 64;
    private static final int DOMAIN_MAX = 255;
    private static final int LABEL_MAX = 63;

    private Emails() {}

    /// `at` is the place of an `@`.
    static void look(String text, int at, List<Finding> found) {
        int start = at;
        int first = Math.max(0, at - LOCAL_MAX);
        while (start > first && isLocal(text.charAt(start - 1))) {
            start--;
        }
        while (start < at && ".-+'".indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        if (start == at || text.charAt(at - 1) == '.') {
            return;
        }
        int end = at + 1;
        int labels = 0;
        int label = end;
        int last = end;
        int limit = Math.min(text.length(), at + 1 + DOMAIN_MAX);
        while (end < limit) {
            char letter = text.charAt(end);
            if (letter == '.' && end > label) {
                labels++;
                label = ++end;
            } else if ((Around.isWord(letter) && letter != '_') || (letter == '-' && end > label)) {
                end++;
                last = end;
            } else {
                break;
            }
        }
        int stop = last;
        int dot = stop - 1;
        while (dot > at && text.charAt(dot) != '.') {
            dot--;
        }
        int top = stop - dot - 1;
        boolean written = dot > at
                && labels > 0
                && top > 1
                && top <= LABEL_MAX
                && Character.isLetter(text.charAt(dot + 1))
                && text.charAt(stop - 1) != '-';
        if (written) {
            found.add(new Finding(Kind.EMAIL, start, stop, "e-mail"));
        }
    }

    private static boolean isLocal(char letter) {
        return Around.isWord(letter) || ".+-%'&~!#$*/=?^".indexOf(letter) >= 0;
    }
}
