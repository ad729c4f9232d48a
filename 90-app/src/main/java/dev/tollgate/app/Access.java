// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import static dev.tollgate.terms.Require.require;

import dev.tollgate.terms.Scope;
import dev.tollgate.terms.SpiffeId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How callers are let in. Read from `tokens` and `tls`.
///
/// @param nonces whether proofs of possession carry a nonce of this gateway (RFC 9449 §8)
/// @param scopes that clients may ask authorization servers for; told to everybody
/// @param tls    the listener's certificate and whose it takes; nothing means plain HTTP
public record Access(boolean nonces, List<String> scopes, Optional<Tls> tls) {
    /// Plain HTTP, proofs without nonces.
    public static final Access PLAIN = new Access(false, List.of(), Optional.empty());

    /// More than any agent type has; they stand in one header.
    private static final int SCOPES_MAX = 64;

    public Access {
        scopes = List.copyOf(scopes);
        require(scopes.size() <= SCOPES_MAX, "at most " + SCOPES_MAX + " `tokens.scopes`");
        require(
                scopes.stream().allMatch(text -> Scope.parse(text).isPresent()),
                "each of `tokens.scopes` is system:object:verb or system:object:verb:owned");
    }

    /// A listener that speaks TLS and nothing else.
    ///
    /// @param certificate chain in PEM, the server's own first
    /// @param key         its private key, PKCS #8 in PEM, readable by the owner only
    /// @param required    whether a connection without a client certificate is refused
    /// @param trust       bundle of each trust domain, certificates in PEM
    public record Tls(Path certificate, Path key, boolean required, Map<String, Path> trust) {
        /// An organisation and its partners; each is polled.
        private static final int DOMAINS_MAX = 16;

        public Tls {
            trust = Map.copyOf(trust);
            require(trust.size() <= DOMAINS_MAX, "at most " + DOMAINS_MAX + " `tls.trust`");
            require(
                    trust.keySet().stream().allMatch(SpiffeId::isTrustDomain),
                    "each `tls.trust[].domain` is the name of a trust domain");
            require(!required || !trust.isEmpty(), "`tls.clients: required` needs `tls.trust`");
        }
    }
}
