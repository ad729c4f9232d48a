// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import dev.tollgate.terms.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What a door brings back, not yet checked.
///
/// @param records in the system's order
/// @param count   for a tally
/// @param stale   the record is there in another state than was picked, and nothing was changed
public record Found(List<Found.Raw> records, OptionalLong count, boolean stale) {
    public Found {
        records = List.copyOf(records);
    }

    /// A found or made list of records.
    public static Found records(List<Raw> records) {
        return new Found(records, OptionalLong.empty(), false);
    }

    /// A tally.
    public static Found count(long count) {
        return new Found(List.of(), OptionalLong.of(count), false);
    }

    /// A record in another state; nothing was changed.
    public static Found changedMeanwhile() {
        return new Found(List.of(), OptionalLong.empty(), true);
    }

    /// One record in the system's own names.
    ///
    /// @param id      the record id as text
    /// @param values  by upstream name; what was not asked for is in here too, if the system sent it
    /// @param version the system's stamp, when wanted and known
    public record Raw(String id, Map<String, Value> values, Optional<String> version) {
        /// Values are customer data: only their number is printed.
        @Override
        public String toString() {
            return "Raw[" + values.size() + " values]";
        }
    }
}
