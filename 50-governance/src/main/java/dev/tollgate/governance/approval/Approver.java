// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.approval;

import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.UserId;
import java.util.Set;

/// A signed-in person who decides.
///
/// @param user   who
/// @param tenant whose approvals they see; those of another do not exist for them
/// @param roles  roles of the bundle
public record Approver(UserId user, TenantId tenant, Set<String> roles) {
    public Approver {
        roles = Set.copyOf(roles);
    }
}
