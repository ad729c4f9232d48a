// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.approval;

import dev.tollgate.governance.change.Change;
import dev.tollgate.governance.change.ChangeText;
import dev.tollgate.governance.note.Note;
import dev.tollgate.governance.note.Notes;
import dev.tollgate.store.Store;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Approvals as rows.
final class ApprovalRows {
    static final List<String> COLUMNS = List.of(
            "id",
            "change",
            "rule",
            "approvers",
            "step_up",
            "roles",
            "justification",
            "agent_owner",
            "nonce",
            "decoy",
            "state",
            "why",
            "asked_at",
            "expires_at",
            "granted_at",
            "granted_until");
    static final String SELECT = "select " + String.join(", ", COLUMNS) + " from approval";

    private ApprovalRows() {}

    /// An approval and what nobody outside may know of it.
    record Stored(Approval approval, boolean decoy) {}

    static void insert(
            Store.Session session, String id, String nonce, Change change, Demand demand, Instant now, boolean decoy) {
        session.update(
                "insert into approval (id, tenant, agent, user_id, bound, call_key, digest, change, rule, approvers,"
                        + " step_up, roles, justification, agent_owner, nonce, decoy, state, asked_at, expires_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending', ?, ?)",
                id,
                change.tenant().value(),
                change.agent().value(),
                change.user().value(),
                change.bound().text(),
                change.callKey().text(),
                change.digest().text(),
                ChangeText.of(change),
                demand.rule().value(),
                demand.approvers(),
                demand.stepUp(),
                demand.roles().stream().sorted().collect(Collectors.joining("\n")),
                demand.justification(),
                demand.agentOwner().map(UserId::value).orElse(null),
                nonce,
                decoy,
                now,
                now.plus(demand.lasts()));
    }

    static Optional<Stored> find(Store.Session session, TenantId tenant, ApprovalId id, Instant now) {
        return session.one(SELECT + " where id = ? and tenant = ?", id.value(), tenant.value())
                .map(row -> stored(session, row, now));
    }

    static Stored stored(Store.Session session, Store.Record row, Instant now) {
        return new Stored(approval(session, row, now), row.truth("decoy"));
    }

    static Approval approval(Store.Session session, Store.Record row, Instant now) {
        Instant asked = row.instant("asked_at");
        Instant expires = row.instant("expires_at");
        Optional<Approval.Elevation> granted = row.isNull("granted_at")
                ? Optional.empty()
                : Optional.of(new Approval.Elevation(row.instant("granted_at"), row.instant("granted_until")));
        Demand demand = new Demand(
                new RuleId(row.text("rule")),
                (int) row.number("approvers"),
                row.truth("step_up"),
                roles(row.text("roles")),
                row.textIfAny("agent_owner").map(UserId::new),
                Duration.between(asked, expires),
                row.text("justification"));
        return new Approval(
                new ApprovalId(row.text("id")),
                ChangeText.change(row.text("change")),
                demand,
                state(row, granted, expires, now),
                row.textIfAny("why").flatMap(Objection::of),
                row.text("nonce"),
                asked,
                expires,
                granted,
                votes(session, row.text("id")));
    }

    private static Set<String> roles(String text) {
        return text.isEmpty() ? Set.of() : Set.of(text.split("\n"));
    }

    /// Time ends what nobody wrote to the store.
    private static ApprovalState state(
            Store.Record row, Optional<Approval.Elevation> granted, Instant expires, Instant now) {
        return switch (row.text("state")) {
            case "pending" -> now.isBefore(expires) ? ApprovalState.PENDING : ApprovalState.EXPIRED;
            case "granted" ->
                granted.filter(elevation -> now.isBefore(elevation.until())).isPresent()
                        ? ApprovalState.GRANTED
                        : ApprovalState.EXPIRED;
            case "rejected" -> ApprovalState.REJECTED;
            case "consumed" -> ApprovalState.CONSUMED;
            case "expired" -> ApprovalState.EXPIRED;
            // What this release does not know does not count.
            default -> ApprovalState.VOIDED;
        };
    }

    private static List<Approval.Vote> votes(Store.Session session, String id) {
        return session
                .query(
                        "select approver, verdict, justification, voted_at, step_up_method from approval_vote"
                                + " where approval = ? order by voted_at, approver",
                        id)
                .stream()
                .map(row -> new Approval.Vote(
                        new UserId(row.text("approver")),
                        row.text("verdict").equals("approve") ? Approval.Verdict.APPROVE : Approval.Verdict.REJECT,
                        row.text("justification"),
                        row.instant("voted_at"),
                        row.textIfAny("step_up_method")))
                .toList();
    }

    /// Ends approvals in `state` that must not be used any more. Whoever consumes at the same moment wins
    /// or loses whole.
    static boolean voided(Store.Session session, String id, Objection why, Instant now) {
        boolean done = session.update(
                        "update approval set state = 'voided', why = ?"
                                + " where id = ? and state in ('pending', 'granted')",
                        why.name(),
                        id)
                == 1;
        if (done) {
            noted(session, id, Note.Event.APPROVAL_VOIDED, Note.GATEWAY, "why", why.name(), now);
        }
        return done;
    }

    /// Ends what time has ended already, so that the audit log tells of it too.
    static boolean expired(Store.Session session, String id, Instant now) {
        boolean done = session.update(
                        "update approval set state = 'expired' where id = ?"
                                + " and ((state = 'pending' and expires_at <= ?)"
                                + " or (state = 'granted' and granted_until <= ?))",
                        id,
                        now,
                        now)
                == 1;
        if (done) {
            noted(session, id, Note.Event.APPROVAL_EXPIRED, Note.GATEWAY, "why", "time", now);
        }
        return done;
    }

    /// Tells the audit log of an approval: whose change, under which rule, and what became of it.
    static void noted(
            Store.Session session, String id, Note.Event event, String by, String key, String word, Instant now) {
        session.one("select tenant, agent, user_id, rule, state from approval where id = ?", id)
                .ifPresent(row -> Notes.add(
                        session,
                        new Note(
                                event,
                                by,
                                now,
                                Map.of(
                                        "approval",
                                        id,
                                        "tenant",
                                        row.text("tenant"),
                                        "agent",
                                        row.text("agent"),
                                        "user",
                                        row.text("user_id"),
                                        "rule",
                                        row.text("rule"),
                                        "state",
                                        row.text("state"),
                                        key,
                                        word))));
    }
}
