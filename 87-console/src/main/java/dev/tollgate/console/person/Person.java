// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.console.person;

import dev.tollgate.governance.approval.Approver;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.UserId;
import java.util.Set;
import java.util.TreeSet;

/// A signed-in person, as the active bundle knows them at this moment.
///
/// @param user   who
/// @param tenant whose data they see
/// @param roles  what they do
public record Person(UserId user, TenantId tenant, Set<String> roles) {
    public Person {
        roles = Set.copyOf(roles);
    }

    /// The same person as approvals know them.
    public Approver approver() {
        return new Approver(user, tenant, roles);
    }

    /// The roles in words.
    public String does() {
        return String.join(", ", new TreeSet<>(roles));
    }
}
