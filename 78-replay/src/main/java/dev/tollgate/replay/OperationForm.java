// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.replay;

import dev.tollgate.catalog.Catalog;
import dev.tollgate.catalog.FieldType;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.FieldPath;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Verb;
import dev.tollgate.terms.Write;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Reads an operation back from its canonical form. JSON knows no exact numbers, days and moments: the contract says
/// which texts are some.
///
/// @param catalog the contracts under which it was asked
/// @param target  where it went
/// @param form    the canonical form
record OperationForm(Catalog catalog, Operation.Target target, Map<String, Value> form) {
    static Operation read(Catalog catalog, Value canonical) {
        if (!(canonical instanceof Value.Fields(Map<String, Value> form))) {
            throw new Unreadable("an operation");
        }
        Operation.Target target = new Operation.Target(
                new SystemId(text(form, "system")),
                text(form, "object"),
                new ToolName(text(form, "tool")),
                Verb.of(text(form, "verb")).orElseThrow(() -> new Unreadable("a verb")),
                text(form, "destination"));
        return new OperationForm(catalog, target, form).operation();
    }

    private Operation operation() {
        return switch (text(form, "kind")) {
            case "get" -> new Operation.Get(target, record("record"), texts("fields"), List.of());
            case "search" ->
                new Operation.Search(
                        target, where(), order(), number("limit"), number("offset"), texts("fields"), List.of());
            case "count" -> new Operation.Count(target, where(), List.of());
            case "create" -> new Write.Create(target, values(), texts("fields"), List.of());
            case "update" ->
                new Write.Update(target, record("record"), values(), stamp("version"), texts("fields"), List.of());
            case "delete" -> new Write.Delete(target, record("record"), stamp("version"), List.of());
            case "merge" ->
                new Write.Merge(
                        target,
                        record("record"),
                        record("duplicate"),
                        stamp("version"),
                        stamp("duplicate_version"),
                        List.of());
            case "send" -> new Write.Send(target, values(), texts("fields"), List.of());
            default -> throw new Unreadable("a kind of operation");
        };
    }

    private static String text(Map<String, Value> from, String name) {
        if (from.get(name) instanceof Value.Text(String text)) {
            return text;
        }
        throw new Unreadable("a word of an operation");
    }

    private RecordId record(String name) {
        return new RecordId(text(form, name));
    }

    private Optional<String> stamp(String name) {
        return form.get(name) instanceof Value.Text(String text) ? Optional.of(text) : Optional.empty();
    }

    private int number(String name) {
        return form.get(name) instanceof Value.Num(BigDecimal number) ? number.intValueExact() : 0;
    }

    private List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        items(name).forEach(item -> {
            if (item instanceof Value.Text(String text)) {
                texts.add(text);
            }
        });
        return texts;
    }

    private List<Value> items(String name) {
        return form.get(name) instanceof Value.Items(List<Value> items) ? items : List.of();
    }

    private List<Operation.Condition> where() {
        List<Operation.Condition> where = new ArrayList<>();
        for (Value item : items("where")) {
            if (item instanceof Value.Fields(Map<String, Value> condition)) {
                String field = text(condition, "field");
                where.add(new Operation.Condition(
                        field,
                        Comparison.of(text(condition, "comparison")).orElseThrow(() -> new Unreadable("a comparison")),
                        typed(field, condition.getOrDefault("value", Value.NULL))));
            }
        }
        return where;
    }

    private List<Operation.Order> order() {
        List<Operation.Order> order = new ArrayList<>();
        for (Value item : items("order")) {
            if (item instanceof Value.Fields(Map<String, Value> key)) {
                boolean descending = key.get("descending") instanceof Value.Bool(boolean truth) && truth;
                order.add(new Operation.Order(text(key, "field"), descending));
            }
        }
        return order;
    }

    private Map<String, Value> values() {
        Map<String, Value> values = new TreeMap<>();
        if (form.get("values") instanceof Value.Fields(Map<String, Value> given)) {
            given.forEach((field, value) -> values.put(field, typed(field, value)));
        }
        return values;
    }

    private Value typed(String field, Value value) {
        FieldType type = catalog.field(target.system(), new FieldPath(target.object(), field));
        return switch (value) {
            case Value.Text(String text) ->
                switch (type.type()) {
                    case DECIMAL, INTEGER -> new Value.Num(new BigDecimal(text));
                    case DATE -> new Value.Day(LocalDate.parse(text));
                    case MOMENT -> new Value.Moment(Instant.parse(text));
                    case TEXT, BOOLEAN, REFERENCE, LIST -> value;
                };
            case Value.Items(List<Value> items) -> {
                List<Value> typed = new ArrayList<>();
                items.forEach(item -> typed.add(typed(field, item)));
                yield new Value.Items(typed);
            }
            case Value.Fields _, Value.Num _, Value.Bool _, Value.Day _, Value.Moment _, Value.Null _ -> value;
        };
    }

    /// Values are customer data.
    @Override
    public String toString() {
        return "OperationForm[" + target.tool() + "]";
    }
}
