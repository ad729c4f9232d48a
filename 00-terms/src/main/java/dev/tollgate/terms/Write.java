// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeSet;

/// An operation that changes records, or the world outside. What is changed, and in which state of the
/// record, is part of its canonical form: an approval and a decision token hold for exactly this change
/// (requirements B-3, B-4).
public sealed interface Write extends Operation {
    /// A new record.
    ///
    /// @param values the fields of the new record, all of them decided
    /// @param fields what is returned of it
    record Create(Target target, Map<String, Value> values, List<String> fields, List<RowRule> rules) implements Write {
        public Create {
            values = Map.copyOf(values);
            fields = List.copyOf(fields);
            rules = List.copyOf(rules);
        }

        @Override
        public SequencedSet<String> touched() {
            SequencedSet<String> touched = new LinkedHashSet<>(new TreeSet<>(values.keySet()));
            touched.addAll(fields);
            return touched;
        }

        @Override
        public Value canonical() {
            Map<String, Value> canonical = target.canonical();
            canonical.put("kind", Value.of("create"));
            canonical.put("values", new Value.Fields(values));
            return Canonical.bounded(canonical, fields, rules);
        }

        @Override
        public Create narrowed(List<String> narrower, List<RowRule> bounds) {
            return new Create(target, values, narrower, bounds);
        }
    }

    /// New values for some fields of one record. Nothing else of the record changes.
    ///
    /// @param values  the fields that change, all of them decided
    /// @param version the state of the record that the decision was taken on, in the system's own stamp; the
    ///                change does not happen in any other state. Nothing when the system has no stamps
    /// @param fields  what is returned of the record
    record Update(
            Target target,
            RecordId record,
            Map<String, Value> values,
            Optional<String> version,
            List<String> fields,
            List<RowRule> rules)
            implements Write {
        public Update {
            values = Map.copyOf(values);
            fields = List.copyOf(fields);
            rules = List.copyOf(rules);
            Require.require(!values.isEmpty(), "an update changes at least 1 field");
        }

        @Override
        public SequencedSet<String> touched() {
            SequencedSet<String> touched = new LinkedHashSet<>(new TreeSet<>(values.keySet()));
            touched.addAll(fields);
            return touched;
        }

        @Override
        public Value canonical() {
            Map<String, Value> canonical = target.canonical();
            canonical.put("kind", Value.of("update"));
            canonical.put("record", Value.of(record.value()));
            canonical.put("values", new Value.Fields(values));
            canonical.put("version", Canonical.stamp(version));
            return Canonical.bounded(canonical, fields, rules);
        }

        @Override
        public Update narrowed(List<String> narrower, List<RowRule> bounds) {
            return new Update(target, record, values, version, narrower, bounds);
        }

        /// The same in this state of the record.
        public Update at(Optional<String> stamp) {
            return new Update(target, record, values, stamp, fields, rules);
        }
    }

    /// The end of one record.
    ///
    /// @param version as for an update
    record Delete(Target target, RecordId record, Optional<String> version, List<RowRule> rules) implements Write {
        public Delete {
            rules = List.copyOf(rules);
        }

        @Override
        public List<String> fields() {
            return List.of();
        }

        @Override
        public SequencedSet<String> touched() {
            return new LinkedHashSet<>();
        }

        @Override
        public Value canonical() {
            Map<String, Value> canonical = target.canonical();
            canonical.put("kind", Value.of("delete"));
            canonical.put("record", Value.of(record.value()));
            canonical.put("version", Canonical.stamp(version));
            return Canonical.bounded(canonical, List.of(), rules);
        }

        @Override
        public Delete narrowed(List<String> narrower, List<RowRule> bounds) {
            return new Delete(target, record, version, bounds);
        }

        /// The same in this state of the record.
        public Delete at(Optional<String> stamp) {
            return new Delete(target, record, stamp, rules);
        }
    }

    /// Two records become one: what points at the duplicate points at the kept record afterwards, and
    /// the duplicate ends.
    ///
    /// @param record           the record that is kept, unchanged
    /// @param duplicate        the record that ends
    /// @param version          of the kept record, as for an update
    /// @param duplicateVersion of the duplicate
    record Merge(
            Target target,
            RecordId record,
            RecordId duplicate,
            Optional<String> version,
            Optional<String> duplicateVersion,
            List<RowRule> rules)
            implements Write {
        public Merge {
            rules = List.copyOf(rules);
            Require.require(!record.equals(duplicate), "a record is not merged with itself");
        }

        @Override
        public List<String> fields() {
            return List.of();
        }

        @Override
        public SequencedSet<String> touched() {
            return new LinkedHashSet<>();
        }

        @Override
        public Value canonical() {
            Map<String, Value> canonical = target.canonical();
            canonical.put("kind", Value.of("merge"));
            canonical.put("record", Value.of(record.value()));
            canonical.put("duplicate", Value.of(duplicate.value()));
            canonical.put("version", Canonical.stamp(version));
            canonical.put("duplicate_version", Canonical.stamp(duplicateVersion));
            return Canonical.bounded(canonical, List.of(), rules);
        }

        @Override
        public Merge narrowed(List<String> narrower, List<RowRule> bounds) {
            return new Merge(target, record, duplicate, version, duplicateVersion, bounds);
        }

        /// The same in these states of the two records.
        public Merge at(Optional<String> stamp, Optional<String> duplicateStamp) {
            return new Merge(target, record, duplicate, stamp, duplicateStamp, rules);
        }
    }

    /// Something that leaves through a sink, which is a system of its own: it ends at
    /// `target.destination`, and cannot be taken back.
    ///
    /// @param values what leaves: recipients, texts, each of them decided
    /// @param fields what is returned of it: its id
    record Send(Target target, Map<String, Value> values, List<String> fields, List<RowRule> rules) implements Write {
        public Send {
            values = Map.copyOf(values);
            fields = List.copyOf(fields);
            rules = List.copyOf(rules);
        }

        @Override
        public SequencedSet<String> touched() {
            SequencedSet<String> touched = new LinkedHashSet<>(new TreeSet<>(values.keySet()));
            touched.addAll(fields);
            return touched;
        }

        @Override
        public Value canonical() {
            Map<String, Value> canonical = target.canonical();
            canonical.put("kind", Value.of("send"));
            canonical.put("values", new Value.Fields(values));
            return Canonical.bounded(canonical, fields, rules);
        }

        @Override
        public Send narrowed(List<String> narrower, List<RowRule> bounds) {
            return new Send(target, values, narrower, bounds);
        }

        /// The same message with these values.
        public Send with(Map<String, Value> others) {
            return new Send(target, others, fields, rules);
        }
    }

    /// Whether it changes records that are there, which are read before it is decided.
    default boolean replaces() {
        return switch (this) {
            case Update _, Delete _, Merge _ -> true;
            case Create _, Send _ -> false;
        };
    }
}
