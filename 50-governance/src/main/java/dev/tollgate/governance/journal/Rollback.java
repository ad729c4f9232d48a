// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.journal;

import dev.tollgate.governance.change.Change;
import dev.tollgate.governance.exception.ExceptionKind;
import dev.tollgate.governance.exception.ExceptionQueue;
import dev.tollgate.governance.exception.ExceptionReport;
import dev.tollgate.governance.journal.Fate.End;
import dev.tollgate.governance.journal.JournalEntry.RevertState;
import dev.tollgate.store.Store;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Takes changes back, the newest first, and never overwrites what somebody wrote since
/// (requirements S4-21, B-7). What it cannot take back goes to the exception queue, once. Running
/// it again changes nothing; after a crash it goes on where it stood. Several nodes may run at
/// once: each change is claimed by one. Updates of different records go on at the same time; those
/// of one record, and everything around a record that was made or deleted, in their order.
public final class Rollback {
    /// How long one change may take. A run that died is taken over after that.
    public static final Duration CLAIM = Duration.ofSeconds(60);

    private static final RuleId RULE = new RuleId("rollback");

    private final Store store;
    private final ChangeJournal journal;
    private final ExceptionQueue exceptions;
    private final String owner;
    private final int atOnce;

    /// @param owner  the person or role that looks at what cannot be taken back
    /// @param atOnce records that are restored at the same time, at least 1
    public Rollback(Store store, ChangeJournal journal, ExceptionQueue exceptions, String owner, int atOnce) {
        this.store = store;
        this.journal = journal;
        this.exceptions = exceptions;
        this.owner = owner;
        this.atOnce = atOnce;
    }

    /// What `run` would do now. Changes nothing.
    ///
    /// @return a fate for each change, the newest first, or `Malformed` when nothing is selected
    public Step<List<Fate>> preview(Selection which, Restorer restorer) {
        return selected(which).then(entries -> {
            Map<Place, Optional<Restorer.Current>> records = new HashMap<>();
            Set<ChangeId> undone = new HashSet<>();
            List<Fate> fates = new ArrayList<>();
            for (JournalEntry entry : entries) {
                Optional<Fate> settled = Judgement.settled(entry);
                if (settled.isPresent()) {
                    fates.add(settled.get());
                    continue;
                }
                Place place = Place.of(entry);
                Optional<Restorer.Current> now;
                try {
                    now = records.containsKey(place)
                            ? imagined(records.get(place), restorer.current(entry))
                            : restorer.current(entry);
                } catch (Restorer.Failed _) {
                    fates.add(new Fate(entry, End.FAILED, Optional.empty()));
                    continue;
                }
                Fate fate = new Judgement(entry, journal.ofSameRecord(entry), undone, now).fate();
                fates.add(fate);
                if (fate.end() == End.REVERTIBLE) {
                    undone.add(entry.id());
                    now = undo(entry, now);
                }
                records.put(place, now);
            }
            return Step.pass(List.copyOf(fates));
        });
    }

    /// Takes back what can be.
    ///
    /// @return a fate for each change, the newest first, or `Malformed` when nothing is selected
    public Step<List<Fate>> run(Selection which, Restorer restorer) {
        Histories histories = new Histories(journal);
        return selected(which)
                .then(entries -> Step.pass(new Lanes(atOnce).run(entries, entry -> take(entry, restorer, histories))));
    }

    private Step<List<JournalEntry>> selected(Selection which) {
        if (!which.narrow()) {
            return Step.refuse(new Refusal.Malformed(List.of("name an agent, a time, a rule or a task")));
        }
        List<JournalEntry> entries = journal.select(which);
        return entries.isEmpty()
                ? Step.refuse(
                        new Refusal.Malformed(List.of("no change matches: look at the journal for what there is")))
                : Step.pass(entries);
    }

    private Fate take(JournalEntry entry, Restorer restorer, Histories histories) {
        Optional<Fate> settled = Judgement.settled(entry);
        if (settled.isPresent()) {
            return told(settled.get());
        }
        try {
            return restored(entry, restorer, histories);
        } catch (Restorer.Failed _) {
            Fate failed = new Fate(entry, End.FAILED, Optional.empty());
            // What was begun stays begun: the next run can tell whether it was restored.
            store.write(session -> report(session, failed, "a change was not taken back: its system did not do it"));
            return failed;
        }
    }

