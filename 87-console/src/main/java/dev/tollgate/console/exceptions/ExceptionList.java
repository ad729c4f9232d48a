// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.console.exceptions;

import java.util.List;

/// What the page of exceptions shows.
///
/// @param rows    not resolved yet, the newest first
/// @param more    whether there are more than are shown
/// @param problem why nothing was done; empty when nothing was asked
public record ExceptionList(List<Row> rows, boolean more, String problem) {
    /// One exception.
    ///
    /// @param yours  whether the person who looks answers for it
    /// @param opened whether nobody has taken it yet
    /// @param ruled  whether policy may have decided the call, so that it can become a policy test
    /// @param taken  who looks at it; empty when nobody does
    public record Row(
            String id,
            String reason,
            String kind,
            String rule,
            String agent,
            String owner,
            long amount,
            boolean yours,
            boolean opened,
            boolean ruled,
            String taken,
            Left review,
            Left remedy) {}

    /// What is left of a clock.
    ///
    /// @param percent 0 to 100; 0 when it ran out
    /// @param words   for people, for example `3 h left`
    public record Left(int percent, String words) {}

    public ExceptionList {
        rows = List.copyOf(rows);
    }
}
