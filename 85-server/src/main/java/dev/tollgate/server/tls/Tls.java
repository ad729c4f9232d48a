// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.tls;

import dev.tollgate.server.http.Reach.Peers;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/// What a listener needs to speak TLS.
///
/// @param identity the server's own
/// @param clients  whose connections are opened, when they show a certificate
/// @param peers    what such a certificate proves at each request: it may end, and those who vouched
///                 for it may be dropped, while a connection stays open
/// @param required whether each connection shows one
public record Tls(RotatingIdentity identity, X509ExtendedTrustManager clients, Peers peers, boolean required) {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    /// A session is resumed without the client's certificate being sent again, so not for longer than a
    /// token lives.
    private static final int RESUMED_SECONDS = 900;

    /// Sessions kept for resumption, a few KB each.
    private static final int SESSIONS_MAX = 4_096;

    /// Jetty's side of it.
    public SslContextFactory.Server factory() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {identity}, new TrustManager[] {clients}, new SecureRandom());
            context.getServerSessionContext().setSessionTimeout(RESUMED_SECONDS);
            context.getServerSessionContext().setSessionCacheSize(SESSIONS_MAX);
            SslContextFactory.Server factory = new SslContextFactory.Server();
            factory.setSslContext(context);
            factory.setIncludeProtocols(PROTOCOLS);
            factory.setRenegotiationAllowed(false);
            factory.setNeedClientAuth(required);
            factory.setWantClientAuth(!required);
            factory.setSniRequired(false);
            return factory;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this machine has no TLS", missing);
        }
    }
}
