// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.catalog.DataClasses;
import dev.tollgate.containment.Budget;
import dev.tollgate.containment.BudgetLimits;
import dev.tollgate.containment.Charge;
import dev.tollgate.containment.Meter;
import dev.tollgate.containment.Sighting;
import dev.tollgate.gateway.state.Redacted;
import dev.tollgate.gateway.state.Redacted.ShownRow;
import dev.tollgate.policy.FieldVerdict;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.DataClass;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What an answer takes of the budgets against slow exfiltration (requirement B-17): the customers whose records
/// it shows, and the bytes of each data class.
final class Drip {
    /// What a truth value and a date weigh in an answer.
    private static final int TRUTH_BYTES = 5;

    private static final int DAY_BYTES = 10;
    private static final int MOMENT_BYTES = 20;

    private Drip() {}

    /// Bytes by data class. A class that no line of the bundle names counts by itself; one that a line names, or
    /// that lies below one, counts there.
    static List<Charge> charges(Redacted redacted, List<ShownRow> rows) {
        BudgetLimits limits = Contain.limits(redacted.who());
        Optional<Budget> each = limits.budget(Meter.BYTES_PER_DAY);
        if (each.isEmpty() && limits.bytesPerDay().isEmpty()) {
            return List.of();
        }
        DataClasses classes = redacted.who().policy().bundle().catalog().classes();
        AgentId agent = redacted.who().principal().agent();
        List<Charge> charges = new ArrayList<>();
        Map<DataClass, Long> named = new TreeMap<>((one, other) -> one.name().compareTo(other.name()));
        weighed(rows).forEach((name, bytes) -> {
            List<DataClass> lines = lines(limits, classes, name);
            lines.forEach(line -> named.merge(line, bytes, Long::sum));
            if (lines.isEmpty()) {
                each.ifPresent(budget -> charges.add(Charge.shown(agent, name, budget, bytes)));
            }
        });
        named.forEach((name, bytes) ->
                limits.bytes(name).ifPresent(budget -> charges.add(Charge.shown(agent, name, budget, bytes))));
        return charges;
    }

    /// The customers whose records are shown. A record of an object without customers is of none.
    static List<Sighting> sighted(Redacted redacted, List<ShownRow> rows) {
        Optional<Budget> budget = Contain.limits(redacted.who()).budget(Meter.CUSTOMERS_PER_DAY);
        if (budget.isEmpty() || rows.isEmpty()) {
            return List.of();
        }
        Operation.Target target = redacted.decided().operation().target();
        Set<RecordId> shown = new HashSet<>();
        rows.forEach(row -> shown.add(row.record()));
        Set<String> customers = new HashSet<>();
        redacted.from().rows().rows().stream()
                .filter(row -> shown.contains(row.id()))
                .flatMap(row -> Optional.ofNullable(row.facts().get(Fact.CUSTOMER)).stream())
                .flatMap(customer -> name(customer).stream())
                .forEach(id -> customers.add(Charge.customer(target, id)));
        return customers.isEmpty()
                ? List.of()
                : List.of(Sighting.of(redacted.who().principal().agent(), budget.get(), customers));
    }

    private static Map<DataClass, Long> weighed(List<ShownRow> rows) {
        Map<DataClass, Long> bytes = new HashMap<>();
        for (ShownRow row : rows) {
            row.values().forEach((field, value) -> {
                FieldVerdict verdict = row.verdicts().get(field);
                long weight = weight(value);
                if (verdict != null && verdict.view() != View.WITHHELD && weight > 0) {
                    bytes.merge(verdict.dataClass(), weight, Long::sum);
                }
            });
        }
        return bytes;
    }

    private static List<DataClass> lines(BudgetLimits limits, DataClasses classes, DataClass name) {
        List<DataClass> lines = new ArrayList<>();
        if (limits.bytesPerDay().containsKey(name)) {
            lines.add(name);
        }
        classes.ancestors(name).stream()
                .filter(limits.bytesPerDay()::containsKey)
                .forEach(lines::add);
        return lines;
    }

    /// Bytes of a value in an answer, give or take its punctuation.
    private static long weight(Value value) {
        return switch (value) {
            case Value.Text text -> utf8(text.text());
            case Value.Num num -> num.number().precision() + 1L;
            case Value.Bool _ -> TRUTH_BYTES;
            case Value.Day _ -> DAY_BYTES;
            case Value.Moment _ -> MOMENT_BYTES;
            case Value.Items items ->
                items.values().stream().mapToLong(Drip::weight).sum();
            case Value.Fields fields ->
                fields.values().values().stream().mapToLong(Drip::weight).sum();
            case Value.Null _ -> 0;
        };
    }

    private static long utf8(String text) {
        long bytes = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            // Half of a pair weighs two of its four bytes.
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }

    /// The id of a customer, as a fact of a row names it.
    static Optional<String> name(Value customer) {
        return switch (customer) {
            case Value.Text text -> Optional.of(text.text());
            case Value.Num num -> Optional.of(num.number().stripTrailingZeros().toPlainString());
            case Value.Bool _, Value.Day _, Value.Moment _, Value.Items _, Value.Fields _, Value.Null _ ->
                Optional.empty();
        };
    }
}
