// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.journal;

import dev.tollgate.terms.Require;

/// Which change in the journal; the caller makes it, once for each change.
///
/// @param value 1 to 256 characters without control characters
public record ChangeId(String value) {
    public ChangeId {
        Require.id("changeId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
