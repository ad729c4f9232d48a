// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import dev.tollgate.terms.Step;
import java.util.Optional;

/// Leases the credential of one system for one call.
@FunctionalInterface
interface CredentialSource {
    /// A lease of at most 15 minutes, or why there is none.
    ///
    /// @param decision that it is used for; nothing for a look at the system's health
    Step<Credential> lease(Optional<String> decision);
}
