// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.connectors.Row;
import dev.tollgate.connectors.Rows;
import dev.tollgate.governance.change.Change;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Value;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a change left behind.
///
/// @param record  the record, which a new one has only now
/// @param after   the touched fields as the system gave them back, or as they were written where it did not
/// @param version the record's version now, when the system gave it
record Made(Optional<RecordId> record, SortedMap<String, Value> after, Optional<String> version) {
    static Made of(Change change, Rows rows) {
        Optional<Row> row = rows.rows().stream().findFirst();
        SortedMap<String, Value> after = new TreeMap<>(change.after());
        after.replaceAll((field, written) ->
                row.map(one -> one.fields().getOrDefault(field, written)).orElse(written));
        return new Made(change.record().or(() -> row.map(Row::id)), after, row.flatMap(Row::version));
    }

    /// Values are customer data.
    @Override
    public String toString() {
        return "Made[" + after.size() + " fields]";
    }
}
