// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.state;

import dev.tollgate.policy.FieldVerdict;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Value;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;

/// Each field of each row is in its permitted view; rows that may not be seen are gone.
///
/// @param rows    what is shown
/// @param count   how many records match, when that was asked
/// @param cursor  where the next page begins, sealed; empty when there is none
public record Redacted(Executed from, List<ShownRow> rows, OptionalLong count, String cursor) implements State {
    public Redacted {
        rows = List.copyOf(rows);
    }

    /// One row as the agent will see it.
    ///
    /// @param record   its id in the system, for the record; shown only if its field is
    /// @param values   shown values by field name
    /// @param verdicts a verdict for each asked field, shown or not
    public record ShownRow(RecordId record, SortedMap<String, Value> values, SortedMap<String, FieldVerdict> verdicts) {
        /// Values stay out of logs.
        @Override
        public String toString() {
            return "ShownRow[" + verdicts.size() + " fields]";
        }
    }

    @Override
    public Known known() {
        return from.known();
    }

    /// Who asks, and the bundle that decides.
    public Authenticated who() {
        return from.who();
    }

    /// What is asked.
    public Validated validated() {
        return from.validated();
    }

    /// What policy said.
    public Decided decided() {
        return from.decided();
    }
}
