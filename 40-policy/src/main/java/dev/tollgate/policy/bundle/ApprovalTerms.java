// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.bundle;

import java.time.Duration;
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
}
