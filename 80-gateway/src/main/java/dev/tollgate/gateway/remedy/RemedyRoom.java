// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.remedy;

import dev.tollgate.audit.AuditLog;
import dev.tollgate.gateway.stage.Connectors;
import dev.tollgate.governance.journal.Restorer;
import dev.tollgate.governance.journal.RollbackRun;
import dev.tollgate.policy.DecisionPoint;
import dev.tollgate.policy.token.TokenMint;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Delegation;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.SessionId;
import dev.tollgate.terms.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a rollback needs of the gateway.
///
/// @param log        has each step before it is done
/// @param mint       makes a token for each step
/// @param connectors execute
public record RemedyRoom(AuditLog log, TokenMint mint, Connectors connectors, InstantSource clock) {
    /// Who acts in the log, for the person who asked.
    public static final AgentId AGENT = new AgentId("tollgate-rollback");

    /// Nothing is delegated for longer; tokens last 60 s at most, each.
    private static final Duration DELEGATED = Duration.ofMinutes(10);

    /// A restorer that acts for whoever asked for a run, under the bundle in force.
    public Restorer restorer(DecisionPoint policy, RollbackRun run) {
        return new ConnectorRestorer(
                this, policy, principal(run), run.id() + "-" + clock.instant().toEpochMilli());
    }

    private Principal principal(RollbackRun run) {
        Instant now = clock.instant();
        Delegation delegation = new Delegation(
                AGENT,
                run.by(),
                Set.of(),
                Optional.empty(),
                new TaskId(run.id()),
                new SessionId(run.id()),
                Optional.empty(),
                Optional.empty(),
                now,
                now.plus(DELEGATED),
                List.of(AGENT.value()));
        return new Principal(
                delegation,
                "rollback",
                1,
                "rollback",
                run.which().tenant(),
                Optional.empty(),
                Set.of(),
                Set.of(),
                Map.of());
    }
}
