// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.bundle;

import dev.tollgate.catalog.House;
import dev.tollgate.catalog.RestrictedTerm;
import java.math.BigDecimal;
import java.util.List;

/// What a bundle says of messages that leave. Read from `messages.yaml`.
///
/// @param terms what they may not say unless policy permits it
/// @param house what is the house's own
/// @param confidenceMin how sure an agent must be of a message whose contract asks it, from 0 to 1
public record MessageTerms(List<RestrictedTerm> terms, House house, BigDecimal confidenceMin) {
    /// Of a bundle that says nothing.
    public static final BigDecimal CONFIDENCE_USUAL = new BigDecimal("0.7");

    public MessageTerms {
        terms = List.copyOf(terms);
    }
}
