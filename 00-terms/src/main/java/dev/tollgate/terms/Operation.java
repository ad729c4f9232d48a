// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeMap;

/// One verb on one object of one system, with everything that goes upstream. A decision token names the
/// digest of its canonical form: what is authorised is what is executed, byte for byte (requirement
/// B-4).
public sealed interface Operation permits Operation.Get, Operation.Search, Operation.Count, Write {
    /// Where the operation goes and what it does there.
    Target target();

    /// Fields of the contract that the operation returns.
    List<String> fields();

    /// Conditions on record facts that every returned or changed row must meet.
    List<RowRule> rules();

    /// Every field that the operation reads, writes, filters, sorts or counts by: each is decided
    /// (requirement B-2).
    SequencedSet<String> touched();

    /// The canonical form.
    Value canonical();

    /// The same operation returning only `fields` and bound by `rules`.
    Operation narrowed(List<String> fields, List<RowRule> rules);

    /// The digest that a decision token binds.
    default Digest digest() {
        return Digest.of(canonical());
    }

    /// Where an operation goes.
    ///
    /// @param system      the connected system
    /// @param object      the object of the contract
    /// @param tool        the tool that the agent called
    /// @param verb        what is done
    /// @param destination where the answer or the change ends: `agent`, or the name of a sink or partner
    record Target(SystemId system, String object, ToolName tool, Verb verb, String destination) {
        /// The answer goes back to the asking agent and nowhere else.
        public static final String AGENT = "agent";

        Map<String, Value> canonical() {
            Map<String, Value> values = new TreeMap<>();
            values.put("system", Value.of(system.value()));
            values.put("object", Value.of(object));
            values.put("tool", Value.of(tool.value()));
            values.put("verb", Value.of(verb.word()));
            values.put("destination", Value.of(destination));
            return values;
        }
    }

    /// One record by its id.
    record Get(Target target, RecordId record, List<String> fields, List<RowRule> rules) implements Operation {
        public Get {
            fields = List.copyOf(fields);
            rules = List.copyOf(rules);
        }

        @Override
        public SequencedSet<String> touched() {
            return new LinkedHashSet<>(fields);
        }

        @Override
        public Value canonical() {
            Map<String, Value> values = target.canonical();
            values.put("kind", Value.of("get"));
            values.put("record", Value.of(record.value()));
            return Canonical.bounded(values, fields, rules);
        }

        @Override
        public Get narrowed(List<String> narrower, List<RowRule> bounds) {
            return new Get(target, record, narrower, bounds);
        }
    }

    /// One condition that the agent asks for.
    ///
    /// @param field      a field of the contract
    /// @param comparison how it is compared
    /// @param value      with what
    record Condition(String field, Comparison comparison, Value value) {
        Value canonical() {
            return new Value.Fields(
                    Map.of("field", Value.of(field), "comparison", Value.of(comparison.word()), "value", value));
        }
    }

    /// One sort key.
    record Order(String field, boolean descending) {
        Value canonical() {
            return new Value.Fields(Map.of("field", Value.of(field), "descending", Value.of(descending)));
        }
    }

    /// Records that meet every condition, a page at a time.
    ///
    /// @param where  conditions, all of which hold
    /// @param order  sort keys, most significant first; the record id is always the last
    /// @param limit  rows of this page at most
    /// @param offset rows that come before this page; carried in a sealed cursor, never chosen by the agent
    /// @param words  what texts are searched for, besides the conditions
    record Search(
            Target target,
            List<Condition> where,
            List<Order> order,
            int limit,
            int offset,
            List<String> fields,
            List<RowRule> rules,
            Optional<Words> words)
            implements Operation {
        /// A search for no words.
        public Search(
                Target target,
                List<Condition> where,
                List<Order> order,
                int limit,
                int offset,
                List<String> fields,
                List<RowRule> rules) {
            this(target, where, order, limit, offset, fields, rules, Optional.empty());
        }

        public Search {
            where = List.copyOf(where);
            order = List.copyOf(order);
            fields = List.copyOf(fields);
            rules = List.copyOf(rules);
            Require.require(limit >= 1, "a search returns at least 1 row");
            Require.require(offset >= 0, "a page begins at 0 or later");
        }

        @Override
        public SequencedSet<String> touched() {
            SequencedSet<String> touched = new LinkedHashSet<>(fields);
            touched.addAll(probed());
            return touched;
        }

        /// Fields that conditions, sort keys and words read without returning them.
        public SequencedSet<String> probed() {
            SequencedSet<String> probed = new LinkedHashSet<>();
            where.forEach(condition -> probed.add(condition.field()));
            order.forEach(key -> probed.add(key.field()));
            words.ifPresent(searched -> probed.addAll(searched.fields()));
            return probed;
        }

        @Override
        public Value canonical() {
            Map<String, Value> values = target.canonical();
            values.put("kind", Value.of("search"));
            values.put(
                    "where",
                    Canonical.items(where.stream().map(Condition::canonical).toList()));
            values.put(
                    "order",
                    Canonical.items(order.stream().map(Order::canonical).toList()));
            values.put("limit", Value.of(limit));
            values.put("offset", Value.of(offset));
            words.ifPresent(searched -> values.put("words", searched.canonical()));
            return Canonical.bounded(values, fields, rules);
        }

        @Override
        public Search narrowed(List<String> narrower, List<RowRule> bounds) {
            return new Search(target, where, order, limit, offset, narrower, bounds, words);
        }
    }

    /// How many records meet every condition.
    record Count(Target target, List<Condition> where, List<RowRule> rules) implements Operation {
        public Count {
            where = List.copyOf(where);
            rules = List.copyOf(rules);
        }

        @Override
        public List<String> fields() {
            return List.of();
        }

        @Override
        public SequencedSet<String> touched() {
            SequencedSet<String> touched = new LinkedHashSet<>();
            where.forEach(condition -> touched.add(condition.field()));
            return touched;
        }

        @Override
        public Value canonical() {
            Map<String, Value> values = target.canonical();
            values.put("kind", Value.of("count"));
            values.put(
                    "where",
                    Canonical.items(where.stream().map(Condition::canonical).toList()));
            return Canonical.bounded(values, List.of(), rules);
        }

        @Override
        public Count narrowed(List<String> narrower, List<RowRule> bounds) {
            return new Count(target, where, bounds);
        }
    }

    /// The record that the operation names, when it names one.
    default Optional<RecordId> recordId() {
        return switch (this) {
            case Get get -> Optional.of(get.record());
            case Write.Update update -> Optional.of(update.record());
            case Write.Delete delete -> Optional.of(delete.record());
            case Write.Merge merge -> Optional.of(merge.record());
            case Search _, Count _, Write.Create _, Write.Send _ -> Optional.empty();
        };
    }

    /// The values that the operation gives to fields; empty when it gives none.
    default Map<String, Value> given() {
        return switch (this) {
            case Write.Create create -> create.values();
            case Write.Update update -> update.values();
            case Write.Send send -> send.values();
            case Get _, Search _, Count _, Write.Delete _, Write.Merge _ -> Map.of();
        };
    }
}
