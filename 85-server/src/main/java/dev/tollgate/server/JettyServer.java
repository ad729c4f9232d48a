// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server;

import dev.tollgate.server.http.HttpLimits;
import dev.tollgate.server.http.PlainErrors;
import dev.tollgate.server.http.SlowSenders;
import dev.tollgate.server.mcp.Listeners;
import dev.tollgate.server.ops.Meters;
import dev.tollgate.server.tls.Tls;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// Jetty, set up for strangers: strict HTTP, small headers, short silences, no word about itself. Selectors run
/// on a few platform threads and handlers on virtual ones; all-virtual pools can leave both carriers of a small
/// machine to selectors (jetty issue 12651).
final class JettyServer {
    /// Threads for selectors and accepting, not for calls.
    private static final int PLATFORM_THREADS_MAX = 16;

    private static final int ACCEPTORS = 1;
    private static final int SELECTORS = 2;
    /// Connections that wait to be accepted while as many as allowed are open.
    private static final int BACKLOG = 256;

    private final ServerConfig config;
    private final org.eclipse.jetty.server.Server server;
    private final ServerConnector connector;
    private final SlowSenders slow;
    private final String scheme;

    private Runnable beforeStop = () -> {};

    JettyServer(ServerConfig config, Optional<Tls> tls, InstantSource clock) {
        this.config = config;
        this.scheme = tls.isPresent() ? "https://" : "http://";
        HttpLimits limits = config.http();
        QueuedThreadPool threads = new QueuedThreadPool(PLATFORM_THREADS_MAX);
        threads.setName("server");
        threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
        this.server = new org.eclipse.jetty.server.Server(threads);
        this.connector = new ServerConnector(server, ACCEPTORS, SELECTORS, protocols(http(limits), tls));
        connector.setHost(config.host());
        connector.setPort(config.port());
        connector.setAcceptQueueSize(BACKLOG);
        connector.setIdleTimeout(limits.idleMax().toMillis());
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(limits.connectionsMax(), connector));
        this.slow = new SlowSenders(limits.requestWithin(), clock);
        connector.addBean(slow);
        server.setErrorHandler(new PlainErrors());
        server.setStopTimeout(limits.stopWithin().toMillis());
    }

    private static ConnectionFactory[] protocols(HttpConfiguration http, Optional<Tls> tls) {
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        if (tls.isEmpty()) {
            return new ConnectionFactory[] {plain};
        }
        SecureRequestCustomizer certificates = new SecureRequestCustomizer();
        // Which names this server answers for, the guard of hosts decides, as it does without TLS.
        certificates.setSniHostCheck(false);
        http.addCustomizer(certificates);
        return new ConnectionFactory[] {new SslConnectionFactory(tls.get().factory(), plain.getProtocol()), plain};
    }

    private static HttpConfiguration http(HttpLimits limits) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setRequestHeaderSize(limits.headerBytesMax());
        http.setHttpCompliance(HttpCompliance.RFC9110);
        http.setUriCompliance(UriCompliance.DEFAULT);
        return http;
    }

    /// Takes the port. Nothing is served before `serve`.
    void listen() {
        try {
            connector.open();
        } catch (IOException taken) {
            throw new IllegalStateException("cannot listen on " + config.host() + ":" + config.port(), taken);
        }
    }

    String url() {
        String host = config.host().indexOf(':') >= 0 ? "[" + config.host() + "]" : config.host();
        return scheme + host + ":" + connector.getLocalPort();
    }

    int port() {
        return connector.getLocalPort();
    }

    boolean stopping() {
        return server.isStopping() || server.isStopped();
    }

    void serve(Handler doors, Runnable whenStopping) {
        beforeStop = whenStopping;
        server.setHandler(new GracefulHandler(doors));
        try {
            server.start();
            slow.begin(connector.getScheduler());
        } catch (Exception broken) {
            throw new IllegalStateException("the server did not start", broken);
        }
    }

    RunningServer running(String url, Listeners listeners, Meters meters) {
        return new RunningServer() {
            @Override
            public int port() {
                return connector.getLocalPort();
            }

            @Override
            public String url() {
                return url;
            }

            @Override
            public Listeners listeners() {
                return listeners;
            }

            @Override
            public Meters meters() {
                return meters;
            }

            @Override
            public void stop() {
                // Streams stay open until somebody ends them; a graceful stop would wait for them in vain.
                beforeStop.run();
                try {
                    server.stop();
                } catch (Exception broken) {
                    throw new IllegalStateException("the server did not stop cleanly", broken);
                }
            }
        };
    }
}
