// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

/// Which tool an agent calls, for example `contact_get`.
///
/// @param value 1 to 256 characters without control characters
public record ToolName(String value) {
    public ToolName {
        Require.id("toolName", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
