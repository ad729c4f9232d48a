// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// The server's identity, which may be replaced at any time. A handshake that has chosen one finishes
/// with it, so certificate and key always belong together. Safe for many threads.
public final class RotatingIdentity extends X509ExtendedKeyManager {
    private volatile Turned turned;

    /// The identity in force, and the one before for handshakes under way.
    private record Turned(long number, ServerIdentity now, ServerIdentity before) {}

    /// @param first with which the server starts
    public RotatingIdentity(ServerIdentity first) {
        turned = new Turned(0, first, first);
    }

    /// Replaces the identity for every handshake that begins from now on.
    public synchronized void replace(ServerIdentity next) {
        turned = new Turned(turned.number() + 1, next, turned.now());
    }

    /// The identity in force.
    public ServerIdentity now() {
        return turned.now();
    }

    private Optional<ServerIdentity> named(String alias) {
        Turned at = turned;
        if (alias.equals(alias(at.number()))) {
            return Optional.of(at.now());
        }
        return alias.equals(alias(at.number() - 1)) ? Optional.of(at.before()) : Optional.empty();
    }

    private static String alias(long number) {
        return "server-" + number;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String type, Principal @Nullable [] issuers, SSLEngine engine) {
        Turned at = turned;
        String kind = at.now().key().getAlgorithm();
        boolean fits = type.equals(kind) || (kind.equals("EdDSA") && type.startsWith("Ed"));
        return fits ? alias(at.number()) : null;
    }

    @Override
    public @Nullable String chooseServerAlias(String type, Principal @Nullable [] issuers, Socket socket) {
        return null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return named(alias)
                .map(identity -> identity.chain().toArray(X509Certificate[]::new))
                .orElse(null);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return named(alias).map(ServerIdentity::key).orElse(null);
    }

    @Override
    public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String @Nullable [] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
