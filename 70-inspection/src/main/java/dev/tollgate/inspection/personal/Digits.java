// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.personal;

import java.util.ArrayList;
import java.util.List;

/// A row of digits with the signs that people write between them: `+1 (415) 555-0132`, `4012 8888 8888
/// 1881`.
///
/// @param start where it begins, `+` and `(` included
/// @param groups digits in a row, each with its place
record Digits(String text, int start, List<Group> groups) {
    /// Longest row that is one number: an extension behind an international number.
    private static final int CHARS_MAX = 40;

    private static final int GAP_MAX = 3;
    private static final String SIGNS = " -.()/";

    /// @param start index of the first digit
    record Group(int start, int end) {
        int length() {
            return end - start;
        }
    }

    /// Reads the row whose first digit is at `first`.
    static Digits at(String text, int first) {
        int start = first;
        while (start > 0 && first - start < 2 && "+(".indexOf(text.charAt(start - 1)) >= 0) {
            start--;
        }
        List<Group> groups = new ArrayList<>(4);
        int at = first;
        while (at < text.length() && at - first < CHARS_MAX && Around.isDigit(text.charAt(at))) {
            int end = at;
            while (end < text.length() && Around.isDigit(text.charAt(end))) {
                end++;
            }
            groups.add(new Group(at, end));
            at = end;
            while (at < text.length() && at - end < GAP_MAX && SIGNS.indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }
        return new Digits(text, start, groups);
    }

    int end(int count) {
        return groups.get(count - 1).end();
    }

    int end() {
        return end(groups.size());
    }

    /// The digits of the first `count` groups.
    String digits(int count) {
        StringBuilder digits = new StringBuilder();
        for (Group group : groups.subList(0, count)) {
            digits.append(text, group.start(), group.end());
        }
        return digits.toString();
    }

    /// The `char` between group `group` and the next; 0 when there is more than one.
    char between(int group) {
        int end = groups.get(group).end();
        return groups.get(group + 1).start() == end + 1 ? text.charAt(end) : 0;
    }

    /// Lengths of the groups, for example `3-2-4`, with what stands between them.
    String pattern() {
        StringBuilder pattern = new StringBuilder();
        for (int group = 0; group < groups.size(); group++) {
            pattern.append(groups.get(group).length());
            if (group + 1 < groups.size()) {
                pattern.append(between(group) == 0 ? '~' : between(group));
            }
        }
        return pattern.toString();
    }
}
