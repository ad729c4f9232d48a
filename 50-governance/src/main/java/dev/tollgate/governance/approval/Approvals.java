// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.approval;

import dev.tollgate.governance.Paged;
import dev.tollgate.governance.change.Change;
import dev.tollgate.governance.note.Note;
import dev.tollgate.store.PageQuery;
import dev.tollgate.store.Store;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// Changes that wait for people, in the store that all nodes share (requirement B-3). An approval covers
/// one change: the same fields with the same values of the same version of the record, under the same
/// policy, by the same agent for the same person, once, for as long as its elevation lasts. Safe for many
/// threads when `random` is. Every method throws `StoreFailure` when the store fails: then nobody has
/// approved anything.
public final class Approvals {
    private static final String PENDING_BUDGET = "pending-approvals";

    private final Store store;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final ApprovalLimits limits;
    private final Voting voting;

    /// @param random unpredictable: ids and nonces come from it
    /// @param alarm  is told of decoys that somebody approved
    public Approvals(
            Store store, InstantSource clock, RandomGenerator random, ApprovalLimits limits, DecoyAlarm alarm) {
        this.store = store;
        this.clock = clock;
        this.random = random;
        this.limits = limits;
        this.voting = new Voting(limits, alarm);
    }

    /// Puts a change before people. The same change that is waiting already keeps its id; an older one of
    /// the same call, which something has overtaken, is voided.
    ///
    /// @return the id, or `Malformed` when the change is too large to be shown whole, or `OverBudget` when
    ///     too many wait
    public Step<ApprovalId> request(Change change, Demand demand) {
        if (change.bytes() > Change.BYTES_MAX) {
            return Step.refuse(new Refusal.Malformed(
                    List.of("the change has more than " + Change.BYTES_MAX + " bytes and cannot be shown whole")));
        }
        String id = ApprovalId.random(random);
        String nonce = ApprovalId.random(random);
        Instant now = now();
        return store.write(change.tenant(), session -> {
            session.lock("approvals/" + change.tenant());
            Optional<ApprovalId> same = Matching.waiting(session, change, now);
            if (same.isPresent()) {
                return Step.pass(same.get());
            }
            Matching.overtake(session, change, "pending", now);
            Optional<Refusal> full = full(session, change, now);
            if (full.isPresent()) {
                return Step.refuse(full.get());
            }
            ApprovalRows.insert(session, id, nonce, change, demand, now, false);
            return Step.pass(new ApprovalId(id));
        });
    }

    /// Plants a decoy: for people it looks like any other change; approving it executes nothing and is
    /// reported.
    ///
    /// @param by who plants it, for the audit log
    /// @return nothing when decoys are switched off
    public Optional<ApprovalId> plantDecoy(Change change, Demand demand, String by) {
        if (!limits.decoys()) {
            return Optional.empty();
        }
        String id = ApprovalId.random(random);
        String nonce = ApprovalId.random(random);
        Instant now = now();
        store.write(change.tenant(), session -> {
            ApprovalRows.insert(session, id, nonce, change, demand, now, true);
            ApprovalRows.noted(session, id, Note.Event.DECOY_PLANTED, by, "why", Objection.DECOY.name(), now);
            return true;
        });
        return Optional.of(new ApprovalId(id));
    }

    /// An approval of a tenant, for its people.
    public Optional<Approval> find(TenantId tenant, ApprovalId id) {
        Instant now = now();
        return store.read(
                tenant, session -> ApprovalRows.find(session, tenant, id, now).map(ApprovalRows.Stored::approval));
    }

    /// What waits for people of a tenant, the oldest first.
    ///
    /// @param cursor nothing for the first page
    /// @param limit  1 to `Paged.LIMIT_MAX`
    public Paged<Approval> open(TenantId tenant, Optional<String> cursor, int limit) {
        List<PageQuery.Filter> filters = List.of(
                new PageQuery.Filter("tenant", PageQuery.Test.EQUALS, tenant.value()),
                new PageQuery.Filter("state", PageQuery.Test.EQUALS, "pending"),
                new PageQuery.Filter("expires_at", PageQuery.Test.AT_LEAST, now().plus(1, ChronoUnit.MICROS)));
        return page(tenant, filters, false, cursor, limit);
    }

    /// Every approval of a tenant, the newest first.
    public Paged<Approval> history(TenantId tenant, Optional<String> cursor, int limit) {
        return page(
                tenant,
                List.of(new PageQuery.Filter("tenant", PageQuery.Test.EQUALS, tenant.value())),
                true,
                cursor,
                limit);
    }

    /// A short text that differs whenever an approval of a tenant was asked for, voted on, or changed its state.
    public String pulse(TenantId tenant) {
        return store.read(tenant, session -> {
            List<Store.Record> states = session.query(
                    "select state, count(*) as many, max(asked_at) as newest from approval where tenant = ?"
                            + " group by state order by state",
                    tenant.value());
            long votes = session.query(
                            "select count(*) as many from approval_vote v join approval a on a.id = v.approval"
                                    + " where a.tenant = ? and a.state = 'pending'",
                            tenant.value())
                    .getFirst()
                    .number("many");
            return states.stream()
                    .map(row -> row.text("state") + row.number("many") + "/" + row.number("newest"))
                    .collect(Collectors.joining(" ", "", " " + votes));
        });
    }

