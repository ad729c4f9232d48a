// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import java.util.List;
import java.util.OptionalLong;

/// What an operation found or made.
///
/// @param rows    records in the asked order; empty when a record does not exist or breaks a row rule
/// @param more    whether a next page may have rows
/// @param count   how many records, for a count
/// @param dropped rows that the system sent although they break a row rule; never more than a fault of the system
public record Rows(List<Row> rows, boolean more, OptionalLong count, int dropped) {
    public Rows {
        rows = List.copyOf(rows);
    }
}
