// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.course;

import dev.tollgate.store.Store;
import dev.tollgate.store.StoreFailure;
import dev.tollgate.terms.Delegation;
import dev.tollgate.terms.Digest;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.WorkflowId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Remembers what was fulfilled in tasks, in the store, so that every node and every session of the task knows it. Only
/// the gateway writes here, after it has seen the answer of a system; what an agent says is nowhere. A task of another
/// person, tenant, customer, case or workflow is another task. Safe for many threads.
public final class Fulfilments {
    private static final Logger LOG = LoggerFactory.getLogger(Fulfilments.class);
    private static final int FORGET_MAX = 1_000;

    private final Store store;
    private final InstantSource clock;

    public Fulfilments(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /// What counts as fulfilled for an operation of a task. Refuses with `Undecidable` when the store cannot say.
    public Step<Set<String>> completed(Principal who, Operation operation) {
        String task = task(who);
        try {
            List<Store.Record> rows = store.read(session -> session.query(
                    "select name, about_system, about_object, about_record from fulfilment"
                            + " where task = ? and ends_at > ?",
                    task,
                    clock.instant()));
            Set<String> names = new TreeSet<>();
            rows.stream()
                    .filter(row -> about(row).map(one -> one.counts(operation)).orElse(true))
                    .forEach(row -> names.add(row.text("name")));
            return Step.pass(Set.copyOf(names));
        } catch (StoreFailure failure) {
            LOG.atWarn().addKeyValue("kind", failure.kind()).log("what a task fulfilled cannot be read");
            return Step.refuse(new Refusal.Undecidable("what was completed before cannot be read now"));
        }
    }

    /// Remembers what was fulfilled. Refuses with `Undecidable` when it cannot be written: then it must not be told.
    public Step<Boolean> fulfilled(Principal who, Fulfilment what) {
        String task = task(who);
        Instant until = clock.instant().plus(what.holds());
        try {
            return Step.pass(store.write(session -> session.update(
                            "insert into fulfilment (task, name, about_system, about_object, about_record, ends_at)"
                                    + " values (?, ?, ?, ?, ?, ?)"
                                    + " on conflict (task, name, about_system, about_object, about_record)"
                                    + " do update set ends_at = excluded.ends_at",
                            task,
                            what.name(),
                            what.about().map(one -> one.system().value()).orElse(""),
                            what.about().map(Fulfilment.About::object).orElse(""),
                            what.about().map(one -> one.record().value()).orElse(""),
                            until))
                    == 1);
        } catch (StoreFailure failure) {
            LOG.atWarn().addKeyValue("kind", failure.kind()).log("what a task fulfilled cannot be remembered");
            return Step.refuse(new Refusal.Undecidable("what was completed cannot be remembered now"));
        }
    }

    /// Forgets what no longer counts, up to 1,000 rows. Call it now and then.
    ///
    /// @return how many rows were forgotten
    public int forget() {
        Instant now = clock.instant();
        return store.write(session -> session.update(
                "delete from fulfilment where (task, name, about_system, about_object, about_record) in"
                        + " (select task, name, about_system, about_object, about_record from fulfilment"
                        + " where ends_at < ? order by ends_at limit "
                        + FORGET_MAX
                        + ")",
                now));
    }

    private static Optional<Fulfilment.About> about(Store.Record row) {
        String record = row.text("about_record");
        return record.isEmpty()
                ? Optional.empty()
                : Optional.of(new Fulfilment.About(
                        new SystemId(row.text("about_system")), row.text("about_object"), new RecordId(record)));
    }

    /// The task as the store knows it, unreadable. An agent that a task is handed on to works on the same task.
    private static String task(Principal who) {
        Delegation delegation = who.delegation();
        return Digest.of(Value.texts(List.of(
                        "fulfilment",
                        who.tenant().value(),
                        who.user().value(),
                        delegation.task().value(),
                        delegation.workflow().map(WorkflowId::value).orElse(""),
                        delegation.customer().orElse(""),
                        delegation.caseId().orElse(""))))
                .text();
    }
}
