// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.outside;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// An HTTP server on loopback that answers every request alike and remembers what it was asked.
final class StubServer implements AutoCloseable {
    record Asked(String path, String authorization, String key, String body) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());

    private StubServer(int status, String answer, boolean hangs) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            asked.add(new Asked(
                    exchange.getRequestURI().getPath(),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                    String.valueOf(exchange.getRequestHeaders().getFirst("x-api-key")),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            if (hangs) {
                exchange.sendResponseHeaders(status, bytes.length + 1L);
                exchange.getResponseBody().write(bytes);
                exchange.getResponseBody().flush();
                await();
            } else {
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
            exchange.close();
        });
        server.start();
    }

    static StubServer answering(int status, String answer) {
        return made(status, answer, false);
    }

    /// Sends all but the last byte of the answer and then nothing.
    static StubServer hanging(String answer) {
        return made(200, answer, true);
    }

    private static StubServer made(int status, String answer, boolean hangs) {
        try {
            return new StubServer(status, answer, hangs);
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }

    private void await() {
        try {
            closed.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    Asked last() {
        return asked.getLast();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
