// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.journal;

import dev.tollgate.governance.journal.Fate.End;
import dev.tollgate.governance.journal.RollbackRun.State;
import dev.tollgate.store.Store;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.CanonicalJson;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.TaskId;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.Value;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Rollback runs as rows.
final class RollbackRows {
    static final List<String> COLUMNS =
            List.of("id", "tenant", "which", "apply", "asked_by", "why", "asked_at", "state", "ended_at", "problem");

    private static final JsonMapper JSON = new JsonMapper();

    private RollbackRows() {}

    static String text(Selection which) {
        Map<String, Value> members = new TreeMap<>();
        which.agent().ifPresent(agent -> members.put("agent", Value.of(agent.value())));
        which.from().ifPresent(from -> members.put("from", Value.of(from.toString())));
        which.to().ifPresent(to -> members.put("to", Value.of(to.toString())));
        which.rule().ifPresent(rule -> members.put("rule", Value.of(rule.value())));
        which.task().ifPresent(task -> members.put("task", Value.of(task.value())));
        members.put("last", Value.of(which.last()));
        return CanonicalJson.text(new Value.Fields(members));
    }

    private static Selection which(TenantId tenant, String text) {
        JsonNode node = JSON.readTree(text);
        return new Selection(
                tenant,
                member(node, "agent").map(AgentId::new),
                member(node, "from").map(Instant::parse),
                member(node, "to").map(Instant::parse),
                member(node, "rule").map(RuleId::new),
                member(node, "task").map(TaskId::new),
                node.path("last").asInt(1));
    }

    private static Optional<String> member(JsonNode node, String name) {
        return Optional.of(node.path(name)).filter(JsonNode::isString).map(JsonNode::stringValue);
    }

    static RollbackRun read(Store.Session session, Store.Record row) {
        return new RollbackRun(
                row.text("id"),
                which(new TenantId(row.text("tenant")), row.text("which")),
                row.truth("apply"),
                new UserId(row.text("asked_by")),
                row.text("why"),
                row.instant("asked_at"),
                state(row.text("state")),
                row.isNull("ended_at") ? Optional.empty() : Optional.of(row.instant("ended_at")),
                row.textIfAny("problem"),
                ends(session, row.text("id")));
    }

    private static State state(String word) {
        for (State state : State.values()) {
            if (state.word().equals(word)) {
                return state;
            }
        }
        return State.FAILED;
    }

    private static Map<End, Long> ends(Store.Session session, String run) {
        Map<End, Long> ends = new EnumMap<>(End.class);
        session.query("select fate, count(*) as amount from rollback_fate where run = ? group by fate", run)
                .forEach(row -> ends.merge(end(row.text("fate")), row.number("amount"), Long::sum));
        return ends;
    }

    private static End end(String word) {
        for (End end : End.values()) {
            if (end.word().equals(word)) {
                return end;
            }
        }
        return End.UNKNOWN;
    }

    static Optional<RollbackRun> find(Store.Session session, String id) {
        return session.one("select " + String.join(", ", COLUMNS) + " from rollback_run where id = ?", id)
                .map(row -> read(session, row));
    }

    static List<RollbackRun.Line> lines(Store.Session session, TenantId tenant, String id, int from, int limit) {
        return session
                .query(
                        "select " + String.join(", ", JournalRows.COLUMNS) + ", fate, edited_by from rollback_fate"
                                + " join journal_change on journal_change.id = rollback_fate.change_id"
                                + " where run = ? and tenant = ? order by position limit ? offset ?",
                        id,
                        tenant.value(),
                        limit,
                        from)
                .stream()
                .map(row -> new RollbackRun.Line(
                        JournalRows.read(row),
                        end(row.text("fate")),
                        row.textIfAny("edited_by").filter(by -> !by.isEmpty())))
                .toList();
    }
}
