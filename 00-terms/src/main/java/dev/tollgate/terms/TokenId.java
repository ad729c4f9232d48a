// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

/// The `jti` of a decision token; a token is accepted once.
///
/// @param value 1 to 256 characters without control characters
public record TokenId(String value) {
    public TokenId {
        Require.id("tokenId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
