// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.remedy;

import dev.tollgate.audit.AuditLog;
import dev.tollgate.catalog.FieldType;
import dev.tollgate.catalog.ObjectType;
import dev.tollgate.catalog.WriteClass;
import dev.tollgate.connectors.Connector;
import dev.tollgate.connectors.Row;
import dev.tollgate.connectors.Rows;
import dev.tollgate.governance.journal.JournalEntry;
import dev.tollgate.governance.journal.Restorer;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.DecisionPoint;
import dev.tollgate.policy.Restorations;
import dev.tollgate.policy.token.TokenMint;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RequestId;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Verb;
import dev.tollgate.terms.Write;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/// Reads and restores records through the connectors. Each step is decided under the rule
/// `rollback`, has an entry in the log before it is done, and a decision token of its own that
/// names exactly this operation on this record in this state. A connector gives a rollback nothing
/// that it would not give a call.
final class ConnectorRestorer implements Restorer {
    /// The tool in the log, and where the changes end.
    private static final ToolName TOOL = new ToolName("rollback");

    private final RemedyRoom room;
    private final DecisionPoint policy;
    private final Restorations permission;
    private final Principal who;
    private final RemedyEntries entries;
    private final String run;
    private final AtomicLong steps = new AtomicLong();

    ConnectorRestorer(RemedyRoom room, DecisionPoint policy, Principal who, String run) {
        this.room = room;
        this.policy = policy;
        this.permission = new Restorations(policy.bundle(), policy.ids());
        this.who = who;
        this.entries = new RemedyEntries(who, policy.bundle().version());
        this.run = run;
    }

    @Override
    public Optional<Current> current(JournalEntry entry) {
        List<String> fields = fields(entry);
        Operation.Get asked = new Operation.Get(target(entry, Verb.READ), record(entry), fields, List.of());
        Decision decision = permission.decide(who.tenant(), asked, room.clock().instant());
        Operation reading = asked.narrowed(fields, decision.rules());
        // Nothing is decided about what is read: there is no entry before this one to point at.
        TokenMint.Minted minted = room.mint().mintHere(who, decision, reading, 0);
        RequestId request = request();
        recorded(room.log().record(entries.examined(request, room.clock().instant(), reading, minted.token())));
        return switch (connector(entry).execute(minted.jws(), reading)) {
            case Step.Refused<Rows> refused -> absent(refused.why());
            case Step.Passed<Rows> passed ->
                passed.state().rows().stream().findFirst().map(row -> held(entry, row));
        };
    }

    private static Optional<Current> absent(Refusal why) {
        if (why instanceof Refusal.NotFound) {
            return Optional.empty();
        }
        throw new Failed(why.code());
    }

    private static Current held(JournalEntry entry, Row row) {
        SortedMap<String, Value> values = new TreeMap<>();
        entry.touched().forEach(name -> values.put(name, row.fields().getOrDefault(name, Value.NULL)));
        return new Current(values, row.version(), Optional.empty());
    }

    @Override
    public Restored restore(JournalEntry entry, Optional<String> expectedVersion) {
        Write asked = write(entry, expectedVersion);
        Decision decision = permission.decide(who.tenant(), asked, room.clock().instant());
        Operation writing = asked.narrowed(asked.fields(), decision.rules());
        RequestId request = request();
        long index =
                recorded(room.log().record(entries.decided(request, room.clock().instant(), decision, writing)));
        TokenMint.Minted minted = room.mint().mintHere(who, decision, writing, index);
        Step<Rows> step = connector(entry).execute(minted.jws(), writing);
        Optional<Row> row = step instanceof Step.Passed<Rows> passed
                ? passed.state().rows().stream().findFirst()
                : Optional.empty();
        Optional<Refusal> refusal =
                step instanceof Step.Refused<Rows> refused ? Optional.of(refused.why()) : Optional.empty();
        CompletableFuture<Step<AuditLog.Recorded>> ended = room.log()
                .recordAsync(entries.ended(
                        request,
                        index,
                        entry,
                        writing,
                        minted.token(),
                        room.clock().instant(),
                        refusal));
        if (refusal.isEmpty()) {
            // What was done is done: an outcome that cannot be written leaves a decision without one, which
            // `audit verify` reports. The journal hears of it meanwhile.
            return new Restored.Done(row.flatMap(Row::version), () -> recorded(ended.join()));
        }
        recorded(ended.join());
        return refused(refusal.get());
    }

    private static Restored refused(Refusal why) {
        if (why instanceof Refusal.StaleRecord || why instanceof Refusal.NotFound) {
            return new Restored.Edited();
        }
        throw new Failed(why.code());
    }

    private Write write(JournalEntry entry, Optional<String> version) {
        SortedMap<String, Value> before = new TreeMap<>(entry.change().before());
        return switch (entry.kind()) {
            case MADE -> new Write.Delete(target(entry, Verb.DELETE), record(entry), version, List.of());
            case CHANGED ->
                new Write.Update(target(entry, Verb.WRITE), record(entry), before, version, fields(entry), List.of());
            case REMOVED -> {
                before.keySet().removeAll(own(entry));
                before.values().removeIf(Value.Null.class::isInstance);
                yield new Write.Create(target(entry, Verb.CREATE), before, List.of(idField(entry)), List.of());
            }
        };
    }

    private List<String> fields(JournalEntry entry) {
        TreeSet<String> fields = new TreeSet<>(entry.touched());
        fields.add(idField(entry));
        return new ArrayList<>(fields);
    }

    /// What the system itself gives a new record: its id, stamps, what it computes. What says whose
    /// the record is goes along, or the record would stand outside the wall. What was empty stays
    /// empty.
    private Set<String> own(JournalEntry entry) {
        ObjectType object = object(entry);
        Set<String> own = new HashSet<>();
        for (FieldType field : object.fields()) {
            boolean whose = object.facts().entrySet().stream()
                    .anyMatch(fact ->
                            fact.getKey() != Fact.UPDATED && fact.getValue().equals(field.name()));
            if (field.name().equals(object.idField()) || (field.writeClass() == WriteClass.SYSTEM && !whose)) {
                own.add(field.name());
            }
        }
        return own;
    }

    private String idField(JournalEntry entry) {
        return object(entry).idField();
    }

    private ObjectType object(JournalEntry entry) {
        return policy.bundle()
                .catalog()
                .object(
                        entry.change().target().system(),
                        entry.change().target().object())
                .orElseThrow(() -> new Failed("no contract in force knows the object"));
    }

    private static RecordId record(JournalEntry entry) {
        return entry.record().orElseThrow(() -> new Failed("the journal does not know the record"));
    }

    private static Operation.Target target(JournalEntry entry, Verb verb) {
        Operation.Target made = entry.change().target();
        return new Operation.Target(made.system(), made.object(), TOOL, verb, TOOL.value());
    }

    private Connector connector(JournalEntry entry) {
        SystemId system = entry.change().target().system();
        return policy.bundle()
                .catalog()
                .contract(system)
                .flatMap(room.connectors()::of)
                .orElseThrow(() -> new Failed("the system is not connected"));
    }

    private RequestId request() {
        return new RequestId(run + "-" + steps.incrementAndGet());
    }

    private static long recorded(Step<AuditLog.Recorded> step) {
        return switch (step) {
            case Step.Passed<AuditLog.Recorded> passed -> passed.state().logIndex();
            case Step.Refused<AuditLog.Recorded> refused ->
                throw new Failed(refused.why().code());
        };
    }
}
