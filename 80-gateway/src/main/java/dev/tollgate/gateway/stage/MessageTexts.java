// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.catalog.FieldType;
import dev.tollgate.catalog.Outlet;
import dev.tollgate.catalog.ValueType;
import dev.tollgate.gateway.state.Validated;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Write;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/// The texts of a message, in the order of its contract, and how they go back into its values.
/// Recipients and words of a list are not texts.
///
/// @param values the values of the message
/// @param parts  each text, by its field and, in a list, its place
record MessageTexts(SortedMap<String, Value> values, SequencedMap<String, String> parts) {
    private static final String PLACE = "/";

    static MessageTexts of(Validated validated, List<String> recipients, Write.Send send) {
        SequencedMap<String, String> parts = new LinkedHashMap<>();
        for (FieldType field : validated.object().fields()) {
            boolean free = (field.type() == ValueType.TEXT || field.type() == ValueType.LIST)
                    && field.picklist().isEmpty()
                    && (validated.tool().accepts().contains(field.name()) || encloses(validated, field.name()))
                    && !recipients.contains(field.name());
            switch (send.values().getOrDefault(field.name(), Value.NULL)) {
                case Value.Text(String text) when free -> parts.put(field.name(), text);
                case Value.Items(List<Value> items)
                when free -> {
                    for (int at = 0; at < items.size(); at++) {
                        if (items.get(at) instanceof Value.Text(String text)) {
                            parts.put(field.name() + PLACE + at, text);
                        }
                    }
                }
                // numbers, days and words of a list say what the contract lets them say
                case Value.Text _, Value.Items _, Value.Fields _ -> {}
                case Value.Num _, Value.Bool _, Value.Day _, Value.Moment _, Value.Null _ -> {}
            }
        }
        return new MessageTexts(new TreeMap<>(send.values()), parts);
    }

    /// What a message encloses is read like what it says.
    private static boolean encloses(Validated validated, String field) {
        return validated.tool().outlet().flatMap(Outlet::attach).map(Outlet.Attach::content).stream()
                .anyMatch(field::equals);
    }

    /// The values with other texts.
    SortedMap<String, Value> with(Map<String, String> texts) {
        SortedMap<String, Value> replaced = new TreeMap<>(values);
        texts.forEach((part, text) -> {
            int slash = part.indexOf(PLACE);
            String field = slash < 0 ? part : part.substring(0, slash);
            if (slash < 0) {
                replaced.put(field, Value.of(text));
            } else if (replaced.get(field) instanceof Value.Items(List<Value> items)) {
                List<Value> changed = new ArrayList<>(items);
                changed.set(Integer.parseInt(part.substring(slash + 1)), Value.of(text));
                replaced.put(field, new Value.Items(changed));
            }
        });
        return replaced;
    }

    /// The texts of one value.
    static List<String> texts(Value value) {
        return switch (value) {
            case Value.Text(String text) -> List.of(text);
            case Value.Items(List<Value> items) ->
                items.stream().flatMap(item -> texts(item).stream()).toList();
            case Value.Fields _, Value.Num _, Value.Bool _, Value.Day _, Value.Moment _, Value.Null _ -> List.of();
        };
    }
}
