// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.secrets;

import dev.tollgate.terms.Require;
import dev.tollgate.terms.SecretValue;
import java.time.Duration;
import java.time.Instant;

/// A secret for a few minutes.
///
/// @param name    of the secret
/// @param secret  itself
/// @param expires when the holder must let go of it and of any session that it opened
public record Lease(String name, SecretValue secret, Instant expires) {
    /// A lease that begins at `now`.
    public static Lease of(String name, SecretValue secret, Instant now, Duration most) {
        Require.require(most.isPositive(), "a lease lasts longer than nothing");
        Duration granted = most.compareTo(SecretStore.LEASE_MAX) > 0 ? SecretStore.LEASE_MAX : most;
        return new Lease(name, secret, now.plus(granted));
    }

    /// Whether the holder may still use it.
    public boolean live(Instant now) {
        return now.isBefore(expires);
    }
}
