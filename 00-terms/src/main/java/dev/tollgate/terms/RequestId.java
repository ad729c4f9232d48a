// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

/// Which call: one per tool call, in every log line and audit entry that it causes.
///
/// @param value 1 to 256 characters without control characters
public record RequestId(String value) {
    public RequestId {
        Require.id("requestId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
