// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.RowRule;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Collects filters. Each adding step passes with false when no record can meet what was added.
final class Filters {
    /// Items of an `in` condition; a longer list is an export in disguise.
    private static final int ITEMS_MAX = 200;

    /// Conditions of one operation, the agent's and the rules'.
    private static final int FILTERS_MAX = 50;

    private final List<Ask.Filter> filters = new ArrayList<>();

    /// What was added, in that order.
    List<Ask.Filter> all() {
        return List.copyOf(filters);
    }

    void add(Ask.Column column, Comparison comparison, Value value) {
        filters.add(new Ask.Filter(column, comparison, value));
    }

    Step<Boolean> addConditions(Layout layout, List<Operation.Condition> conditions) {
        boolean met = true;
        for (Operation.Condition condition : conditions) {
            Optional<Ask.Column> column = layout.column(condition.field());
            if (column.isEmpty()) {
                return Planner.malformed("the contract has no such field to filter by");
            }
            Step<Boolean> added = addTyped(column.get(), condition.comparison(), condition.value());
            if (!(added instanceof Step.Passed<Boolean> passed)) {
                return added;
            }
            met &= passed.state();
        }
        return Step.pass(met);
    }

    Step<Boolean> addRules(Layout layout, List<RowRule> rules) {
        boolean met = true;
        for (RowRule rule : rules) {
            Optional<Ask.Column> column = layout.column(rule.fact());
            if (column.isEmpty()) {
                return Step.refuse(Planner.unmapped(rule.fact()));
            }
            Step<Boolean> added = addTyped(column.get(), rule.comparison(), rule.value());
            if (!(added instanceof Step.Passed<Boolean> passed)) {
                return added;
            }
            met &= passed.state();
        }
        return Step.pass(met);
    }

    private Step<Boolean> addTyped(Ask.Column column, Comparison comparison, Value value) {
        if (filters.size() >= FILTERS_MAX) {
            return Planner.malformed("at most " + FILTERS_MAX + " conditions are allowed");
        }
        if (value instanceof Value.Null || !Kinds.storable(value)) {
            return Step.pass(false);
        }
        return switch (comparison) {
            case IN -> addList(column, value);
            case STARTS_WITH, CONTAINS ->
                column.kind() == Ask.Kind.TEXT && value instanceof Value.Text
                        ? added(column, comparison, value)
                        : Planner.malformed("only text is searched by its parts");
            case EQUALS, NOT_EQUALS, LESS, AT_MOST, GREATER, AT_LEAST ->
                Kinds.asked(column.kind(), value)
                        .map(fit -> added(column, comparison, fit))
                        .orElseGet(() -> Planner.malformed("a condition's value does not fit its field"));
        };
    }

    private Step<Boolean> addList(Ask.Column column, Value value) {
        if (!(value instanceof Value.Items items) || items.values().size() > ITEMS_MAX) {
            return Planner.malformed("`in` takes a list of at most " + ITEMS_MAX + " values");
        }
        List<Value> fit = new ArrayList<>();
        for (Value item : items.values()) {
            if (item instanceof Value.Null || !Kinds.storable(item)) {
                continue;
            }
            Optional<Value> one = Kinds.asked(column.kind(), item);
            if (one.isEmpty()) {
                return Planner.malformed("a condition's value does not fit its field");
            }
            fit.add(one.get());
        }
        return fit.isEmpty() ? Step.pass(false) : added(column, Comparison.IN, new Value.Items(fit));
    }

    private Step<Boolean> added(Ask.Column column, Comparison comparison, Value value) {
        add(column, comparison, value);
        return Step.pass(true);
    }
}
