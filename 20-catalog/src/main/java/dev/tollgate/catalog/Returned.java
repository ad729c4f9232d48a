// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import dev.tollgate.terms.Value;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads which fields a call wants back: by name, by data class, or both.
///
/// @param given    arguments of the call
/// @param visible  fields that the principal may know of
/// @param problems where problems go
record Returned(
        ToolType tool, ObjectType object, Map<String, Value> given, Set<String> visible, List<String> problems) {
    /// What the call asks for, or else what the tool returns by default; only fields that exist for the principal.
    List<String> fields() {
        if (!given.containsKey("fields") && !given.containsKey("classes")) {
            return tool.defaultFields().stream().filter(visible::contains).toList();
        }
        Set<String> names = new LinkedHashSet<>();
        int at = 0;
        for (Value item : wanted("fields")) {
            String place = "`/fields/" + at++ + "`";
            Optional<FieldType> field = item instanceof Value.Text text ? existing(text.text()) : Optional.empty();
            if (field.isEmpty()) {
                problems.add(place + Arguments.NO_SUCH_FIELD);
            } else if (!names.add(field.get().name())) {
                problems.add(place + " is there twice");
            }
        }
        at = 0;
        for (Value item : wanted("classes")) {
            List<String> members = item instanceof Value.Text text ? members(text.text()) : List.of();
            if (members.isEmpty()) {
                problems.add("`/classes/" + at + "` names a class that no field is in");
            }
            names.addAll(members);
            at++;
        }
        return List.copyOf(names);
    }

    /// The names that a call gives; none when it does not say.
    private List<Value> wanted(String key) {
        Value wanted = given.getOrDefault(key, new Value.Items(List.of()));
        boolean listed = wanted instanceof Value.Items items
                && items.values().size() <= Arguments.FIELDS_MAX
                && (!items.values().isEmpty() || !given.containsKey(key));
        if (!listed) {
            problems.add("`/" + key + "` must be a list of 1 to " + Arguments.FIELDS_MAX + " names");
        }
        return listed && wanted instanceof Value.Items items ? items.values() : List.of();
    }

    private List<String> members(String dataClass) {
        return object.fields().stream()
                .filter(field -> field.dataClass().name().equals(dataClass) && visible.contains(field.name()))
                .map(FieldType::name)
                .toList();
    }

    private Optional<FieldType> existing(String name) {
        return visible.contains(name) ? object.field(name) : Optional.empty();
    }
}
