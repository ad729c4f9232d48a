// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.secret;

import dev.tollgate.inspection.finding.Kind;
import java.util.ArrayList;
import java.util.List;

/// One line of the rule file.
///
/// @param names what the value must be assigned to; empty for a token that is known by its own form
/// @param bits entropy a `char` that it must have at least
/// @param open whether more letters may follow
record SecretRule(String id, Kind kind, List<String> names, Shape shape, double bits, boolean open) {
    private static final int NEAR_COLUMNS = 5;

    /// @throws IllegalArgumentException when a line is not a rule
    static List<SecretRule> read(String file) {
        List<SecretRule> rules = new ArrayList<>();
        for (String line : file.lines().toList()) {
            if (!line.isBlank() && line.charAt(0) != '#') {
                rules.add(rule(line));
            }
        }
        return rules;
    }

    private static SecretRule rule(String line) {
        String[] columns = line.split("(?<!\\\\) ", -1);
        boolean near = columns[0].equals("near");
        if ((!near && !columns[0].equals("token")) || columns.length < (near ? NEAR_COLUMNS : NEAR_COLUMNS - 1)) {
            throw new IllegalArgumentException("not a rule: `" + line + "`");
        }
        double bits = 0;
        boolean open = false;
        for (int at = near ? NEAR_COLUMNS : NEAR_COLUMNS - 1; at < columns.length; at++) {
            if (columns[at].startsWith("e=")) {
                bits = Double.parseDouble(columns[at].substring(2));
            } else if (columns[at].equals("open")) {
                open = true;
            } else {
                throw new IllegalArgumentException("`" + line + "` has the unknown option `" + columns[at] + "`");
            }
        }
        List<String> names = near ? List.of(columns[3].split(",", -1)) : List.of();
        Shape shape = new Shape(columns[near ? 4 : 3]);
        return new SecretRule(columns[1], Kind.valueOf(columns[2]), names, shape, bits, open);
    }

    /// Index after the secret that begins at `start`, or -1.
    int end(CharSequence text, int start) {
        int end = shape.end(text, start, open);
        if (end < 0 || Entropy.isFiller(text, start, end)) {
            return -1;
        }
        return bits == 0 || Entropy.bits(text, start, end) >= bits ? end : -1;
    }
}
