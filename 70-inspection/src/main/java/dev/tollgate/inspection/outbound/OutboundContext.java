// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.outbound;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is known beside the message, as plain values.
///
/// @param recipient what is the recipient's own: names, addresses, numbers as the record holds them
/// @param withheld  fingerprints of values that were withheld, masked or removed in this flow
/// @param shown     fingerprints of the amounts, days, ids and names that this flow was shown; nothing when nobody kept
///                  them, and then nothing is doubted
/// @param states    the states that the records in question are in, by what tells them; a subject that is missing is
///                  not known, and nothing may be claimed of it
public record OutboundContext(
        Set<String> recipient,
        Set<Long> withheld,
        Optional<Set<Long>> shown,
        Map<OutboundRules.Subject, Set<String>> states) {
    /// Nothing is known.
    public static final OutboundContext NOTHING = new OutboundContext(Set.of(), Set.of(), Optional.empty(), Map.of());

    public OutboundContext {
        recipient = Set.copyOf(recipient);
        withheld = Set.copyOf(withheld);
        states = Map.copyOf(states);
    }
}
