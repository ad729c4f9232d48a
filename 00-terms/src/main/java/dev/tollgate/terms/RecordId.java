// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

/// Which record of an object, in the words of the system that holds it.
///
/// @param value 1 to 256 characters without control characters
public record RecordId(String value) {
    public RecordId {
        Require.id("recordId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
