// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.matrix;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes every login as a Tryton does, and then misbehaves. Whatever it says is full of a canary.
final class BrokenCrm implements AutoCloseable {
    /// What must not come out at the other side.
    static final String CANARY = "cnrybrokencrm7";

    private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");
    private static final String UPDATED = "\"write_date\":{\"__class__\":\"datetime\",\"year\":2026,\"month\":11,"
            + "\"day\":21,\"hour\":1,\"minute\":0,\"second\":0,\"microsecond\":0},\"create_date\":null";

    private final CountDownLatch over = new CountDownLatch(1);
    private final HttpServer server;
    private volatile Fault fault = Fault.SOUND;

    /// What it answers to a search for a party.
    enum Fault {
        /// One party, as it should.
        SOUND(200, "{\"id\":ID,\"result\":[{\"id\":7,\"name\":\"Sound\"," + UPDATED + "}]}"),
        /// Nothing, until the test is over.
        SILENT(0, ""),
        /// It hangs up.
        CUT(0, ""),
        /// A page of a proxy, with what it heard.
        PAGE(502, "<html>upstream said " + CANARY + "</html>"),
        /// An error with its arguments, as Tryton tells them.
        ERROR(200, "{\"id\":ID,\"error\":[\"UserError\",[\"" + CANARY + " already exists\",\"\"]]}"),
        /// A trace with local variables.
        TRACE(500, "Traceback: password='" + CANARY + "'"),
        /// To another place.
        ELSEWHERE(302, CANARY),
        /// No JSON at all.
        NOISE(200, "%PDF-1.7 " + CANARY),
        /// A row of which a field has another type than the contract says.
        OTHER_TYPE(
                200,
                "{\"id\":ID,\"result\":[{\"id\":7,\"name\":\"Sound\",\"active\":\"" + CANARY + "\"," + UPDATED + "}]}"),
        /// A row without the fields that were asked for.
        SHORT(200, "{\"id\":ID,\"result\":[{\"id\":7,\"comment\":\"" + CANARY + "\"}]}"),
        /// One member twice.
        TWICE(200, "{\"id\":ID,\"result\":[],\"result\":[{\"id\":7,\"name\":\"" + CANARY + "\"}]}"),
        /// The answer to another question.
        OTHERS(200, "{\"id\":424242,\"result\":[{\"id\":7,\"name\":\"" + CANARY + "\"," + UPDATED + "}]}"),
        /// Fields that nobody asked for and no contract knows.
        MORE(
                200,
                "{\"id\":ID,\"result\":[{\"id\":7,\"name\":\"Sound\",\"secret_margin\":\"" + CANARY
                        + "\",\"credit\":{\"limit\":\"" + CANARY + "\"}," + UPDATED + "}]}");

        private final int status;
        private final String body;

        Fault(int status, String body) {
            this.status = status;
            this.body = body;
        }
    }

    BrokenCrm() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    /// Where it listens.
    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/crm/");
    }

    /// What it does from now on.
    void does(Fault next) {
        fault = next;
    }

    private void serve(HttpExchange exchange) throws IOException {
        String question = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Matcher id = ID.matcher(question);
        String number = id.find() ? id.group(1) : "0";
        if (question.contains("common.db.login")) {
            reply(exchange, 200, "{\"id\":ID,\"result\":[1,\"0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a\"]}", number);
            return;
        }
        Fault now = fault;
        if (now == Fault.SILENT) {
            try {
                over.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
            return;
        }
        if (now == Fault.CUT) {
            exchange.close();
            return;
        }
        if (now == Fault.ELSEWHERE) {
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/" + CANARY);
        }
        reply(exchange, now.status, now.body, number);
    }

    private static void reply(HttpExchange exchange, int status, String text, String id) throws IOException {
        byte[] body = text.replace("ID", id).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("X-Debug", CANARY);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        over.countDown();
        server.stop(0);
    }
}
