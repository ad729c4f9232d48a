// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The proven identity that a decision is about: an agent, the person it acts for, and what the bundle knows of both.
///
/// @param delegation what the token proves
/// @param agentType  the kind of agent, one service account each, for example `sales-copilot`
/// @param tier       1 is customer-facing and autonomous and has the fewest privileges, 3 is back-office assistance
/// @param zone       the segment that the agent runs in
/// @param tenant     the tenant of the person; data of another tenant is out of reach
/// @param region     the region of the zone, when the bundle names one
/// @param roles      roles of the person
/// @param audiences  restricted audiences that the person belongs to
/// @param accounts   the person's own id in each system, for `owned` scopes
public record Principal(
        Delegation delegation,
        String agentType,
        int tier,
        String zone,
        TenantId tenant,
        Optional<String> region,
        Set<String> roles,
        Set<String> audiences,
        Map<SystemId, String> accounts) {
    public Principal {
        Require.require(tier >= 1 && tier <= 9, "an agent's tier is between 1 and 9");
        roles = Set.copyOf(roles);
        audiences = Set.copyOf(audiences);
        accounts = Map.copyOf(accounts);
    }

    /// Who acts.
    public AgentId agent() {
        return delegation.agent();
    }

    /// For whom.
    public UserId user() {
        return delegation.user();
    }
}
