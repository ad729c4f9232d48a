// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.journal;

import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Require;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.TaskId;
import dev.tollgate.terms.TenantId;
import java.time.Instant;
import java.util.Optional;

/// Which changes of the journal: all conditions hold.
///
/// @param tenant whose records
/// @param agent  by whom
/// @param from   made at or after
/// @param to     made before
/// @param rule   permitted by
/// @param task   made in
/// @param last   so many of the newest at most, 1 to 10,000; those that were taken back count, so that
///     asking for the last hundred twice means the same hundred
public record Selection(
        TenantId tenant,
        Optional<AgentId> agent,
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<RuleId> rule,
        Optional<TaskId> task,
        int last) {
    /// Changes of one rollback at most.
    public static final int LAST_MAX = 10_000;

    public Selection {
        Require.require(last >= 1 && last <= LAST_MAX, "a selection has 1 to " + LAST_MAX + " changes");
    }

    /// The newest changes of an agent.
    public static Selection lastOf(TenantId tenant, AgentId agent, int last) {
        return new Selection(
                tenant,
                Optional.of(agent),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                last);
    }

    /// Whether it says more than how many: undoing everything that anybody did is nobody's wish.
    boolean narrow() {
        return agent.isPresent() || from.isPresent() || rule.isPresent() || task.isPresent();
    }
}
