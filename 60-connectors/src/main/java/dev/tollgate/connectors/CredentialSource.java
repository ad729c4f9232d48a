// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import dev.tollgate.terms.Step;

/// Leases the credential of one system for one call.
@FunctionalInterface
interface CredentialSource {
    /// A lease of at most 15 minutes, or why there is none.
    Step<Credential> lease();
}
