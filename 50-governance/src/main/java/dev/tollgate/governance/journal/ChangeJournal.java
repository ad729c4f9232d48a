// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.journal;

import dev.tollgate.governance.Paged;
import dev.tollgate.governance.change.Change;
import dev.tollgate.governance.change.ChangeText;
import dev.tollgate.governance.journal.JournalEntry.Outcome;
import dev.tollgate.store.Crossing;
import dev.tollgate.store.PageQuery;
import dev.tollgate.store.Store;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.Value;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// Every change that agents make, written down before it is made (requirements S4-18, S4-21), in
/// the store that all nodes share. Every method throws `StoreFailure` when the store fails: then
/// nothing may be executed.
public final class ChangeJournal {
    /// Changes that one clean-up removes at most, so that it never holds up the changes behind it.
    private static final int FORGET_MAX = 1_000;

    private final Store store;
    private final InstantSource clock;

    /// A journal in `store`.
    public ChangeJournal(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /// Writes down, in the caller's transaction, a change that is about to be made. Execute it only
    /// once that transaction is durable.
    ///
    /// @param id new; a second change of the same id fails
    public void before(Store.Session session, ChangeId id, Change change, Cause cause) {
        before(session, id, change, ChangeText.of(change), cause);
    }

    /// The same with the change's text, made before the transaction: one thread makes all changes
    /// of an embedded store.
    public void before(Store.Session session, ChangeId id, Change change, String text, Cause cause) {
        session.within(change.tenant());
        String record = change.record().map(RecordId::value).orElse(null);
        String system = change.target().system().value();
        String object = change.target().object();
        if (record != null) {
            session.lock("journal/" + system + "/" + object + "/" + record);
        }
        session.update(
                "insert into journal_change (id, tenant, agent, user_id, task, rule, system, object, record_id, change,"
                        + " reason, decision_index, said, at, outcome, seq) select ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                        + " ?, ?,"
                        + " 'unknown', coalesce(max(seq) + 1, 0) from journal_change"
                        + " where tenant = ? and system = ? and object = ? and record_id = ?",
                id.value(),
                change.tenant().value(),
                change.agent().value(),
                change.user().value(),
                cause.task().value(),
                cause.rule().value(),
                system,
                object,
                record,
                text,
                cause.reason(),
                cause.decisionIndex(),
                cause.said().orElse(null),
                clock.instant(),
                change.tenant().value(),
                system,
                object,
                record);
    }

    /// As `before`, durable when this returns.
    public void before(ChangeId id, Change change, Cause cause) {
        store.write(session -> {
            before(session, id, change, cause);
            return true;
        });
    }

    /// Completes a change. One that is never completed counts as `UNKNOWN` and is not taken back by
    /// itself.
    ///
    /// @param tenant     whose change it is
    /// @param record     the record, which a new one has only now
    /// @param after      the touched fields as the system holds them now; empty when it failed or
    ///                   deleted
    /// @param newVersion the record's version now, where it has one
    /// @return false when there is no such change, or it was completed before
    public boolean after(
            TenantId tenant,
            ChangeId id,
            Optional<RecordId> record,
            SortedMap<String, Value> after,
            Optional<String> newVersion,
            Outcome outcome) {
        return store.write(tenant, completed(id, record, after, newVersion, outcome));
    }

    /// As `after`, but completes when that is durable.
    public CompletableFuture<Boolean> afterAsync(
            TenantId tenant,
            ChangeId id,
            Optional<RecordId> record,
            SortedMap<String, Value> after,
            Optional<String> newVersion,
            Outcome outcome) {
        Function<Store.Session, Boolean> completed = completed(id, record, after, newVersion, outcome);
        return store.writeAsync(session -> {
            session.within(tenant);
            return completed.apply(session);
        });
    }

    private Function<Store.Session, Boolean> completed(
            ChangeId id,
            Optional<RecordId> record,
            SortedMap<String, Value> after,
            Optional<String> newVersion,
            Outcome outcome) {
        String image = ChangeText.of(after);
        return session -> session.update(
                        "update journal_change set outcome = ?, after_image = ?, new_version = ?, finished_at = ?,"
                                + " record_id = coalesce(record_id, ?) where id = ? and finished_at is null",
                        JournalRows.word(outcome),
                        image,
                        newVersion.orElse(null),
                        clock.instant(),
                        record.map(RecordId::value).orElse(null),
                        id.value())
                == 1;
    }

    /// Forgets up to 1,000 changes that began before `before`, with the values that they hold, the
    /// oldest first. What is forgotten cannot be taken back any more.
    ///
    /// @return how many
    public int forget(Instant before) {
        List<List<String>> old =
                store.read(
                        Crossing.RETENTION,
                        session -> session
                                .query(
                                        "select id from journal_change where at < ? order by at limit " + FORGET_MAX,
                                        before)
                                .stream()
                                .map(row -> List.of(row.text("id")))
                                .toList());
        return old.isEmpty()
                ? 0
                : store.write(
                        Crossing.RETENTION,
                        session -> session.updateEach("delete from journal_change where id = ?", old));
    }

    /// A change of a tenant.
    public Optional<JournalEntry> find(TenantId tenant, ChangeId id) {
        return store.read(
                tenant,
                session -> session.one(JournalRows.SELECT + " where id = ? and tenant = ?", id.value(), tenant.value())
                        .map(JournalRows::read));
    }

    /// Changes for people, the newest first.
    ///
    /// @param which  its `last` is not looked at
    /// @param cursor nothing for the first page
    public Paged<JournalEntry> list(Selection which, Optional<String> cursor, int limit) {
        List<PageQuery.Filter> filters = new ArrayList<>();
        filters.add(new PageQuery.Filter(
                "tenant", PageQuery.Test.EQUALS, which.tenant().value()));
        which.agent()
                .ifPresent(agent -> filters.add(new PageQuery.Filter("agent", PageQuery.Test.EQUALS, agent.value())));
        which.from().ifPresent(from -> filters.add(new PageQuery.Filter("at", PageQuery.Test.AT_LEAST, from)));
        which.to().ifPresent(to -> filters.add(new PageQuery.Filter("at", PageQuery.Test.LESS, to)));
        which.rule().ifPresent(rule -> filters.add(new PageQuery.Filter("rule", PageQuery.Test.EQUALS, rule.value())));
        which.task().ifPresent(task -> filters.add(new PageQuery.Filter("task", PageQuery.Test.EQUALS, task.value())));
        PageQuery query = new PageQuery(
                "journal_change",
                JournalRows.COLUMNS,
                filters,
                List.of(new PageQuery.Key("at", true), new PageQuery.Key("id", true)),
                List.of(),
                Math.clamp(limit, 1, Paged.LIMIT_MAX));
        return store.read(which.tenant(), session -> Paged.read(session, query, cursor, JournalRows::read));
    }

    /// The newest changes of a selection that were made or may have been, the newest first; those
    /// of one record in the order in which they were made.
    List<JournalEntry> select(Selection which) {
        StringBuilder sql = new StringBuilder(JournalRows.SELECT).append(" where tenant = ? and outcome <> 'failed'");
        List<Object> args = new ArrayList<>();
        args.add(which.tenant().value());
        which.agent().ifPresent(agent -> with(sql, " and agent = ?", args, agent.value()));
        which.from().ifPresent(from -> with(sql, " and at >= ?", args, from));
        which.to().ifPresent(to -> with(sql, " and at < ?", args, to));
        which.rule().ifPresent(rule -> with(sql, " and rule = ?", args, rule.value()));
        which.task().ifPresent(task -> with(sql, " and task = ?", args, task.value()));
        with(sql, " order by at desc, seq desc, id desc limit ?", args, which.last());
        return store.read(
                which.tenant(),
                session -> session.query(sql.toString(), args.toArray()).stream()
                        .map(JournalRows::read)
                        .toList());
    }

    private static void with(StringBuilder sql, String fragment, List<Object> args, Object arg) {
        sql.append(fragment);
        args.add(arg);
    }

    /// Every change of the entry's record that was made or may have been, the oldest first.
    List<JournalEntry> ofSameRecord(JournalEntry entry) {
        return store.read(
                entry.change().tenant(),
                session -> session
                        .query(
                                JournalRows.SELECT + " where tenant = ? and system = ? and object = ? and record_id = ?"
                                        + " and outcome <> 'failed' order by seq, at, id",
                                entry.change().tenant().value(),
                                entry.change().target().system().value(),
                                entry.change().target().object(),
                                entry.record().map(RecordId::value).orElse(""))
                        .stream()
                        .map(JournalRows::read)
                        .toList());
    }

    /// Begins to take a change back, unless another does, or did.
    ///
    /// @param until when another may try, should this one never end
    boolean claim(JournalEntry entry, Optional<String> from, Instant until) {
        return store.write(
                entry.change().tenant(),
                session -> session.update(
                                "update journal_change set revert = 'begun', revert_from = ?, claimed_until = ?"
                                        + " where id = ?"
                                        + " and (revert is null or revert = 'conflict'"
                                        + " or (revert = 'begun' and claimed_until <= ?))",
                                from.orElse(null),
                                until,
                                entry.id().value(),
                                clock.instant())
                        == 1);
    }

    /// Records that a change is taken back.
    ///
    /// @param to the record's version now; nothing when there is none, or it cannot be told
    void reverted(JournalEntry entry, Optional<String> to) {
        store.write(
                entry.change().tenant(),
                session -> session.update(
                        "update journal_change set revert = 'done', revert_to = ?, reverted_at = ? where id = ?",
                        to.orElse(null),
                        clock.instant(),
                        entry.id().value()));
    }

    /// Records, in the caller's transaction, that a change could not be taken back.
    ///
    /// @return true the first time
    boolean conflict(Store.Session session, JournalEntry entry) {
        session.within(entry.change().tenant());
        return session.update(
                        "update journal_change set revert = 'conflict'"
                                + " where id = ? and (revert is null or revert = 'begun')",
                        entry.id().value())
                == 1;
    }

    Instant now() {
        return clock.instant();
    }
}
