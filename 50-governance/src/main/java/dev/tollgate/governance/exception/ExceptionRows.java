// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.exception;

import dev.tollgate.governance.exception.ExceptionCase.Clock;
import dev.tollgate.store.Store;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Exceptions as rows.
final class ExceptionRows {
    static final List<String> COLUMNS = List.of(
            "id",
            "tenant",
            "kind",
            "agent",
            "user_id",
            "tool",
            "rule",
            "owner",
            "reason",
            "severity",
            "state",
            "amount",
            "opened_at",
            "last_at",
            "review_by",
            "remedy_by",
            "review_escalated_at",
            "remedy_escalated_at",
            "taken_by",
            "taken_at",
            "resolution",
            "remark",
            "resolved_by",
            "resolved_at");
    static final String SELECT = "select " + String.join(", ", COLUMNS) + " from exception_case";

    private ExceptionRows() {}

    static void insert(
            Store.Session session, String id, ExceptionReport report, long amount, QueueLimits limits, Instant now) {
        session.update(
                "insert into exception_case (id, tenant, kind, agent, user_id, tool, rule, owner, reason, severity,"
                        + " state, amount, opened_at, last_at, review_by, remedy_by)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', ?, ?, ?, ?, ?)",
                id,
                report.tenant().value(),
                report.kind().word(),
                report.agent().value(),
                report.user().map(UserId::value).orElse(null),
                tool(report),
                report.rule().value(),
                report.owner(),
                report.reason(),
                report.severity().name(),
                amount,
                now,
                now,
                now.plus(limits.review()),
                now.plus(limits.remedy()));
    }

    /// What is compared in SQL is never null.
    static String tool(ExceptionReport report) {
        return report.tool().map(ToolName::value).orElse("");
    }

    static ExceptionCase read(Store.Session session, Store.Record row) {
        ExceptionReport report = new ExceptionReport(
                ExceptionKind.of(row.text("kind")).orElse(ExceptionKind.ANOMALY),
                new AgentId(row.text("agent")),
                row.textIfAny("user_id").map(UserId::new),
                new TenantId(row.text("tenant")),
                Optional.of(row.text("tool")).filter(word -> !word.isEmpty()).map(ToolName::new),
                new RuleId(row.text("rule")),
                row.text("owner"),
                row.text("reason"),
                evidence(session, row.text("id")),
                ExceptionReport.Severity.valueOf(row.text("severity")));
        return new ExceptionCase(
                row.text("id"),
                report,
                state(row.text("state")),
                row.number("amount"),
                row.instant("opened_at"),
                row.instant("last_at"),
                row.instant("review_by"),
                row.instant("remedy_by"),
                breached(row),
                row.textIfAny("taken_by").map(by -> new ExceptionCase.Taken(new UserId(by), row.instant("taken_at"))),
                row.textIfAny("resolved_by").map(by -> resolved(row, by)));
    }

    private static ExceptionCase.State state(String word) {
        for (ExceptionCase.State state : ExceptionCase.State.values()) {
            if (state.word().equals(word)) {
                return state;
            }
        }
        return ExceptionCase.State.OPEN;
    }

    private static List<Clock> breached(Store.Record row) {
        List<Clock> breached = new ArrayList<>();
        if (!row.isNull("review_escalated_at")) {
            breached.add(Clock.REVIEW);
        }
        if (!row.isNull("remedy_escalated_at")) {
            breached.add(Clock.REMEDY);
        }
        return breached;
    }

    private static ExceptionCase.Resolved resolved(Store.Record row, String by) {
        return new ExceptionCase.Resolved(
                new UserId(by),
                row.instant("resolved_at"),
                ExceptionCase.Resolution.valueOf(row.text("resolution")),
                row.text("remark"));
    }

    private static List<Long> evidence(Store.Session session, String id) {
        return session
                .query("select log_index from exception_evidence where exception_id = ? order by log_index", id)
                .stream()
                .map(row -> row.number("log_index"))
                .toList();
    }

    static Optional<ExceptionCase> find(Store.Session session, TenantId tenant, String id) {
        return session.one(SELECT + " where id = ? and tenant = ?", id, tenant.value())
                .map(row -> read(session, row));
    }
}
