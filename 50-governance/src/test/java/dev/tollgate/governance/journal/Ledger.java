// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.journal;

import dev.tollgate.governance.Changes;
import dev.tollgate.governance.change.Change;
import dev.tollgate.governance.exception.ExceptionCase;
import dev.tollgate.governance.exception.ExceptionKind;
import dev.tollgate.governance.exception.ExceptionQueue;
import dev.tollgate.governance.exception.QueueLimits;
import dev.tollgate.governance.journal.JournalEntry.Outcome;
import dev.tollgate.store.Store;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.TaskId;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.testing.Property;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// A gateway that journals what agents write to a system in memory, for a tenant of its own.
final class Ledger {
    static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    static final AgentId COPILOT = new AgentId("sales-copilot");

    private static final AtomicLong NUMBERS = new AtomicLong();

    final AtomicReference<Instant> now = new AtomicReference<>(START);
    final TenantId tenant = new TenantId("ledger-" + NUMBERS.incrementAndGet());
    final FakeRecords records;
    final ChangeJournal journal;
    final ExceptionQueue exceptions;
    final Rollback rollback;

    Ledger(Store store, FakeRecords records) {
        this.records = records;
        this.journal = new ChangeJournal(store, now::get);
        this.exceptions =
                new ExceptionQueue(store, now::get, Property.random(NUMBERS.incrementAndGet()), QueueLimits.DEFAULT);
        this.rollback = new Rollback(store, journal, exceptions, "RevOps", 1);
    }

    static SortedMap<String, Value> fields(String name, long value) {
        return new TreeMap<>(Map.of(name, Value.of(value)));
    }

    static Cause cause() {
        return new Cause(new TaskId("task-1"), new RuleId("a-rule"), "review-pipeline", 7, Optional.empty());
    }

    /// A change of the record as it is, not yet made.
    Change proposed(AgentId agent, RecordId id, SortedMap<String, Value> after) {
        SortedMap<String, Value> before = new TreeMap<>();
        after.keySet().forEach(name -> before.put(name, records.held(id).values.getOrDefault(name, Value.NULL)));
        return Changes.amount()
                .by(agent.value())
                .asked("alice", tenant.value())
                .of(id.value())
                .from(before)
                .to(after)
                .at(records.version(id).orElse(""))
                .change();
    }

    ChangeId begin(Change change) {
        ChangeId id = new ChangeId(tenant + "-" + NUMBERS.incrementAndGet());
        now.set(now.get().plusMillis(1));
        journal.before(id, change, cause());
        return id;
    }

    /// An agent's write, journalled from end to end.
    ChangeId write(AgentId agent, RecordId id, SortedMap<String, Value> after) {
        ChangeId change = begin(proposed(agent, id, after));
        records.agent(id, after);
        journal.after(tenant, change, Optional.of(id), after, records.version(id), Outcome.DONE);
        return change;
    }

    Selection last(int last) {
        return Selection.lastOf(tenant, COPILOT, last);
    }

    static List<Fate> fates(Step<List<Fate>> step) {
        return switch (step) {
            case Step.Passed<List<Fate>> passed -> passed.state();
            case Step.Refused<List<Fate>> refused ->
                throw new AssertionError(refused.why().explain());
        };
    }

    static List<Fate.End> ends(Step<List<Fate>> step) {
        return fates(step).stream().map(Fate::end).toList();
    }

    /// How many changes people were told of.
    long reported() {
        return exceptions.list(tenant, Optional.empty(), Optional.empty(), 200).items().stream()
                .filter(one -> one.report().kind() == ExceptionKind.ROLLBACK)
                .mapToLong(ExceptionCase::amount)
                .sum();
    }
}
