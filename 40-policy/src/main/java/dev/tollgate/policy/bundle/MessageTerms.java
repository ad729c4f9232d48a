// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.bundle;

import dev.tollgate.catalog.House;
import dev.tollgate.catalog.RestrictedTerm;
import java.util.List;

/// What a bundle says of messages that leave. Read from `messages.yaml`.
///
/// @param terms what they may not say unless policy permits it
/// @param house what is the house's own
public record MessageTerms(List<RestrictedTerm> terms, House house) {
    public MessageTerms {
        terms = List.copyOf(terms);
    }
}
