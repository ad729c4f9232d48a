// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import dev.tollgate.terms.Value;
import java.util.Map;
import java.util.Optional;

/// Records as a fake door brings them.
final class FakeRows {
    private FakeRows() {}

    static Found.Raw raw(String id, Map<String, Value> values) {
        return new Found.Raw(id, values, Optional.empty());
    }
}
