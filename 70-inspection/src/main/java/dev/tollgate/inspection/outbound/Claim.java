// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.outbound;

/// What a message says of the state of a record.
///
/// @param subject which field of which object tells the truth
/// @param state   the state that is claimed
/// @param coming  it is promised rather than said to be so
/// @param field   the part of the message
/// @param start   index of the first `char` of the word that claims it
/// @param end     index after the last
public record Claim(OutboundRules.Subject subject, String state, boolean coming, String field, int start, int end) {}