    /// How an approval stands, for the agent that asked and nobody else: to others it does not exist.
    public Optional<ApprovalStatus> status(ApprovalId id, AgentId agent, UserId user, TenantId tenant) {
        return find(tenant, id)
                .filter(approval -> approval.change().agent().equals(agent)
                        && approval.change().user().equals(user))
                .map(ApprovalStatus::of);
    }

    /// Records that an approver has the whole change before their eyes. The first time counts.
    ///
    /// @return the approval, as `find` would
    public Optional<Approval> shown(ApprovalId id, Approver approver) {
        Instant now = now();
        return store.write(approver.tenant(), session -> {
            Optional<ApprovalRows.Stored> found = ApprovalRows.find(session, approver.tenant(), id, now);
            found.ifPresent(stored -> session.update(
                    "insert into approval_shown (approval, approver, shown_at) values (?, ?, ?)"
                            + " on conflict do nothing",
                    id.value(),
                    approver.user().value(),
                    now));
            return found.map(ApprovalRows.Stored::approval);
        });
    }

    /// Records what a person decides.
    ///
    /// @param justification up to 2,000 characters
    /// @return what became of it, or `ApprovalRefused` with an `Objection`'s words, or `Malformed`
    public Step<Decided> decide(
            ApprovalId id, Approver approver, Approval.Verdict verdict, String justification, Optional<StepUp> stepUp) {
        if (justification.length() > Demand.JUSTIFICATION_CHARS_MAX) {
            return Step.refuse(new Refusal.Malformed(List.of("`/justification` has more than 2,000 characters")));
        }
        Instant now = now();
        Voting.Ballot ballot = new Voting.Ballot(id, approver, verdict, justification, stepUp);
        return store.write(approver.tenant(), session -> voting.decide(session, ballot, now));
    }

    /// Whether people have approved exactly this change. An approval of the same call that does not cover
    /// it any more is voided for good, and the answer says why.
    public Standing evidence(Change change) {
        Instant now = now();
        Standing standing = store.read(change.tenant(), session -> Matching.standing(session, change, now));
        if (standing instanceof Standing.Overtaken overtaken
                && !overtaken.why().why().equals(Objection.REJECTED.words())) {
            store.write(change.tenant(), session -> Matching.overtake(session, change, "granted", now));
        }
        return standing;
    }

    /// Uses an approval up, in the caller's transaction: of all that try, on all nodes, exactly one passes.
    /// A caller that is refused must end its transaction without executing anything.
    ///
    /// @param change the change as it will be executed; anything but the approved one is refused
    public Step<ApprovalId> consume(Store.Session session, ApprovalId id, Change change) {
        Instant now = now();
        session.within(change.tenant());
        int used = session.update(
                "update approval set state = 'consumed' where id = ? and bound = ? and state = 'granted'"
                        + " and decoy = 0 and granted_until > ?",
                id.value(),
                change.bound().text(),
                now);
        if (used == 1) {
            return Step.pass(id);
        }
        Objection why = ApprovalRows.find(session, change.tenant(), id, now)
                .filter(stored -> !stored.decoy())
                .map(stored -> Matching.unusable(stored.approval(), change))
                .orElse(Objection.UNKNOWN);
        return Step.refuse(why.refusal(id));
    }

    /// Voids every pending or granted approval of the changes that a kill switch covers (requirement B-12).
    ///
    /// @return how many
    public int revoke(Predicate<Change> covered) {
        return Ending.revoke(store, covered, now());
    }

    /// Ends up to 1,000 approvals whose time is over, so that the audit log tells of each. They count for
    /// nothing before that either.
    ///
    /// @return how many
    public int expire() {
        return Ending.expire(store, now());
    }

    /// Forgets up to 1,000 approvals that ended before `before`, with the values that they hold.
    ///
    /// @return how many
    public int forget(Instant before) {
        return Ending.forget(store, before);
    }

    private Optional<Refusal> full(Store.Session session, Change change, Instant now) {
        Store.Record waiting = session.query(
                        "select count(*) as everybody, coalesce(sum(case when agent = ? then 1 else 0 end), 0) as own"
                                + " from approval where tenant = ? and state = 'pending' and decoy = 0"
                                + " and expires_at > ?",
                        change.agent().value(),
                        change.tenant().value(),
                        now)
                .getFirst();
        if (waiting.number("own") < limits.pendingPerAgentMax()
                && waiting.number("everybody") < limits.pendingPerTenantMax()) {
            return Optional.empty();
        }
        Instant first = session.query(
                        "select min(expires_at) as first from approval where tenant = ? and state = 'pending'"
                                + " and expires_at > ?",
                        change.tenant().value(),
                        now)
                .getFirst()
                .numberIfAny("first")
                .map(micros -> Instant.EPOCH.plus(micros, ChronoUnit.MICROS))
                .orElse(now);
        return Optional.of(new Refusal.OverBudget(PENDING_BUDGET, Duration.between(now, first)));
    }

    private Paged<Approval> page(
            TenantId tenant, List<PageQuery.Filter> filters, boolean newest, Optional<String> cursor, int limit) {
        PageQuery query = new PageQuery(
                "approval",
                ApprovalRows.COLUMNS,
                filters,
                List.of(new PageQuery.Key("asked_at", newest), new PageQuery.Key("id", newest)),
                List.of(),
                Math.clamp(limit, 1, Paged.LIMIT_MAX));
        Instant now = now();
        return store.read(
                tenant, session -> Paged.read(session, query, cursor, row -> ApprovalRows.approval(session, row, now)));
    }

    private Instant now() {
        return clock.instant();
    }
}
