// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.RowRule;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.Value;
import java.util.List;
import java.util.Map;

/// What the contract kit changes in a system under test.
///
/// @param system  id of the system
/// @param object  contract name of the object
/// @param record  a record of it that no other test relies on
/// @param absent  an id that no record has
/// @param one     values of several types that the record takes
/// @param other   different values of the same fields
/// @param inside  a row rule that the record meets
/// @param outside one that it breaks
/// @param makes   contract name of an object of which records are made and ended
/// @param made    values of such a record
public record Changed(
        SystemId system,
        String object,
        RecordId record,
        RecordId absent,
        Map<String, Value> one,
        Map<String, Value> other,
        RowRule inside,
        RowRule outside,
        String makes,
        Map<String, Value> made) {
    /// The fields that change, in order.
    List<String> fields() {
        return one.keySet().stream().sorted().toList();
    }
}
