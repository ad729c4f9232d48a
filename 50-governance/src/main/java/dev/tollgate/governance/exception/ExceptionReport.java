// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.exception;

import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Require;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.UserId;
import java.util.List;
import java.util.Optional;

/// Something that went wrong, as it comes to the queue.
///
/// @param kind     of what kind
/// @param agent    whose call it was
/// @param user     for whom
/// @param tenant   whose people look at it
/// @param tool     which tool it called, when it called one
/// @param rule     the rule, budget or signal that it failed
/// @param owner    the person or role that answers for it today
/// @param reason   one sentence in our words, up to 500 characters; never contains customer data: the
///     evidence does
/// @param evidence where the audit log has it
/// @param severity how bad it is
public record ExceptionReport(
        ExceptionKind kind,
        AgentId agent,
        Optional<UserId> user,
        TenantId tenant,
        Optional<ToolName> tool,
        RuleId rule,
        String owner,
        String reason,
        List<Long> evidence,
        Severity severity) {
    private static final int REASON_CHARS_MAX = 500;

    /// How bad it is. Closed.
    public enum Severity {
        LOW,
        MEDIUM,
        HIGH
    }

    public ExceptionReport {
        evidence = List.copyOf(evidence);
        Require.id("owner", owner);
        Require.require(!reason.isBlank() && reason.length() <= REASON_CHARS_MAX, "a reason has 1 to 500 characters");
        Require.require(reason.chars().noneMatch(Character::isISOControl), "a reason has no control characters");
    }

    /// The same with this evidence.
    ExceptionReport with(List<Long> indexes) {
        return new ExceptionReport(kind, agent, user, tenant, tool, rule, owner, reason, indexes, severity);
    }
}