    private Fate restored(JournalEntry entry, Restorer restorer, Histories histories) {
        Optional<Restorer.Current> now = restorer.current(entry);
        Judgement judgement = histories.judged(entry, now);
        boolean begun = entry.revert().state() == RevertState.BEGUN;
        Fate fate = judgement.fate();
        if (fate.end() != End.REVERTIBLE && !(begun && judgement.restored())) {
            return told(fate);
        }
        Optional<String> version = now.flatMap(Restorer.Current::version);
        if (!journal.claim(entry, version, journal.now().plus(CLAIM))) {
            return new Fate(entry, End.BUSY, Optional.empty());
        }
        if (fate.end() != End.REVERTIBLE) {
            // A run restored it and died before it could say so. Who wrote the present version cannot be told any more.
            journal.reverted(entry, Optional.empty());
            return new Fate(entry, End.REVERTED, Optional.empty());
        }
        return switch (restorer.restore(entry, version)) {
            case Restorer.Restored.Done done -> {
                journal.reverted(entry, done.version());
                histories.reverted(entry, version, done.version());
                done.recorded().run();
                yield new Fate(entry, End.REVERTED, Optional.empty());
            }
            case Restorer.Restored.Edited _ -> told(new Fate(entry, End.EDITED, Optional.empty()));
        };
    }

    /// People hear of each change that stays, once.
    private Fate told(Fate fate) {
        String why = switch (fate.end()) {
            case EDITED -> "a change was not taken back: the record was edited since";
            case IRREVERSIBLE -> "a change was not taken back: its tool cannot be undone";
            case UNKNOWN -> "a change was not taken back: nobody knows whether it was made";
            case REVERTIBLE, REVERTED, ALREADY, BUSY, FAILED -> "";
        };
        if (!why.isEmpty()) {
            store.write(session -> journal.conflict(session, fate.entry())
                    && !report(session, fate, why).isEmpty());
        }
        return fate;
    }

    private String report(Store.Session session, Fate fate, String why) {
        Change change = fate.entry().change();
        return exceptions.open(
                session,
                new ExceptionReport(
                        ExceptionKind.ROLLBACK,
                        change.agent(),
                        Optional.of(change.user()),
                        change.tenant(),
                        Optional.of(change.target().tool()),
                        RULE,
                        owner,
                        why,
                        List.of(fate.entry().cause().decisionIndex()),
                        ExceptionReport.Severity.HIGH));
    }

    /// One record, for a preview that imagines what earlier steps would have done to it.
    private record Place(String system, String object, Optional<RecordId> record) {
        static Place of(JournalEntry entry) {
            return new Place(
                    entry.change().target().system().value(),
                    entry.change().target().object(),
                    entry.record());
        }
    }

    /// The values as imagined, with what the system says of this change's later edits.
    private static Optional<Restorer.Current> imagined(
            Optional<Restorer.Current> imagined, Optional<Restorer.Current> real) {
        return imagined.map(values -> {
            SortedMap<String, Value> merged =
                    new TreeMap<>(real.map(Restorer.Current::values).orElseGet(TreeMap::new));
            merged.putAll(values.values());
            return new Restorer.Current(
                    merged,
                    values.version(),
                    real.flatMap(Restorer.Current::edits).or(values::edits));
        });
    }

    private static Optional<Restorer.Current> undo(JournalEntry entry, Optional<Restorer.Current> now) {
        return switch (entry.kind()) {
            case MADE -> Optional.empty();
            case REMOVED ->
                Optional.of(new Restorer.Current(entry.change().before(), Optional.empty(), Optional.empty()));
            case CHANGED ->
                now.map(current -> {
                    SortedMap<String, Value> values = new TreeMap<>(current.values());
                    values.putAll(entry.change().before());
                    return new Restorer.Current(values, current.version(), current.edits());
                });
        };
    }
}
