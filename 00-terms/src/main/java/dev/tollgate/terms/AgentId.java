// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

/// Which agent asks, for example `sales-copilot`. Names a record of the bundle; says nothing of the person it acts for.
///
/// @param value 1 to 256 characters without control characters
public record AgentId(String value) {
    public AgentId {
        Require.id("agentId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
