// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.journal;

import dev.tollgate.governance.Paged;
import dev.tollgate.governance.journal.RollbackRun.State;
import dev.tollgate.store.Crossing;
import dev.tollgate.store.PageQuery;
import dev.tollgate.store.Store;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Rollbacks that people ask for, in the store that all nodes share. Whoever asks, a command or a page,
/// needs no credential and no log: a node of the gateway, which has both, does the work. Every method
/// throws `StoreFailure` when the store fails.
public final class RollbackDesk {
    /// Runs of one tenant that wait at once: a person asks for one, and looks.
    static final int WAITING_MAX = 20;

    /// How long a node may take for one run of at most 10,000 changes. A node that died in it is replaced
    /// after that; two that run at once do no harm, because each change is claimed by one.
    private static final Duration CLAIM = Duration.ofMinutes(10);

    private static final int FORGET_MAX = 1_000;
    private static final int ID_BYTES = 16;
    private static final int WHY_CHARS_MAX = 1_000;

    private final Store store;
    private final InstantSource clock;
    private final RandomGenerator random;

    /// @param random gives ids
    public RollbackDesk(Store store, InstantSource clock, RandomGenerator random) {
        this.store = store;
        this.clock = clock;
        this.random = random;
    }

    /// Asks for a rollback, or for its preview.
    ///
    /// @param apply false looks, true takes back
    /// @param why   1 to 1,000 characters
    /// @return the run's id, or `Malformed` when it selects nothing or nothing is said, or too many wait
    public Step<String> ask(Selection which, boolean apply, UserId by, String why) {
        if (!which.narrow()) {
            return malformed("name an agent, a time, a rule or a task");
        }
        if (why.isBlank() || why.length() > WHY_CHARS_MAX) {
            return malformed("a reason has 1 to 1,000 characters");
        }
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        String id = HexFormat.of().formatHex(bytes);
        Instant now = clock.instant();
        return store.write(which.tenant(), session -> {
            session.lock("rollbacks/" + which.tenant());
            long waiting = session.query(
                            "select count(*) as waiting from rollback_run"
                                    + " where tenant = ? and state in ('queued', 'running')",
                            which.tenant().value())
                    .getFirst()
                    .number("waiting");
            if (waiting >= WAITING_MAX) {
                return malformed("20 rollbacks wait already: look at what became of them first");
            }
            session.update(
                    "insert into rollback_run (id, tenant, which, apply, asked_by, why, asked_at, state)"
                            + " values (?, ?, ?, ?, ?, ?, ?, 'queued')",
                    id,
                    which.tenant().value(),
                    RollbackRows.text(which),
                    apply,
                    by.value(),
                    why,
                    now);
            return Step.pass(id);
        });
    }

    /// Takes the next run on, the oldest first.
    public Optional<RollbackRun> next() {
        Instant now = clock.instant();
        Optional<Store.Record> waiting = store.read(
                Crossing.ROLLBACK,
                session -> session.one(
                        "select id from rollback_run where state = 'queued'"
                                + " or (state = 'running' and claimed_until <= ?)"
                                + " order by asked_at, id limit 1",
                        now));
        return waiting.flatMap(row -> store.write(
                Crossing.ROLLBACK,
                session -> session.update(
                                        "update rollback_run set state = 'running', claimed_until = ? where id = ?"
                                                + " and (state = 'queued'"
                                                + " or (state = 'running' and claimed_until <= ?))",
                                        now.plus(CLAIM),
                                        row.text("id"),
                                        now)
                                == 1
                        ? RollbackRows.find(session, row.text("id"))
                        : Optional.<RollbackRun>empty()));
    }

    /// Records what became of a run.
    public void end(RollbackRun run, List<Fate> fates) {
        store.write(run.which().tenant(), session -> {
            session.update("delete from rollback_fate where run = ?", run.id());
            List<List<Object>> rows = new ArrayList<>();
            for (Fate fate : fates) {
                rows.add(List.of(
                        run.id(),
                        (long) rows.size(),
                        fate.entry().id().value(),
                        fate.end().word(),
                        fate.by().orElse("")));
            }
            session.updateEach(
                    "insert into rollback_fate (run, position, change_id, fate, edited_by) values (?, ?, ?, ?, ?)",
                    rows);
            return ended(session, run, State.DONE, "");
        });
    }

    /// Records that a run came to nothing, or not to its end.
    ///
    /// @param problem one sentence without customer data, and what to do next
    public void fail(RollbackRun run, String problem) {
        store.write(run.which().tenant(), session -> ended(session, run, State.FAILED, problem));
    }

    private int ended(Store.Session session, RollbackRun run, State state, String problem) {
        return session.update(
                "update rollback_run set state = ?, ended_at = ?, problem = ? where id = ?",
                state.word(),
                clock.instant(),
                problem.isEmpty() ? null : problem,
                run.id());
    }

    /// Forgets up to 1,000 lines of runs that ended before `before`, and the runs when no line is left.
    ///
    /// @return how many lines and runs
    public int forget(Instant before) {
        List<String> old =
                store.read(
                        Crossing.RETENTION,
                        session -> session
                                .query(
                                        "select id from rollback_run where ended_at < ? order by ended_at limit 1",
                                        before)
                                .stream()
                                .map(row -> row.text("id"))
                                .toList());
        return old.isEmpty()
                ? 0
                : store.write(Crossing.RETENTION, session -> {
                    int lines = session.update(
                            "delete from rollback_fate where run = ? and position in"
                                    + " (select position from rollback_fate where run = ? order by position limit "
                                    + FORGET_MAX + ")",
                            old.getFirst(),
                            old.getFirst());
                    return lines > 0 ? lines : session.update("delete from rollback_run where id = ?", old.getFirst());
                });
    }

    /// A run of a tenant.
    public Optional<RollbackRun> find(TenantId tenant, String id) {
        return store.read(tenant, session -> RollbackRows.find(session, id))
                .filter(run -> run.which().tenant().equals(tenant));
    }

    /// What became of the changes of a run, the newest first.
    ///
    /// @param from  how many to leave out
    /// @param limit 1 to `Paged.LIMIT_MAX`
    public List<RollbackRun.Line> lines(TenantId tenant, String id, int from, int limit) {
        return store.read(
                tenant,
                session -> RollbackRows.lines(
                        session, tenant, id, Math.max(0, from), Math.clamp(limit, 1, Paged.LIMIT_MAX)));
    }

    /// Runs of a tenant, the newest first.
    public Paged<RollbackRun> list(TenantId tenant, Optional<String> cursor, int limit) {
        PageQuery query = new PageQuery(
                "rollback_run",
                RollbackRows.COLUMNS,
                List.of(new PageQuery.Filter("tenant", PageQuery.Test.EQUALS, tenant.value())),
                List.of(new PageQuery.Key("asked_at", true), new PageQuery.Key("id", true)),
                List.of(),
                Math.clamp(limit, 1, Paged.LIMIT_MAX));
        return store.read(
                tenant, session -> Paged.read(session, query, cursor, row -> RollbackRows.read(session, row)));
    }

    private static <T> Step<T> malformed(String why) {
        return Step.refuse(new Refusal.Malformed(List.of(why)));
    }
}
