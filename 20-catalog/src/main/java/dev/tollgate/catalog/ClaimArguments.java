// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the arguments of a verification into one question that a system answers with a number: how many records have
/// this id, hold everything that is claimed, and hold what the contract expects? Nothing of the record comes back, and
/// nothing tells which claim was wrong.
///
/// @param visible fields that the principal may know of
record ClaimArguments(
        ToolType tool, ObjectType object, Map<String, Value> given, Set<String> visible, List<String> problems) {
    Optional<Operation> verify() {
        return tool.verification().map(what -> {
            List<Operation.Condition> where = new ArrayList<>();
            ChangeArguments.record(given, "id", problems)
                    .ifPresent(record -> where.add(equal(object.idField(), Value.of(record.value()))));
            if (what.compares().isEmpty()) {
                Arguments.known(given, problems, "id");
            } else {
                Arguments.known(given, problems, "id", "claims");
                claims(what, where);
            }
            if (!visible.containsAll(what.expects().keySet())) {
                problems.add("`/id` cannot be verified by whoever asks");
            }
            what.expects()
                    .forEach((field, values) ->
                            where.add(new Operation.Condition(field, Comparison.IN, Value.texts(values))));
            return new Operation.Count(Arguments.target(tool), where, List.of());
        });
    }

    private void claims(Verification what, List<Operation.Condition> where) {
        if (!(given.get("claims") instanceof Value.Fields claims)) {
            problems.add("`/claims` must be an object");
            return;
        }
        what.required().stream()
                .filter(name -> !claims.values().containsKey(name))
                .forEach(name -> problems.add("`/claims/" + name + "` is missing"));
        claims.values().forEach((name, value) -> {
            Optional<FieldType> field = object.field(name)
                    .filter(_ -> visible.contains(name) && what.compares().contains(name));
            if (field.isEmpty()) {
                problems.add("`/claims`" + Arguments.NO_SUCH_FIELD);
                return;
            }
            new Given(field.get(), "/claims/" + name, problems)
                    .condition(Comparison.EQUALS, value)
                    .ifPresent(typed -> where.add(equal(name, typed)));
        });
    }

    private static Operation.Condition equal(String field, Value value) {
        return new Operation.Condition(field, Comparison.EQUALS, value);
    }
}
