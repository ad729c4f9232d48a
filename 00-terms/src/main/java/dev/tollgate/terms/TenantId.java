// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

/// Which customer of the deployment owns a record or a principal.
///
/// @param value 1 to 256 characters without control characters
public record TenantId(String value) {
    public TenantId {
        Require.id("tenantId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
