// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.bundle;

import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.WorkflowId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One agent as the bundle knows it: a service account of its own, never a person's. Read from `principals.yaml`.
///
/// @param id        named by tokens; never a person's
/// @param type      the kind of agent, one service account each
/// @param tier      1 (customer-facing, autonomous) has the fewest privileges
/// @param zone      the zone it runs in
/// @param workflows workflows that it may run
/// @param users     people that it may act for, by name
/// @param roles     roles of people that it may act for
/// @param owner     who answers for it, and so may not approve what it does
/// @param workload  how it proves that it is itself; without it no token is exchanged for it
/// @param stage     how far it has earned its writes
/// @param bounds    the most that a person can delegate to it
/// @param jit       what it never does without an approval
/// @param version   what runs now under this name, for example `2.4.1` or a digest of its image
public record AgentRecord(
        AgentId id,
        String type,
        int tier,
        String zone,
        Set<WorkflowId> workflows,
        Set<UserId> users,
        Set<String> roles,
        Optional<UserId> owner,
        Optional<Workload> workload,
        Rollout stage,
        DelegationBounds bounds,
        List<JitApproval> jit,
        Optional<String> version) {
    public AgentRecord {
        workflows = Set.copyOf(workflows);
        users = Set.copyOf(users);
        roles = Set.copyOf(roles);
        jit = List.copyOf(jit);
    }

    /// Whether the agent may act for a person.
    public boolean actsFor(UserRecord user) {
        return users.contains(user.id()) || user.roles().stream().anyMatch(roles::contains);
    }
}
