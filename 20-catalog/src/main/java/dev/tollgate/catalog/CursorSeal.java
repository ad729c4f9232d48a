// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import dev.tollgate.terms.Operation;
import java.util.OptionalInt;

/// Seals the place at which the next page of a search begins, so that an agent can neither choose it nor carry it to
/// another search, another principal or another policy. One seal is for one principal under one policy version.
public interface CursorSeal {
    /// The cursor of the page of `search` that begins at `offset`.
    String seal(Operation.Search search, int offset);

    /// Where the next page of `search` begins; nothing when the cursor is not of this search and this
    /// seal, was changed, or is too old. Which of these it was is not told.
    OptionalInt open(String cursor, Operation.Search search);
}
