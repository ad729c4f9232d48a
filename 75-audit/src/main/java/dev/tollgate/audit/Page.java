// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.audit;

import java.util.List;

/// Part of an answer, in the order of the log.
///
/// @param rows    what was found
/// @param next    ask again with this to go on; meaningless unless `more`
/// @param more    there may be more
/// @param indexed entries of the log that the answer is about: what came later is not in it yet
public record Page<T>(List<T> rows, long next, boolean more, long indexed) {
    public Page {
        rows = List.copyOf(rows);
    }
}
