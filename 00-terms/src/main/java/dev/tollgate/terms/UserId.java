// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

/// Which person an agent acts for.
///
/// @param value 1 to 256 characters without control characters
public record UserId(String value) {
    public UserId {
        Require.id("userId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
