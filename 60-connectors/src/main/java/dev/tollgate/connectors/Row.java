// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import dev.tollgate.terms.Fact;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Value;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One record as the connector read it, before redaction.
///
/// @param id      the record
/// @param facts   what row rules need to know of it; never returned to an agent. An absent fact is missing here
/// @param fields  by contract name; a field that the system sent unasked and the contract does not know keeps the
///                system's name, with `upstream:` before it when a contract field has that name
/// @param version the system's stamp of this state of the record, when it has one
public record Row(RecordId id, Map<Fact, Value> facts, Map<String, Value> fields, Optional<String> version) {
    /// What stands before an unknown field's name when it would pass for a field of the contract.
    public static final String UNKNOWN_PREFIX = "upstream:";

    public Row {
        facts = Map.copyOf(facts);
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    }

    /// Values are customer data: only the record is named.
    @Override
    public String toString() {
        return "Row[" + id + ", " + fields.size() + " fields]";
    }
}
