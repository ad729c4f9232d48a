// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import dev.tollgate.terms.Require;
import java.util.List;
import java.util.Map;

/// What a tool of kind `verify` finds out: whether one record holds what somebody claims, or what the contract expects.
/// The system compares; what comes back is a yes or a no (requirement S2-5). Read from `verifies`.
///
/// @param compares    fields that claims are compared with, all of them that are claimed
/// @param required    those of `compares` that must be claimed
/// @param expects     values of which a field must hold one
/// @param grants      what a yes fulfils, for example `identity-verified`
/// @param method      how it is found out, in a word that answers repeat
/// @param level       how much a yes is worth, in a word that answers repeat
/// @param attemptsMax tries of one record in 24 hours, and of one case
public record Verification(
        List<String> compares,
        List<String> required,
        Map<String, List<String>> expects,
        String grants,
        String method,
        String level,
        int attemptsMax) {
    public Verification {
        compares = List.copyOf(compares);
        required = List.copyOf(required);
        expects = Map.copyOf(expects);
        Require.require(!compares.isEmpty() || !expects.isEmpty(), "a verification compares or expects something");
        Require.require(attemptsMax >= 1, "a verification has at least 1 attempt");
    }
}
