// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

/// Which session of an agent a call belongs to.
///
/// @param value 1 to 256 characters without control characters
public record SessionId(String value) {
    public SessionId {
        Require.id("sessionId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
