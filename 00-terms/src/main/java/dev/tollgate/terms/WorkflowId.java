// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

/// Which workflow of the bundle a task runs; the workflow declares the intent.
///
/// @param value 1 to 256 characters without control characters
public record WorkflowId(String value) {
    public WorkflowId {
        Require.id("workflowId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
