// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.outbound;

import static dev.tollgate.terms.Require.require;

/// Something found in a message: its kind and its place. Never the text, so that a finding can be logged.
///
/// @param field the part of the message, for example `body`
/// @param start index of the first `char`
/// @param end   index after the last `char`, more than `start`
/// @param rule  what found it, for example `iban` or `promise`
public record OutboundFinding(OutboundKind kind, String field, int start, int end, String rule) {
    public OutboundFinding {
        require(start >= 0 && end > start, "a finding must have a place of at least one char");
    }
}
