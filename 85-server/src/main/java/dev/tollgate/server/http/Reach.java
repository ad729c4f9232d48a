// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.http;

import dev.tollgate.terms.Presentation.PeerCertificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/// How requests reach this server, as far as it matters for who they come from.
///
/// @param url   the server's address for clients; nothing when it is whichever name a request gives,
///              which has been checked by then
/// @param peers verifies certificates of connections
public record Reach(Optional<String> url, Peers peers) {
    /// Without TLS there are no certificates.
    public static final Reach PLAIN = new Reach(Optional.empty(), _ -> Optional.empty());

    /// Verifies the certificate of a connection.
    @FunctionalInterface
    public interface Peers {
        /// What a chain proves now, or nothing.
        ///
        /// @param chain the leaf first
        Optional<PeerCertificate> verified(List<X509Certificate> chain);
    }
}
