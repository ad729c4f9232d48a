// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import dev.tollgate.terms.Operation;
import dev.tollgate.terms.RowRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the guard is going to ask, and how it will read the answer.
///
/// @param operation what was authorised
/// @param layout    the object of the contract
/// @param ask       nothing when no record can meet a condition, so that the system need not be asked
/// @param fields    contract name to column of what is returned
/// @param rules     row rules by the column behind their fact; every returned row meets them
/// @param rowsMax   rows of the answer at most, one more than a page so that the next one is noticed
record Plan(
        Operation operation,
        Layout layout,
        Optional<Ask> ask,
        Map<String, Ask.Column> fields,
        List<RowRule> rules,
        int rowsMax) {
    Plan {
        fields = Map.copyOf(fields);
        rules = List.copyOf(rules);
    }
}
