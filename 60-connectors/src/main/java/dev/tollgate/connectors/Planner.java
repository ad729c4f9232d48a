// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import dev.tollgate.catalog.Outlet;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Words;
import dev.tollgate.terms.Write;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;

/// Turns an operation into what a door is asked: names of the contract into names of the system,
/// conditions and row rules into filters. Asks for the fields of the operation, the columns behind
/// mapped facts, and the id: nothing else.
final class Planner {
    private final Map<String, Layout> layouts;
    private final Map<ToolName, Outlet> outlets;
    private final DoorLimits limits;

    /// @param outlets what leaves, by the tool that sends it
    Planner(Map<String, Layout> layouts, Map<ToolName, Outlet> outlets, DoorLimits limits) {
        this.layouts = Map.copyOf(layouts);
        this.outlets = Map.copyOf(outlets);
        this.limits = limits;
    }

    /// The plan, or why the contract does not allow one.
    Step<Plan> plan(Operation operation) {
        Layout layout = layouts.get(operation.target().object());
        if (layout == null) {
            return malformed("the contract has no such object");
        }
        if (!fits(operation)) {
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
            case Write write -> new ChangePlanner(layouts, outlets, layout).plan(write, fields);
        };
    }

    /// One record is read under any verb: before a change is decided, the gateway learns what it would
    /// change.
    private static boolean fits(Operation operation) {
        boolean changes = operation.target().verb().changes();
        return operation instanceof Operation.Get || changes == operation instanceof Write;
    }

    private Step<Plan> get(Operation.Get get, Layout layout, SequencedMap<String, Ask.Column> fields) {
        Filters filters = new Filters();
        Value record = Value.of(get.record().value());
        filters.add(layout.id(), Comparison.EQUALS, record);
        return filters.addRules(layout, get.rules()).then(rules -> {
            boolean met = rules && Kinds.storable(record);
            // Two rows for one id are a fault of the system that one row would hide.
            Ask ask = new Ask.Find(
                    layout.upstream(),
                    layout.id(),
                    fetched(layout, fields),
                    filters.all(),
                    List.of(),
                    2,
                    0,
                    layout.version().isEmpty());
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
        Optional<Ask.Search> words = search.words().map(wanted -> words(layout, wanted));
        if (words.filter(found -> found.columns().isEmpty()).isPresent()) {
            return malformed("the contract has no such text to search");
        }
        Filters filters = new Filters();
        return filters.addConditions(layout, search.where())
                .then(some -> filters.addRules(layout, search.rules()).then(all -> {
                    Ask ask = new Ask.Find(
                            layout.upstream(),
                            layout.id(),
                            fetched(layout, fields),
                            filters.all(),
                            sorts,
                            search.limit() + 1,
                            search.offset(),
                            false,
                            words);
                    return plan(search, layout, some && all, ask, fields, search.limit());
                }));
    }

    /// The texts that are searched; none of them when one is no text of the contract.
    private static Ask.Search words(Layout layout, Words wanted) {
        List<Ask.Column> columns = new ArrayList<>();
        for (String field : wanted.fields()) {
            layout.column(field)
                    .filter(column -> column.kind() == Ask.Kind.TEXT)
                    .ifPresent(columns::add);
        }
        boolean all = columns.size() == wanted.fields().size();
        return new Ask.Search(all ? columns : List.of(), wanted.words());
    }

    private Step<Plan> count(Operation.Count count, Layout layout) {
        Filters filters = new Filters();
        return filters.addConditions(layout, count.where())
                .then(some -> filters.addRules(layout, count.rules()).then(all -> {
                    Ask ask = new Ask.Tally(layout.upstream(), layout.id(), filters.all());
                    return plan(count, layout, some && all, ask, Map.of(), 1);
                }));
    }

    private static Step<Plan> plan(
            Operation operation, Layout layout, boolean met, Ask ask, Map<String, Ask.Column> fields, int rowsMax) {
        return Step.pass(new Plan(
                operation, layout, met ? Optional.of(ask) : Optional.empty(), fields, operation.rules(), rowsMax));
    }

    static List<Ask.Column> fetched(Layout layout, SequencedMap<String, Ask.Column> fields) {
        SequencedSet<Ask.Column> columns = new LinkedHashSet<>(fields.values());
        for (Fact fact : Fact.values()) {
            layout.column(fact).ifPresent(columns::add);
        }
        layout.version().ifPresent(columns::add);
        columns.remove(layout.id());
        return List.copyOf(columns);
    }

    static Refusal unmapped(Fact fact) {
        return new Refusal.Undecidable("the contract does not map the fact `" + fact.word() + "` of this object");
    }

    static <T> Step<T> malformed(String problem) {
        return Step.refuse(new Refusal.Malformed(List.of(problem)));
    }
}
