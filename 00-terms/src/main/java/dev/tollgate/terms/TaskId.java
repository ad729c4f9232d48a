// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

/// Which run of a workflow a call belongs to.
///
/// @param value 1 to 256 characters without control characters
public record TaskId(String value) {
    public TaskId {
        Require.id("taskId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
