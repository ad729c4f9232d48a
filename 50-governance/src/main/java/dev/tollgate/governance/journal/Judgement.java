// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.journal;

import dev.tollgate.governance.change.ChangeText;
import dev.tollgate.governance.journal.Fate.End;
import dev.tollgate.governance.journal.JournalEntry.RevertState;
import dev.tollgate.terms.Value;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Whether a change can be taken back without overwriting anybody (requirement B-7). In doubt it
/// cannot.
///
/// @param entry   the change
/// @param history every change of its record, the oldest first
/// @param undone  changes that this run has taken back, or would have
/// @param now     the record as it is, or as it would be; nothing when it is not there
record Judgement(JournalEntry entry, List<JournalEntry> history, Set<ChangeId> undone, Optional<Restorer.Current> now) {
    private static final String REVERSIBLE = "reversible";

    /// What is certain without a look at the record.
    static Optional<Fate> settled(JournalEntry entry) {
        if (entry.revert().state() == RevertState.DONE) {
            return Optional.of(new Fate(entry, End.ALREADY, Optional.empty()));
        }
        if (!entry.change().reversibility().equals(REVERSIBLE)) {
            return Optional.of(new Fate(entry, End.IRREVERSIBLE, Optional.empty()));
        }
        boolean known =
                entry.outcome() == JournalEntry.Outcome.DONE && entry.record().isPresent();
        // A record that was being made again when a run died may be there under a new id: making it twice is worse.
        boolean twice =
                entry.kind() == JournalEntry.Kind.REMOVED && entry.revert().state() == RevertState.BEGUN;
        return known && !twice ? Optional.empty() : Optional.of(new Fate(entry, End.UNKNOWN, Optional.empty()));
    }

    Fate fate() {
        return settled(entry).orElseGet(this::seen);
    }

    private Fate seen() {
        return switch (entry.kind()) {
            case MADE -> now.map(this::made).orElseGet(() -> fate(End.ALREADY));
            case REMOVED -> fate(now.isEmpty() ? End.REVERTIBLE : End.EDITED);
            case CHANGED -> now.map(this::changed).orElseGet(() -> fate(End.EDITED));
        };
    }

    /// Deleting a record takes every field with it, so nobody may have touched any.
    private Fate made(Restorer.Current current) {
        Optional<JournalEntry> later = later(Set.of());
        if (later.isPresent()) {
            return by(later.get().change().agent().value());
        }
        boolean untouched = current.edits()
                .map(edits -> edits.fields().isEmpty())
                .orElseGet(() -> current.version().isPresent() && ours(current));
        return untouched && same(current) ? fate(End.REVERTIBLE) : edited(current);
    }

    private Fate changed(Restorer.Current current) {
        Optional<JournalEntry> later = later(entry.touched());
        if (later.isPresent()) {
            return by(later.get().change().agent().value());
        }
        boolean untouched = current.edits()
                .map(edits -> Collections.disjoint(edits.fields(), entry.touched()))
                .orElseGet(() -> ours(current));
        return untouched && same(current) ? fate(End.REVERTIBLE) : edited(current);
    }

    /// A later change of ours to one of the fields, or to any when none are named, that still stands.
    private Optional<JournalEntry> later(Set<String> fields) {
        return history.stream()
                .filter(other -> other.seq() > entry.seq() && !other.id().equals(entry.id()))
                .filter(other -> other.revert().state() != RevertState.DONE && !undone.contains(other.id()))
                .filter(other -> fields.isEmpty() || !Collections.disjoint(other.touched(), fields))
                .reduce((_, last) -> last);
    }

    /// Whether every version from this change's to the present one was written by us, as far as the
    /// history says.
    boolean ours() {
        return now.filter(this::ours).isPresent();
    }

    /// Whether every version from this change's to the present one was written by us. Systems without
    /// versions cannot say, and then the values alone decide.
    private boolean ours(Restorer.Current current) {
        if (current.version().isEmpty()) {
            return entry.newVersion().isEmpty();
        }
        Map<String, String> written = new HashMap<>();
        for (JournalEntry one : history) {
            link(written, one.change().recordVersion(), one.newVersion());
            link(written, one.revert().from(), one.revert().to());
        }
        String version = entry.newVersion().orElse(null);
        for (int steps = 0; version != null && steps <= written.size(); steps++) {
            if (version.equals(current.version().get())) {
                return true;
            }
            version = written.get(version);
        }
        return false;
    }

    private static void link(Map<String, String> written, Optional<String> from, Optional<String> to) {
        if (from.isPresent() && to.isPresent()) {
            written.put(from.get(), to.get());
        }
    }

    private boolean same(Restorer.Current current) {
        return equal(entry.after(), current.values());
    }

    /// Whether the record holds again what the change replaced.
    boolean restored() {
        return switch (entry.kind()) {
            case MADE -> now.isEmpty();
            case REMOVED, CHANGED ->
                now.filter(current -> equal(entry.change().before(), current.values()))
                        .isPresent();
        };
    }

    /// Compared as they would be stored: 1.50 is 1.5, and the text `1.5` is not.
    private static boolean equal(SortedMap<String, Value> wanted, SortedMap<String, Value> values) {
        SortedMap<String, Value> held = new TreeMap<>(values);
        held.keySet().retainAll(wanted.keySet());
        return ChangeText.of(wanted).equals(ChangeText.of(held));
    }

    private Fate edited(Restorer.Current current) {
        return new Fate(entry, End.EDITED, current.edits().flatMap(Restorer.Edits::by));
    }

    private Fate by(String who) {
        return new Fate(entry, End.EDITED, Optional.of(who));
    }

    private Fate fate(End end) {
        return new Fate(entry, end, Optional.empty());
    }
}
