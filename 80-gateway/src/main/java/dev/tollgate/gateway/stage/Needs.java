// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.catalog.FieldType;
import dev.tollgate.catalog.ObjectType;
import dev.tollgate.terms.Conduct;
import dev.tollgate.terms.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What a record must hold before it gets the values that a change gives to it, as its contract says (requirement
/// S4-16).
///
/// @param needed the fields that must be filled, by the field that needs them
record Needs(ObjectType object, Map<String, Value> given, Map<String, List<String>> needed) {
    static Needs of(ObjectType object, Map<String, Value> given) {
        Map<String, List<String>> needed = new LinkedHashMap<>();
        for (FieldType field : object.fields()) {
            List<String> fields = given.get(field.name()) instanceof Value.Text(String word)
                    ? field.needs().getOrDefault(word, List.of())
                    : List.of();
            if (!fields.isEmpty()) {
                needed.put(field.name(), fields);
            }
        }
        return new Needs(object, given, needed);
    }

    /// Fields of the record as it stands that must be known to say.
    Set<String> unsaid() {
        Set<String> unsaid = new TreeSet<>();
        needed.values().forEach(unsaid::addAll);
        unsaid.removeAll(given.keySet());
        return unsaid;
    }

    /// The first field that cannot change so, or nothing when all can.
    ///
    /// @param held what the record holds, at least of `unsaid`
    Optional<Conduct.FieldsMissing> missing(Map<String, Value> held) {
        for (Map.Entry<String, List<String>> one : needed.entrySet()) {
            List<String> empty = new ArrayList<>(one.getValue());
            empty.removeIf(field -> filled(given.getOrDefault(field, held.getOrDefault(field, Value.NULL))));
            if (!empty.isEmpty() && given.get(one.getKey()) instanceof Value.Text(String word)) {
                return Optional.of(new Conduct.FieldsMissing(object.name() + "." + one.getKey(), word, empty));
            }
        }
        return Optional.empty();
    }

    private static boolean filled(Value value) {
        return switch (value) {
            case Value.Null _ -> false;
            case Value.Text(String text) -> !text.isBlank();
            case Value.Items(List<Value> items) -> !items.isEmpty();
            case Value.Fields _, Value.Num _, Value.Bool _, Value.Day _, Value.Moment _ -> true;
        };
    }
}
