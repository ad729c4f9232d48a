// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.tryton;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A server that takes every login and gives the answers that the test wrote, for what a real one will not do.
final class FakeTryton implements AutoCloseable {
    private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");

    private final HttpServer server;
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private int logins;

    /// @param body `ID` in it becomes the id of the request
    record Answer(int status, String body) {}

    FakeTryton() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        server.createContext("/", this::serve);
        server.start();
    }

    TrytonConfig config() {
        return new TrytonConfig(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/crm/"), "admin");
    }

    synchronized void next(int status, String body) {
        answers.add(new Answer(status, body));
    }

    synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    synchronized int logins() {
        return logins;
    }

    private synchronized void serve(HttpExchange exchange) throws IOException {
        String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Matcher id = ID.matcher(request);
        String number = id.find() ? id.group(1) : "0";
        Answer answer;
        if (request.contains("common.db.login")) {
            logins++;
            answer = new Answer(200, "{\"id\":ID,\"result\":[1,\"" + "0a".repeat(31) + "%02d\"]}".formatted(logins));
        } else {
            asked.add(request);
            answer = answers.isEmpty() ? new Answer(500, "<html>nothing left to say</html>") : answers.poll();
        }
        byte[] body = answer.body().replace("ID", number).getBytes(StandardCharsets.UTF_8);
        if (answer.status() / 100 == 3) {
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/elsewhere");
        }
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
