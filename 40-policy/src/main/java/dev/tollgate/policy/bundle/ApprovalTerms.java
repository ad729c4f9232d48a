// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.bundle;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Who may give the approval that a rule asks for. Read from `approvals.yaml`.
///
/// @param roles roles of people who may approve
/// @param lasts how long a request waits for them
public record ApprovalTerms(Set<String> roles, Duration lasts) {
    /// When the bundle names none for a rule: nobody can approve, and the request says so by waiting in vain.
    public static final ApprovalTerms NOBODY = new ApprovalTerms(Set.of(), Duration.ofHours(24));

    public ApprovalTerms {
        roles = Set.copyOf(roles);
    }

    /// The terms of a change that several rules ask an approval for: who may give each of them, for as long as each
    /// waits.
    ///
    /// @param each at least one
    public static ApprovalTerms all(List<ApprovalTerms> each) {
        Set<String> able = new HashSet<>(each.getFirst().roles());
        Duration lasts = each.getFirst().lasts();
        for (ApprovalTerms terms : each) {
            able.retainAll(terms.roles());
            lasts = terms.lasts().compareTo(lasts) < 0 ? terms.lasts() : lasts;
        }
        return new ApprovalTerms(able, lasts);
    }
}
