// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RowRule;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Write;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;

/// Turns an operation into what a door is asked: names of the contract into names of the system, conditions
/// and row
/// rules into filters. Asks for the fields of the operation, the columns behind mapped facts, and the id:
/// nothing else.
final class Planner {
    /// Items of an `in` condition; a longer list is an export in disguise.
    private static final int ITEMS_MAX = 200;

    /// Conditions of one operation, the agent's and the rules'.
    private static final int FILTERS_MAX = 50;

    private static final RuleId ROW_RULE = new RuleId("row-rule");

    private final Map<String, Layout> layouts;
    private final DoorLimits limits;

    Planner(Map<String, Layout> layouts, DoorLimits limits) {
        this.layouts = Map.copyOf(layouts);
        this.limits = limits;
    }

    /// The plan, or why the contract does not allow one.
    Step<Plan> plan(Operation operation) {
        Layout layout = layouts.get(operation.target().object());
        if (layout == null) {
            return malformed("the contract has no such object");
        }
        boolean changes = operation instanceof Write;
        if (changes != operation.target().verb().changes()) {
            return malformed("the verb does not fit the operation");
        }
        SequencedMap<String, Ask.Column> fields = new LinkedHashMap<>();
        for (String field : operation.fields()) {
            Optional<Ask.Column> column = layout.column(field);
            if (column.isEmpty()) {
                return malformed("the contract has no such field");
            }
            fields.put(field, column.get());
        }
        return switch (operation) {
            case Operation.Get get -> get(get, layout, fields);
            case Operation.Search search -> search(search, layout, fields);
            case Operation.Count count -> count(count, layout);
            case Write.Create create -> create(create, layout, fields);
            case Write.Update _, Write.Delete _, Write.Merge _ -> malformed("this change is not supported yet");
        };
    }

    private Step<Plan> get(Operation.Get get, Layout layout, SequencedMap<String, Ask.Column> fields) {
        Filters filters = new Filters();
        Value record = Value.of(get.record().value());
        filters.add(layout.id(), Comparison.EQUALS, record);
        return filters.addRules(layout, get.rules()).then(rules -> {
            boolean met = rules && Kinds.storable(record);
            // Two rows for one id are a fault of the system that one row would hide.
            Ask ask = new Ask.Find(
                    layout.upstream(), layout.id(), fetched(layout, fields), filters.filters, List.of(), 2, 0, true);
            return plan(get, layout, met, ask, fields, 1);
        });
    }

    private Step<Plan> search(Operation.Search search, Layout layout, SequencedMap<String, Ask.Column> fields) {
        int rowsMax = Math.min(limits.rowsMax(), layout.rowsMax());
        if (search.limit() > rowsMax) {
            return malformed("`limit` must be at most " + rowsMax);
        }
        List<Ask.Sort> sorts = new ArrayList<>();
        for (Operation.Order key : search.order()) {
            Optional<Ask.Column> column = layout.column(key.field());
            if (column.isEmpty() || column.get().kind() == Ask.Kind.LIST) {
                return malformed("the contract has no such field to sort by");
            }
            sorts.add(new Ask.Sort(column.get(), key.descending()));
        }
        Filters filters = new Filters();
        return filters.addConditions(layout, search.where())
                .then(some -> filters.addRules(layout, search.rules()).then(all -> {
                    Ask ask = new Ask.Find(
                            layout.upstream(),
                            layout.id(),
                            fetched(layout, fields),
                            filters.filters,
                            sorts,
                            search.limit() + 1,
                            search.offset(),
                            false);
                    return plan(search, layout, some && all, ask, fields, search.limit());
                }));
    }

    private Step<Plan> count(Operation.Count count, Layout layout) {
        Filters filters = new Filters();
        return filters.addConditions(layout, count.where())
                .then(some -> filters.addRules(layout, count.rules()).then(all -> {
                    Ask ask = new Ask.Tally(layout.upstream(), layout.id(), filters.filters);
                    return plan(count, layout, some && all, ask, Map.of(), 1);
                }));
    }

