// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import dev.tollgate.terms.Fact;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One kind of record of a system, for example `opportunity`.
///
/// @param name        what agents and policies call it
/// @param upstream    what the system calls it
/// @param idField     name of the field that holds the record's id
/// @param facts       facts of a row, by the name of the field that tells each
/// @param window      how far back reads go unless the workflow declares more; nothing for master data
/// @param fields      in the order of the contract
/// @param relations   ways to other objects
/// @param description one sentence for agents
/// @param version     name of the field that differs after every change of a record; nothing when the
///                    system stamps its records itself
public record ObjectType(
        String name,
        String upstream,
        String idField,
        Map<Fact, String> facts,
        Optional<Duration> window,
        List<FieldType> fields,
        List<Relation> relations,
        String description,
        Optional<String> version) {
    /// How far back reads go by default (requirement S0-19), when the object tells when a record changed.
    public static final Duration WINDOW_DEFAULT = Duration.ofDays(90);

    public ObjectType {
        facts = Map.copyOf(facts);
        fields = List.copyOf(fields);
        relations = List.copyOf(relations);
    }

    /// The field of that name, or nothing when the contract has none.
    public Optional<FieldType> field(String wanted) {
        for (FieldType field : fields) {
            if (field.name().equals(wanted)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }
}
