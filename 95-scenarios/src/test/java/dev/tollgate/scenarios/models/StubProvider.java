// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.models;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/// A provider of models that answers what a test says, and remembers every byte that it got.
final class StubProvider implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Got> got = new ConcurrentLinkedQueue<>();
    private volatile Function<Got, Reply> script = _ -> Reply.json(500, "{}");

    /// One request.
    record Got(String path, Map<String, List<String>> headers, String body) {
        /// Everything of it.
        String text() {
            return path + "\n" + headers + "\n" + body;
        }
    }

    /// What is answered.
    ///
    /// @param pieces written one after the other, each at once
    /// @param whole  false hangs up in the middle
    /// @param before runs before each piece
    record Reply(
            int status, String type, Map<String, String> headers, List<String> pieces, boolean whole, Runnable before) {
        static Reply json(int status, String body) {
            return new Reply(status, "application/json", Map.of(), List.of(body), true, () -> {});
        }

        static Reply events(List<String> pieces) {
            return new Reply(200, "text/event-stream", Map.of(), pieces, true, () -> {});
        }

        Reply hangingUp() {
            return new Reply(status, type, headers, pieces, false, before);
        }

        Reply saying(String name, String value) {
            return new Reply(status, type, Map.of(name, value), pieces, whole, before);
        }

        Reply after(Runnable work) {
            return new Reply(status, type, headers, pieces, whole, work);
        }
    }

    private StubProvider(HttpServer server) {
        this.server = server;
    }

    static StubProvider start() throws IOException {
        StubProvider stub =
                new StubProvider(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        stub.server.createContext("/", stub::answer);
        stub.server.setExecutor(stub.threads);
        stub.server.start();
        return stub;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// From here on answers so.
    void answers(Function<Got, Reply> how) {
        script = how;
    }

    List<Got> got() {
        return List.copyOf(got);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Got request = new Got(exchange.getRequestURI().getPath(), Map.copyOf(exchange.getRequestHeaders()), body);
        got.add(request);
        Reply reply = script.apply(request);
        exchange.getResponseHeaders().add("Content-Type", reply.type());
        reply.headers().forEach(exchange.getResponseHeaders()::add);
        long announced = reply.pieces().stream()
                .mapToLong(piece -> piece.getBytes(StandardCharsets.UTF_8).length)
                .sum();
        exchange.sendResponseHeaders(reply.status(), reply.whole() ? 0 : announced + 1);
        OutputStream out = exchange.getResponseBody();
        for (String piece : reply.pieces()) {
            reply.before().run();
            out.write(piece.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
        if (!reply.whole()) {
            throw new IOException("hangs up");
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
