// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import dev.tollgate.terms.Value;
import java.util.List;
import java.util.Map;

/// What the guard means by conditions, for comparing it with what a database means.
public final class ConditionModel {
    private ConditionModel() {}

    /// Whether a row of upstream values meets every condition.
    public static boolean holds(List<Ask.Filter> filters, Map<String, Value> row) {
        return filters.stream()
                .allMatch(filter -> Matches.holds(
                        row.getOrDefault(filter.column().upstream(), Value.NULL), filter.comparison(), filter.value()));
    }
}
