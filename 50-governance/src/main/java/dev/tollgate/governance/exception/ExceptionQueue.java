// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.exception;

import dev.tollgate.governance.Paged;
import dev.tollgate.governance.exception.ExceptionCase.Clock;
import dev.tollgate.governance.exception.ExceptionCase.Resolution;
import dev.tollgate.governance.exception.ExceptionCase.State;
import dev.tollgate.governance.note.Note;
import dev.tollgate.governance.note.Notes;
import dev.tollgate.store.Crossing;
import dev.tollgate.store.Leases;
import dev.tollgate.store.PageQuery;
import dev.tollgate.store.Store;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// What went wrong and waits for a person (requirements S4-19, S4-20, S0-38), in the store that all nodes
/// share. The same agent's exceptions of one kind, rule and tool within the flood window are one, which counts.
/// Every method throws `StoreFailure` when the store fails.
public final class ExceptionQueue {
    private static final String ESCALATION = "exceptions/escalation";

    /// Longer than one escalation takes; a node that dies in it is replaced after that.
    private static final Duration ESCALATION_LEASE = Duration.ofSeconds(30);

    /// Exceptions that one escalation takes on at most; the next goes on.
    private static final int ESCALATE_MAX = 500;

    private static final int EVIDENCE_MAX = 100;
    private static final int REMARK_CHARS_MAX = 2_000;
    private static final int ID_BYTES = 16;
    private static final RuleId FULL = new RuleId("exception-queue-full");

    private final Store store;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final QueueLimits limits;

    /// @param random gives ids
    public ExceptionQueue(Store store, InstantSource clock, RandomGenerator random, QueueLimits limits) {
        this.store = store;
        this.clock = clock;
        this.random = random;
        this.limits = limits;
    }

    /// Puts an exception into the queue, or counts it in the flood that it belongs to.
    ///
    /// @return the id of the exception or of its flood
    public String open(ExceptionReport report) {
        return store.write(session -> open(session, report));
    }

    /// As `open`, in the caller's transaction.
    public String open(Store.Session session, ExceptionReport report) {
        return open(session, report, 1);
    }

    /// As `open`, for several that are alike.
    ///
    /// @param amount how many, at least 1
    String open(Store.Session session, ExceptionReport report, long amount) {
        Instant now = clock.instant();
        session.within(report.tenant());
        session.lock("exceptions/" + report.tenant() + "/" + report.agent());
        Optional<String> known = flood(session, report, now);
        ExceptionReport fitting = known.isEmpty() && full(session, report) ? overflow(report) : report;
        Optional<String> flood = known.or(() -> flood(session, fitting, now));
        String id = flood.orElseGet(this::id);
        if (flood.isPresent()) {
            session.update("update exception_case set amount = amount + ?, last_at = ? where id = ?", amount, now, id);
        } else {
            ExceptionRows.insert(session, id, fitting, amount, limits, now);
        }
        keep(session, id, fitting.evidence());
        return id;
    }

    /// An exception of a tenant.
    public Optional<ExceptionCase> find(TenantId tenant, String id) {
        return store.read(tenant, session -> ExceptionRows.find(session, tenant, id));
    }

    /// Exceptions of a tenant, the newest first.
    ///
    /// @param state  nothing for all
    /// @param cursor nothing for the first page
    public Paged<ExceptionCase> list(TenantId tenant, Optional<State> state, Optional<String> cursor, int limit) {
        List<PageQuery.Filter> filters = new ArrayList<>();
        filters.add(new PageQuery.Filter("tenant", PageQuery.Test.EQUALS, tenant.value()));
        state.ifPresent(one -> filters.add(new PageQuery.Filter("state", PageQuery.Test.EQUALS, one.word())));
        PageQuery query = new PageQuery(
                "exception_case",
                ExceptionRows.COLUMNS,
                filters,
                List.of(new PageQuery.Key("opened_at", true), new PageQuery.Key("id", true)),
                List.of(),
                Math.clamp(limit, 1, Paged.LIMIT_MAX));
        return store.read(
                tenant, session -> Paged.read(session, query, cursor, row -> ExceptionRows.read(session, row)));
    }

    /// How many of a tenant's exceptions wait, by who answers for them.
    ///
    /// @param owner a person or a role
    /// @param state open, or taken
    public record Unsettled(String owner, State state, long many) {}

    /// What waits, counted in the store: a page needs the number on every view, and the exceptions only on their own.
    public List<Unsettled> unsettled(TenantId tenant) {
        return store.read(
                tenant,
                session -> session
                        .query(
                                "select owner, state, count(*) as many from exception_case where tenant = ?"
                                        + " and state in ('open', 'in-review') group by owner, state",
                                tenant.value())
                        .stream()
                        .map(row -> new Unsettled(
                                row.text("owner"),
                                row.text("state").equals(State.OPEN.word()) ? State.OPEN : State.IN_REVIEW,
                                row.number("many")))
                        .toList());
    }

    /// Records that somebody looks at it, which stops the review clock.
    ///
    /// @return the exception, or `NotFound`, or `Malformed` when it is taken or resolved
    public Step<ExceptionCase> take(TenantId tenant, String id, UserId by) {
        Instant now = clock.instant();
        return store.write(tenant, session -> {
            int taken = session.update(
                    "update exception_case set state = 'in-review', taken_by = ?, taken_at = ?"
                            + " where id = ? and tenant = ? and state = 'open'",
                    by.value(),
                    now,
                    id,
                    tenant.value());
            note(session, taken, id, Note.Event.EXCEPTION_TAKEN, by, "in-review", now);
            return changed(session, tenant, id, taken == 1, "somebody looks at it already, reload the list");
        });
    }

