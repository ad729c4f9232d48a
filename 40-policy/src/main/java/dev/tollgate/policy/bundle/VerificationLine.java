// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.bundle;

import dev.tollgate.containment.VerificationTerms;
import dev.tollgate.terms.Principal;
import java.util.Optional;

/// How often agents of a zone, of a tier, or all of them prove themselves again. Read from `verification.yaml`.
///
/// @param zone  the zone, when the line is for one
/// @param tier  the tier, when the line is for one and for no zone
/// @param terms what is asked of them
public record VerificationLine(Optional<String> zone, Optional<Integer> tier, VerificationTerms terms) {
    /// Whether the line is for an agent.
    boolean names(Principal who) {
        return zone.map(who.zone()::equals)
                .or(() -> tier.map(level -> level == who.tier()))
                .orElse(true);
    }

    /// A line for a zone comes before one for a tier, and that before one for all.
    int order() {
        return zone.isPresent() ? 0 : tier.isPresent() ? 1 : 2;
    }
}
