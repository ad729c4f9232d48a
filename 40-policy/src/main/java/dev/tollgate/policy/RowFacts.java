// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.catalog.FieldType;
import dev.tollgate.catalog.ObjectType;
import dev.tollgate.catalog.ValueType;
import dev.tollgate.cedar.CedarValue;
import dev.tollgate.cedar.Rec;
import dev.tollgate.cedar.Unknowns;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.RowRule;
import dev.tollgate.terms.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Facts of a row as rules and policies compare them. An absent fact meets no rule and is an absent attribute.
public final class RowFacts {
    /// For every set of facts: there are few, and each call asks for one.
    private static final Map<Set<Fact>, Unknowns> UNKNOWNS = allUnknowns();

    private RowFacts() {}

    /// Whether a row with these facts meets every rule.
    public static boolean meet(List<RowRule> rules, Map<Fact, Value> facts) {
        for (RowRule rule : rules) {
            Value fact = facts.get(rule.fact());
            if (fact == null || !holds(fact, rule.comparison(), rule.value())) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(Value fact, Comparison comparison, Value value) {
        return switch (comparison) {
            case EQUALS -> same(fact, value);
            case NOT_EQUALS -> !(fact instanceof Value.Null) && !same(fact, value);
            case IN ->
                value instanceof Value.Items items && items.values().stream().anyMatch(one -> same(fact, one));
            case LESS -> order(fact, value).map(order -> order < 0).orElse(false);
            case AT_MOST -> order(fact, value).map(order -> order <= 0).orElse(false);
            case GREATER -> order(fact, value).map(order -> order > 0).orElse(false);
            case AT_LEAST -> order(fact, value).map(order -> order >= 0).orElse(false);
            // No rule is made with these, and one that is must not let a row pass by accident.
            case STARTS_WITH, CONTAINS -> false;
        };
    }

    private static boolean same(Value fact, Value value) {
        return word(fact).isPresent() && word(fact).equals(word(value));
    }

    private static Optional<Integer> order(Value fact, Value value) {
        Optional<Instant> one = moment(fact);
        Optional<Instant> other = moment(value);
        return one.isPresent() && other.isPresent() ? Optional.of(one.get().compareTo(other.get())) : Optional.empty();
    }

    /// A name as facts compare it: systems say `7` or `"7"` for one account.
    private static Optional<String> word(Value value) {
        return switch (value) {
            case Value.Text text -> Optional.of(text.text());
            case Value.Num num -> Optional.of(num.number().stripTrailingZeros().toPlainString());
            case Value.Bool _, Value.Day _, Value.Moment _, Value.Items _, Value.Fields _, Value.Null _ ->
                Optional.empty();
        };
    }

    private static Optional<Instant> moment(Value value) {
        return switch (value) {
            case Value.Moment moment -> Optional.of(moment.instant());
            case Value.Day day ->
                Optional.of(day.date().atStartOfDay(ZoneOffset.UTC).toInstant());
            case Value.Text _, Value.Num _, Value.Bool _, Value.Items _, Value.Fields _, Value.Null _ ->
                Optional.empty();
        };
    }

    /// A name in the type of the field that the contract maps a fact to, so that a system compares like with like.
    static Value typed(ObjectType object, Fact fact, String name) {
        String field = object.facts().get(fact);
        boolean number = object.fields().stream()
                .filter(one -> one.name().equals(field))
                .map(FieldType::type)
                .anyMatch(RowFacts::isNumber);
        boolean digits = !name.isEmpty() && name.length() <= 18 && name.chars().allMatch(c -> c >= '0' && c <= '9');
        return number && digits ? new Value.Num(new BigDecimal(name)) : Value.of(name);
    }

    private static boolean isNumber(ValueType type) {
        return type == ValueType.INTEGER;
    }

    /// `context.row` for facts that only the row tells, each of which may be absent.
    static Unknowns unknowns(Set<Fact> facts) {
        return java.util.Objects.requireNonNull(UNKNOWNS.get(facts));
    }

    private static Map<Set<Fact>, Unknowns> allUnknowns() {
        Map<Set<Fact>, Unknowns> all = new HashMap<>();
        all.put(Set.of(), Unknowns.NONE);
        for (Fact fact : Fact.values()) {
            Map<Set<Fact>, Unknowns> more = new HashMap<>();
            all.forEach((facts, unknowns) -> more.put(and(facts, fact), and(unknowns, fact)));
            all.putAll(more);
        }
        return Map.copyOf(all);
    }

    private static Set<Fact> and(Set<Fact> facts, Fact fact) {
        Set<Fact> more = EnumSet.of(fact);
        more.addAll(facts);
        return more;
    }

    private static Unknowns and(Unknowns unknowns, Fact fact) {
        Unknowns more = unknowns.and(Unknowns.Path.of("row", fact.word()), Unknowns.Promise.NOTHING);
        return fact == Fact.UPDATED ? more.and(Unknowns.Path.of("row", "age"), Unknowns.Promise.NOTHING) : more;
    }

    /// `context.row` for known facts.
    static Rec row(Map<Fact, Value> facts, Instant now) {
        Map<String, CedarValue> row = new HashMap<>();
        facts.forEach((fact, value) -> put(row, fact, value, now));
        return Rec.of(row);
    }

    private static void put(Map<String, CedarValue> row, Fact fact, Value value, Instant now) {
        switch (fact) {
            case OWNER, TENANT, REGION, CUSTOMER, PRODUCT, GEOGRAPHY, POLICY_SET ->
                word(value).ifPresent(word -> row.put(fact.word(), new CedarValue.Str(word)));
            case UPDATED ->
                moment(value).ifPresent(at -> {
                    row.put("updated", new CedarValue.Datetime(at.toEpochMilli()));
                    row.put("age", new CedarValue.Duration(now.toEpochMilli() - at.toEpochMilli()));
                });
        }
    }
}