    /// Records how it ended.
    ///
    /// @param remark what was done, 1 to 2,000 characters
    /// @return the exception, or `NotFound`, or `Malformed` when it is resolved already or nothing is said
    public Step<ExceptionCase> resolve(TenantId tenant, String id, UserId by, Resolution how, String remark) {
        if (remark.isBlank() || remark.length() > REMARK_CHARS_MAX) {
            return Step.refuse(new Refusal.Malformed(List.of("`/remark` has 1 to 2,000 characters")));
        }
        Instant now = clock.instant();
        return store.write(tenant, session -> {
            int resolved = session.update(
                    "update exception_case set state = 'resolved', resolution = ?, remark = ?, resolved_by = ?,"
                            + " resolved_at = ? where id = ? and tenant = ? and state <> 'resolved'",
                    how.name(),
                    remark,
                    by.value(),
                    now,
                    id,
                    tenant.value());
            note(session, resolved, id, Note.Event.EXCEPTION_RESOLVED, by, how.name(), now);
            return changed(session, tenant, id, resolved == 1, "it is resolved already, reload the list");
        });
    }

    private static void note(
            Store.Session session, int done, String id, Note.Event event, UserId by, String how, Instant now) {
        if (done == 1) {
            Notes.add(session, new Note(event, by.value(), now, Map.of("exception", id, "how", how)));
        }
    }

    /// A clock that ran out.
    ///
    /// @param exception as it stands now
    /// @param clock     which clock
    public record Escalation(ExceptionCase exception, Clock clock) {}

    /// Escalates clocks that ran out since. Call it now and then on every node: one at a time does it, and
    /// each clock of each exception is returned once in all, by the node that recorded it.
    ///
    /// @param leases of this node, on the same store
    public List<Escalation> escalate(Leases leases) {
        Optional<Leases.Held> held = leases.acquire(ESCALATION, ESCALATION_LEASE);
        if (held.isEmpty()) {
            return List.of();
        }
        Instant now = clock.instant();
        List<Escalation> escalated = store.write(Crossing.ESCALATION, session -> {
            Leases.guard(session, held.get());
            List<Escalation> found = new ArrayList<>();
            found.addAll(breach(session, Clock.REVIEW, "state = 'open' and review_by <= ?", now));
            found.addAll(breach(session, Clock.REMEDY, "state in ('open', 'in-review') and remedy_by <= ?", now));
            return found;
        });
        leases.release(held.get());
        return escalated;
    }

    private static List<Escalation> breach(Store.Session session, Clock clock, String due, Instant now) {
        String column = clock == Clock.REVIEW ? "review_escalated_at" : "remedy_escalated_at";
        List<Escalation> found = new ArrayList<>();
        for (Store.Record row : session.query(
                "select id, tenant from exception_case where " + due + " and " + column
                        + " is null order by opened_at, id limit " + ESCALATE_MAX,
                now)) {
            String id = row.text("id");
            session.update("update exception_case set " + column + " = ?, severity = 'HIGH' where id = ?", now, id);
            ExceptionRows.find(session, new TenantId(row.text("tenant")), id)
                    .ifPresent(exception -> found.add(new Escalation(exception, clock)));
        }
        return found;
    }

    private static Step<ExceptionCase> changed(
            Store.Session session, TenantId tenant, String id, boolean done, String otherwise) {
        Optional<ExceptionCase> found = ExceptionRows.find(session, tenant, id);
        if (found.isEmpty()) {
            return Step.refuse(new Refusal.NotFound());
        }
        return done ? Step.pass(found.get()) : Step.refuse(new Refusal.Malformed(List.of(otherwise)));
    }

    private Optional<String> flood(Store.Session session, ExceptionReport report, Instant now) {
        return session
                .query(
                        "select id from exception_case where tenant = ? and agent = ? and kind = ? and rule = ?"
                                + " and tool = ? and opened_at > ? and state <> 'resolved'"
                                + " order by opened_at desc limit 1",
                        report.tenant().value(),
                        report.agent().value(),
                        report.kind().word(),
                        report.rule().value(),
                        ExceptionRows.tool(report),
                        now.minus(limits.flood()))
                .stream()
                .findFirst()
                .map(row -> row.text("id"));
    }

    /// A flood of many rules must not fill the queue either, nor one agent's crowd out the others.
    private boolean full(Store.Session session, ExceptionReport report) {
        Store.Record waiting = session.query(
                        "select count(*) as everybody, coalesce(sum(case when agent = ? then 1 else 0 end), 0) as own"
                                + " from exception_case where tenant = ? and state in ('open', 'in-review')",
                        report.agent().value(),
                        report.tenant().value())
                .getFirst();
        return waiting.number("everybody") >= limits.openMax() || waiting.number("own") >= limits.agentMax();
    }

    private static ExceptionReport overflow(ExceptionReport report) {
        return new ExceptionReport(
                ExceptionKind.FLOOD,
                report.agent(),
                Optional.empty(),
                report.tenant(),
                Optional.empty(),
                FULL,
                report.owner(),
                "the queue is full: more exceptions of this agent are counted here",
                report.evidence(),
                ExceptionReport.Severity.HIGH);
    }

    private static void keep(Store.Session session, String id, List<Long> evidence) {
        long kept = session.query("select count(*) as kept from exception_evidence where exception_id = ?", id)
                .getFirst()
                .number("kept");
        for (Long index :
                evidence.stream().limit(Math.max(0, EVIDENCE_MAX - kept)).toList()) {
            session.update(
                    "insert into exception_evidence (exception_id, log_index) values (?, ?) on conflict do nothing",
                    id,
                    index);
        }
    }

    private String id() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
