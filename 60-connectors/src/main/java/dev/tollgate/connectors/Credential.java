// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import dev.tollgate.terms.SecretValue;
import java.time.Instant;

/// A leased credential on its way to a door. What a door caches under it (a session, a connection) ends with it.
///
/// @param secret prints as `***`
/// @param until  when the lease ends, exclusive
public record Credential(SecretValue secret, Instant until) {
    /// For systems inside the gateway's own process, which have none.
    public static final Credential NONE = new Credential(SecretValue.of(""), Instant.MAX);
}
