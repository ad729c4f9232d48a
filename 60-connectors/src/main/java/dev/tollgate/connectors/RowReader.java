// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import dev.tollgate.connectors.UpstreamBroken.Why;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.RowRule;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Write;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Checks what a door brought back against what was asked, and puts it in names of the contract. A system
/// is not believed: a row that breaks a row rule is dropped even if the system was told to leave it out.
final class RowReader {
    /// A record with more fields that nobody asked for is not an answer to what was asked.
    private static final int UNKNOWN_MAX = 64;

    private static final int NAME_CHARS_MAX = 256;

    private final Plan plan;
    private final int bytesMax;
    private long bytes;

    RowReader(Plan plan, int bytesMax) {
        this.plan = plan;
        this.bytesMax = bytesMax;
    }

    /// The rows of an answer.
    ///
    /// @throws UpstreamBroken when the answer does not fit the question
    Rows read(Found found) {
        if (plan.operation() instanceof Operation.Count) {
            long count = found.count().orElseThrow(() -> new UpstreamBroken(Why.GARBAGE));
            return new Rows(List.of(), false, java.util.OptionalLong.of(count), 0);
        }
        boolean page = plan.operation() instanceof Operation.Search;
        if (found.records().size() > (page ? plan.rowsMax() + 1 : plan.rowsMax())) {
            throw new UpstreamBroken(Why.GARBAGE);
        }
        boolean more = found.records().size() > plan.rowsMax();
        List<Row> rows = new ArrayList<>();
        int dropped = 0;
        Set<String> seen = new HashSet<>();
        for (Found.Raw raw : found.records().subList(0, Math.min(found.records().size(), plan.rowsMax()))) {
            Row row = row(raw);
            if (!seen.add(row.id().value())) {
                throw new UpstreamBroken(Why.GARBAGE);
            }
            if (keepsRules(row)) {
                rows.add(row);
            } else {
                dropped++;
            }
        }
        return new Rows(rows, more, java.util.OptionalLong.empty(), dropped);
    }

    private Row row(Found.Raw raw) {
        RecordId id = id(raw.id());
        boolean other = wanted().filter(record -> !record.equals(id)).isPresent();
        if (other) {
            throw new UpstreamBroken(Why.GARBAGE);
        }
        Map<String, Value> fields = new TreeMap<>();
        plan.fields().forEach((name, column) -> fields.put(name, value(raw, id, column)));
        Map<Fact, Value> facts = new EnumMap<>(Fact.class);
        for (Fact fact : Fact.values()) {
            plan.layout()
                    .column(fact)
                    .map(column -> value(raw, id, column))
                    .filter(value -> !(value instanceof Value.Null))
                    .ifPresent(value -> facts.put(fact, value));
        }
        addUnknown(raw, fields);
        Optional<String> version = plan.layout().version().isEmpty()
                ? raw.version()
                : plan.layout().version().flatMap(column -> Stamps.text(value(raw, id, column)));
        return new Row(id, facts, fields, version);
    }

    /// The one record that may be in the answer.
    private Optional<RecordId> wanted() {
        return switch (plan.operation()) {
            case Operation.Get get -> Optional.of(get.record());
            case Write.Update update -> Optional.of(update.record());
            case Write.Merge merge -> Optional.of(merge.record());
            case Write.Delete delete -> Optional.of(delete.record());
            case Operation.Search _, Operation.Count _, Write.Create _, Write.Send _ -> Optional.empty();
        };
    }

    private Value value(Found.Raw raw, RecordId id, Ask.Column column) {
        if (column.equals(plan.layout().id())) {
            return Value.of(id.value());
        }
        Value sent = raw.values().get(column.upstream());
        if (sent == null) {
            throw new UpstreamBroken(Why.GARBAGE);
        }
        Value value = Kinds.read(column.kind(), sent).orElseThrow(() -> new UpstreamBroken(Why.GARBAGE));
        weigh(value);
        return value;
    }

    /// What nobody asked for. A field that the contract knows is not kept: the decision did not cover it.
    /// One that the contract does not know is, under a name that no contract field has: policy gives it
    /// the strictest class.
    private void addUnknown(Found.Raw raw, Map<String, Value> fields) {
        int unknown = 0;
        for (Map.Entry<String, Value> sent : raw.values().entrySet()) {
            String name = sent.getKey();
            if (plan.layout().upstreams().contains(name)) {
                continue;
            }
            boolean plain = !name.isBlank()
                    && name.length() <= NAME_CHARS_MAX - Row.UNKNOWN_PREFIX.length()
                    && name.chars().noneMatch(Character::isISOControl)
                    && Kinds.loose(sent.getValue(), 0)
                    && ++unknown <= UNKNOWN_MAX;
            if (!plain) {
                throw new UpstreamBroken(Why.GARBAGE);
            }
            weigh(sent.getValue());
            boolean taken = plan.layout().columns().containsKey(name) || name.startsWith(Row.UNKNOWN_PREFIX);
            fields.put(taken ? Row.UNKNOWN_PREFIX + name : name, sent.getValue());
        }
    }

    private boolean keepsRules(Row row) {
        for (RowRule rule : plan.rules()) {
            Value fact = row.facts().get(rule.fact());
            if (fact == null || !keeps(rule, fact)) {
                return false;
            }
        }
        return true;
    }

    private boolean keeps(RowRule rule, Value fact) {
        if (rule.comparison() == Comparison.IN) {
            return Matches.holds(fact, Comparison.IN, rule.value());
        }
        Optional<Value> wanted =
                plan.layout().column(rule.fact()).flatMap(column -> Kinds.asked(column.kind(), rule.value()));
        return wanted.isPresent() && Matches.holds(fact, rule.comparison(), wanted.get());
    }

    private static RecordId id(String text) {
        try {
            return new RecordId(text);
        } catch (IllegalArgumentException _) {
            throw new UpstreamBroken(Why.GARBAGE);
        }
    }

    private void weigh(Value value) {
        bytes += Kinds.weight(value);
        if (bytes > bytesMax) {
            throw new UpstreamBroken(Why.TOO_LARGE);
        }
    }
}
