// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.journal;

import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// A system of records in memory, with a version a record and a history of who wrote which field at which
/// version.
final class FakeRecords implements Restorer {
    /// One record. A version grows with every write.
    static final class Held {
        final SortedMap<String, Value> values = new TreeMap<>();
        final Map<Integer, Set<String>> byHumans = new HashMap<>();
        int version = 1;
    }

    final Map<RecordId, Held> records = new HashMap<>();

    /// Whether the system tells which fields others edited.
    final boolean tells;

    /// Whether records have versions.
    final boolean versions;

    /// Restores that are carried out and then die before they return.
    int crashes;

    int restores;

    FakeRecords(boolean tells, boolean versions) {
        this.tells = tells;
        this.versions = versions;
    }

    Held held(RecordId id) {
        return records.computeIfAbsent(id, _ -> new Held());
    }

    void human(RecordId id, String field, Value value) {
        Held held = held(id);
        held.version++;
        held.values.put(field, value);
        held.byHumans.put(held.version, Set.of(field));
    }

    void agent(RecordId id, SortedMap<String, Value> values) {
        Held held = held(id);
        held.version++;
        held.values.putAll(values);
    }

    Optional<String> version(RecordId id) {
        return versions ? Optional.of("v" + held(id).version) : Optional.empty();
    }

    @Override
    public Optional<Current> current(JournalEntry entry) {
        RecordId id = entry.record().orElseThrow();
        if (!records.containsKey(id)) {
            return Optional.empty();
        }
        Optional<Edits> edits = tells ? Optional.of(edits(entry, held(id))) : Optional.empty();
        return Optional.of(new Current(new TreeMap<>(held(id).values), version(id), edits));
    }

    private static Edits edits(JournalEntry entry, Held held) {
        int since = Integer.parseInt(entry.newVersion().orElse("v0").substring(1));
        Set<String> fields = new HashSet<>();
        held.byHumans.forEach((version, names) -> {
            if (version > since) {
                fields.addAll(names);
            }
        });
        return new Edits(fields, fields.isEmpty() ? Optional.empty() : Optional.of("erin"));
    }

    @Override
    public Restored restore(JournalEntry entry, Optional<String> expectedVersion) {
        RecordId id = entry.record().orElseThrow();
        if (records.containsKey(id) && !expectedVersion.equals(version(id))) {
            return new Restored.Edited();
        }
        restores++;
        switch (entry.kind()) {
            case MADE -> records.remove(id);
            case REMOVED, CHANGED -> agent(id, entry.change().before());
        }
        if (crashes > 0) {
            crashes--;
            throw new IllegalStateException("the node dies here");
        }
        return new Restored.Done(records.containsKey(id) ? version(id) : Optional.empty());
    }
}
