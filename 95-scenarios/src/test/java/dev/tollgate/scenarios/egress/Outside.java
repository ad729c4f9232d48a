// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.egress;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A place outside: a web server, in the clear or with TLS, that says who it is and remembers what it got.
final class Outside implements AutoCloseable {
    private static final String PASSWORD = "changeit";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<String> got = new ConcurrentLinkedQueue<>();

    private Outside(HttpServer server, String name) {
        this.server = server;
        server.createContext("/", exchange -> answer(exchange, name));
        server.setExecutor(threads);
        server.start();
    }

    /// In the clear, on a free port of an address.
    static Outside plain(String address, String name) throws IOException {
        return plain(address, 0, name);
    }

    /// In the clear.
    static Outside plain(String address, int port, String name) throws IOException {
        return new Outside(HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(address), port), 0), name);
    }

    /// With TLS, under a certificate for `host` that nobody signed.
    static Outside sealed(Path folder, String host, String name) throws IOException {
        try {
            Path store = folder.resolve("outside.p12");
            Process keytool = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "outside",
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=" + host,
                            "-ext",
                            "san=dns:" + host,
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            store.toString(),
                            "-storepass",
                            PASSWORD))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(store)) {
                keys.load(in, PASSWORD.toCharArray());
            }
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, PASSWORD.toCharArray());
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(factory.getKeyManagers(), null, null);
            HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(tls));
            return new Outside(server, name);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stopped);
        }
    }

    private void answer(HttpExchange exchange, String name) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        StringBuilder all = new StringBuilder();
        all.append(exchange.getRequestMethod()).append(' ').append(exchange.getRequestURI());
        exchange.getRequestHeaders()
                .forEach((header, values) ->
                        all.append('\n').append(header).append(": ").append(values));
        got.add(all.append("\n\n").append(body).toString());
        byte[] reply = ("this is " + name).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, reply.length);
        exchange.getResponseBody().write(reply);
        exchange.close();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /// Every request: its line, its headers, its body.
    List<String> got() {
        return List.copyOf(got);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