    private Step<Plan> create(Write.Create create, Layout layout, SequencedMap<String, Ask.Column> fields) {
        SequencedMap<String, Value> values = new LinkedHashMap<>();
        for (Map.Entry<String, Value> given : create.values().entrySet()) {
            Optional<Ask.Column> column = layout.column(given.getKey());
            if (column.isEmpty() || given.getKey().equals(layout.idField())) {
                return malformed("the contract has no such field to set");
            }
            boolean fits = Kinds.read(column.get().kind(), given.getValue()).isPresent();
            if (!fits || !Kinds.storable(given.getValue())) {
                return malformed("a value does not fit its field");
            }
            values.put(given.getKey(), given.getValue());
        }
        List<RowRule> rules = create.rules().stream()
                .filter(rule -> rule.fact() != Fact.UPDATED)
                .toList();
        for (RowRule rule : rules) {
            Optional<Refusal> outside = born(layout, rule, values);
            if (outside.isPresent()) {
                return Step.refuse(outside.get());
            }
        }
        List<Ask.Setting> settings = new ArrayList<>();
        values.forEach((field, value) ->
                settings.add(new Ask.Setting(layout.column(field).orElseThrow(), value)));
        Ask ask = new Ask.Add(layout.upstream(), layout.id(), settings, fetched(layout, fields));
        return Step.pass(new Plan(create, layout, Optional.of(ask), fields, rules, 1));
    }

    /// A new record is born inside the wall: a rule that names one value sets the fact, and a value that
    /// breaks a rule
    /// is refused before anything happens.
    private static Optional<Refusal> born(Layout layout, RowRule rule, SequencedMap<String, Value> values) {
        String field = layout.facts().get(rule.fact());
        if (field == null) {
            return Optional.of(unmapped(rule.fact()));
        }
        Value given = values.get(field);
        if (given == null && rule.comparison() == Comparison.EQUALS) {
            values.put(field, rule.value());
            return Optional.empty();
        }
        boolean holds = given != null && Matches.holds(given, rule.comparison(), rule.value());
        return holds ? Optional.empty() : Optional.of(new Refusal.Denied(ROW_RULE, "row-rule"));
    }

    private static Step<Plan> plan(
            Operation operation, Layout layout, boolean met, Ask ask, Map<String, Ask.Column> fields, int rowsMax) {
        return Step.pass(new Plan(
                operation, layout, met ? Optional.of(ask) : Optional.empty(), fields, operation.rules(), rowsMax));
    }

    private static List<Ask.Column> fetched(Layout layout, SequencedMap<String, Ask.Column> fields) {
        SequencedSet<Ask.Column> columns = new LinkedHashSet<>(fields.values());
        for (Fact fact : Fact.values()) {
            layout.column(fact).ifPresent(columns::add);
        }
        columns.remove(layout.id());
        return List.copyOf(columns);
    }

    /// Collects filters. Each adding step passes with false when no record can meet what was added.
    private static final class Filters {
        private final List<Ask.Filter> filters = new ArrayList<>();

        void add(Ask.Column column, Comparison comparison, Value value) {
            filters.add(new Ask.Filter(column, comparison, value));
        }

        Step<Boolean> addConditions(Layout layout, List<Operation.Condition> conditions) {
            boolean met = true;
            for (Operation.Condition condition : conditions) {
                Optional<Ask.Column> column = layout.column(condition.field());
                if (column.isEmpty()) {
                    return malformed("the contract has no such field to filter by");
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
                    return Step.refuse(unmapped(rule.fact()));
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
                return malformed("at most " + FILTERS_MAX + " conditions are allowed");
            }
            if (value instanceof Value.Null || !Kinds.storable(value)) {
                return Step.pass(false);
            }
            return switch (comparison) {
                case IN -> addList(column, value);
                case STARTS_WITH, CONTAINS ->
                    column.kind() == Ask.Kind.TEXT && value instanceof Value.Text
                            ? added(column, comparison, value)
                            : malformed("only text is searched by its parts");
                case EQUALS, NOT_EQUALS, LESS, AT_MOST, GREATER, AT_LEAST ->
                    Kinds.asked(column.kind(), value)
                            .map(fit -> added(column, comparison, fit))
                            .orElseGet(() -> malformed("a condition's value does not fit its field"));
            };
        }

        private Step<Boolean> addList(Ask.Column column, Value value) {
            if (!(value instanceof Value.Items items) || items.values().size() > ITEMS_MAX) {
                return malformed("`in` takes a list of at most " + ITEMS_MAX + " values");
            }
            List<Value> fit = new ArrayList<>();
            for (Value item : items.values()) {
                if (item instanceof Value.Null || !Kinds.storable(item)) {
                    continue;
                }
                Optional<Value> one = Kinds.asked(column.kind(), item);
                if (one.isEmpty()) {
                    return malformed("a condition's value does not fit its field");
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

    private static Refusal unmapped(Fact fact) {
        return new Refusal.Undecidable("the contract does not map the fact `" + fact.word() + "` of this object");
    }

    private static <T> Step<T> malformed(String problem) {
        return Step.refuse(new Refusal.Malformed(List.of(problem)));
    }
}
