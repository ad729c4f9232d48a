// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

/// Which connected system an operation is for, for example `demo` or `tryton`.
///
/// @param value 1 to 256 characters without control characters
public record SystemId(String value) {
    public SystemId {
        Require.id("systemId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
