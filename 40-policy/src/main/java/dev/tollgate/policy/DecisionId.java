// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.terms.Require;

/// Which decision: named by its audit entry, its decision token and its answer.
///
/// @param value 1 to 256 characters without control characters
public record DecisionId(String value) {
    public DecisionId {
        Require.id("decisionId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
