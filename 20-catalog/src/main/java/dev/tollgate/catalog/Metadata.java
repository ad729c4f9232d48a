// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import dev.tollgate.terms.SystemId;
import java.util.List;
import java.util.Optional;

/// What a live system says of itself, in its own words: the raw material of a contract. Given by a connector to an
/// operator; agents never see it, and nothing in it is trusted but the names of columns.
///
/// @param system    id that the system will have
/// @param connector which connector asked
/// @param objects   kinds of records
public record Metadata(SystemId system, String connector, List<Kind> objects) {
    /// Kinds of records that are drafted at most; a system with more is drafted in parts.
    public static final int OBJECTS_MAX = 200;

    /// Fields of a kind that are drafted at most.
    public static final int FIELDS_MAX = 500;

    public Metadata {
        objects = List.copyOf(objects);
    }

    /// One kind of record.
    ///
    /// @param upstream the system's name, for example `sale.opportunity`
    /// @param id       the system's name of the field that holds the record's id
    /// @param fields   its fields
    public record Kind(String upstream, String id, List<Column> fields) {
        public Kind {
            fields = List.copyOf(fields);
        }
    }

    /// One field.
    ///
    /// @param upstream the system's name
    /// @param label    the system's words for it; may be anything, also a trap
    /// @param type     what it holds
    /// @param picklist the only texts it takes; empty when it takes any
    /// @param target   the system's name of the kind that a reference leads to
    /// @param readOnly the system alone sets it
    public record Column(
            String upstream,
            String label,
            ValueType type,
            List<String> picklist,
            Optional<String> target,
            boolean readOnly) {
        public Column {
            picklist = List.copyOf(picklist);
        }
    }
}
