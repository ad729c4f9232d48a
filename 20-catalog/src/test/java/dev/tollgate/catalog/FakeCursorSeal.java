// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import dev.tollgate.terms.Operation;
import java.util.OptionalInt;

/// A seal that hides nothing, for tests: `page-40` begins at row 40.
final class FakeCursorSeal implements CursorSeal {
    @Override
    public String seal(Operation.Search search, int offset) {
        return "page-" + offset;
    }

    @Override
    public OptionalInt open(String cursor, Operation.Search search) {
        return cursor.startsWith("page-")
                ? OptionalInt.of(Integer.parseInt(cursor.substring("page-".length())))
                : OptionalInt.empty();
    }
}
