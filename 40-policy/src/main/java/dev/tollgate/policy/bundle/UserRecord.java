// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.bundle;

import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.UserId;
import java.util.Map;
import java.util.Set;

/// One person as the bundle knows them. Read from `principals.yaml`.
///
/// @param id        named by tokens
/// @param tenant    whose data they may reach
/// @param roles     what they do
/// @param audiences restricted audiences that they belong to
/// @param accounts  their own id in each system
public record UserRecord(
        UserId id, TenantId tenant, Set<String> roles, Set<String> audiences, Map<SystemId, String> accounts) {
    public UserRecord {
        roles = Set.copyOf(roles);
        audiences = Set.copyOf(audiences);
        accounts = Map.copyOf(accounts);
    }
}
