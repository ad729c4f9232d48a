// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.finding;

import static dev.tollgate.terms.Require.require;

/// Something found in a text: its kind and its place. Never the text, so that a finding can be logged.
///
/// @param start index of the first `char`
/// @param end index after the last `char`, more than `start`
/// @param rule what found it, for example `github-pat`
public record Finding(Kind kind, int start, int end, String rule) {
    public Finding {
        require(start >= 0 && end > start, "a finding must have a place of at least one char");
    }

    /// Whether both share at least one `char`.
    public boolean overlaps(Finding other) {
        return start < other.end && other.start < end;
    }

    /// How many `char`s it spans.
    public int length() {
        return end - start;
    }
}
