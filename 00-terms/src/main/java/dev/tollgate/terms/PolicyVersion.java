// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

/// The canonical digest of a policy bundle: `sha256:` and 64 hexadecimal digits.
///
/// @param value 1 to 256 characters without control characters
public record PolicyVersion(String value) {
    public PolicyVersion {
        Require.id("policyVersion", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
