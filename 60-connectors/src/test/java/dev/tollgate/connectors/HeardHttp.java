// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/// A real HTTP server on loopback that writes down what it was sent and answers as it is told.
public final class HeardHttp implements AutoCloseable {
    private final HttpServer server;
    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Says says = new Says(200, Map.of(), "");
    private volatile boolean silent;

    /// One request.
    public record Heard(String method, String path, Map<String, List<String>> headers, String body) {
        /// The first value of a header.
        public String header(String name) {
            return headers.entrySet().stream()
                    .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                    .map(entry -> entry.getValue().getFirst())
                    .findFirst()
                    .orElse("");
        }
    }

    private record Says(int status, Map<String, String> headers, String body) {}

    /// Listens on a free port.
    public HeardHttp() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::hear);
        server.start();
    }

    private void hear(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        heard.add(new Heard(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                Map.copyOf(exchange.getRequestHeaders()),
                body));
        if (silent) {
            waitForTheEnd();
        }
        Says answer = says;
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        answer.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void waitForTheEnd() {
        try {
            closing.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Where it is.
    public URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /// From now on it answers so.
    public void say(int status, Map<String, String> headers, String body) {
        says = new Says(status, headers, body);
    }

    /// From now on it hears and does not answer.
    public void beSilent() {
        silent = true;
    }

    /// What it was sent.
    public List<Heard> heard() {
        return List.copyOf(heard);
    }

    /// The one request that it was sent.
    public Heard only() {
        return Optional.of(heard())
                .filter(all -> all.size() == 1)
                .map(List::getFirst)
                .orElseThrow(() -> new AssertionError("heard " + heard.size() + " requests"));
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
    }
}
