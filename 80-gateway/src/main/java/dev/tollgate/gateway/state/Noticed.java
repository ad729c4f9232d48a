// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.state;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What the texts of an answer were found to hold, by record and field: kinds and places, never the texts.
///
/// @param removed  kinds of secrets that were taken out
/// @param suspects fields that give orders to a model
/// @param asking   fields that ask for a password, a code or a card number
/// @param counts   how many of each kind were taken out, in the whole answer
public record Noticed(
        Map<String, SortedMap<String, SortedSet<String>>> removed,
        Map<String, Set<String>> suspects,
        Map<String, Set<String>> asking,
        SortedMap<String, Long> counts) {
    /// Nothing.
    public static final Noticed NOTHING = new Counter().noticed();

    /// Kinds that were taken out of a field of a record.
    public List<String> removed(String record, String field) {
        return removed
                .getOrDefault(record, Collections.emptySortedMap())
                .getOrDefault(field, Collections.emptySortedSet())
                .stream()
                .toList();
    }

    /// Whether a field of a record gives orders to a model.
    public boolean suspect(String record, String field) {
        return suspects.getOrDefault(record, Set.of()).contains(field);
    }

    /// Fields that give orders to a model.
    public long suspected() {
        return suspects.values().stream().mapToLong(Set::size).sum();
    }

    /// Counts while an answer is looked through. For one thread.
    public static final class Counter {
        private final Map<String, SortedMap<String, SortedSet<String>>> removed = new TreeMap<>();
        private final Map<String, Set<String>> suspects = new TreeMap<>();
        private final Map<String, Set<String>> asking = new TreeMap<>();
        private final SortedMap<String, Long> counts = new TreeMap<>();
        private final Set<String> texts = new TreeSet<>();

        /// A secret was taken out.
        public void removed(String record, String field, String kind) {
            removed.computeIfAbsent(record, _ -> new TreeMap<>())
                    .computeIfAbsent(field, _ -> new TreeSet<>())
                    .add(kind);
            counts.merge(kind, 1L, Long::sum);
        }

        /// What was taken out, to be recognised when somebody repeats it.
        ///
        /// INVARIANT: it goes into fingerprints and nowhere else.
        public void removed(String text) {
            texts.add(text);
        }

        /// What was taken out.
        public Set<String> texts() {
            return Collections.unmodifiableSet(texts);
        }

        /// A text gives orders.
        public void suspect(String record, String field) {
            suspects.computeIfAbsent(record, _ -> new TreeSet<>()).add(field);
        }

        /// A text asks for a secret.
        public void asks(String record, String field) {
            asking.computeIfAbsent(record, _ -> new TreeSet<>()).add(field);
        }

        /// What was counted.
        public Noticed noticed() {
            return new Noticed(removed, suspects, asking, counts);
        }
    }
}
