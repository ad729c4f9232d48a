// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.mcp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// An MCP server on loopback, of either era, whose tools and answers a test sets. Keeps every request.
public final class ScriptedMcp implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String MODERN = "2026-07-28";

    private static final String INITIALIZED =
            "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"serverInfo\":{\"name\":\"x\"}}";
    private static final String NOTICE =
            "event: message\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\"}\n\n";

    private final HttpServer server;
    private final boolean modern;
    private final List<Heard> heard = Collections.synchronizedList(new ArrayList<>());
    private volatile String tools = "[]";
    private volatile String result = "{\"content\":[]}";
    private volatile boolean events;
    private final AtomicInteger sessions = new AtomicInteger();

    /// What came in.
    ///
    /// @param method of JSON-RPC
    /// @param params its params
    /// @param bearer the credential; empty when there was none
    public record Heard(String method, JsonNode params, String bearer) {}

    /// @param modern speaks 2026-07-28; otherwise 2025-11-25 with a handshake
    public ScriptedMcp(boolean modern) {
        this.modern = modern;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        server.createContext("/mcp", this::answer);
        server.start();
    }

    /// Where it is.
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/mcp");
    }

    /// From now on it has these tools, a JSON list.
    public void tools(String definitions) {
        tools = definitions;
    }

    /// From now on every call gives this result, a JSON object.
    public void result(String given) {
        result = given;
    }

    /// From now on it answers with a stream of events.
    public void streams() {
        events = true;
    }

    /// It forgets every session.
    public void restart() {
        sessions.incrementAndGet();
    }

    /// What it was asked by this method.
    public List<Heard> heard(String method) {
        synchronized (heard) {
            return heard.stream().filter(one -> one.method().equals(method)).toList();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode message = JSON.readTree(exchange.getRequestBody().readAllBytes());
            String bearer = exchange.getRequestHeaders().getFirst("Authorization");
            String method = message.path("method").asString("");
            heard.add(new Heard(method, message.path("params"), bearer == null ? "" : bearer));
            if (modern ? !spoken(exchange, message) : stranger(exchange, method)) {
                error(exchange, modern ? 400 : method.equals("initialize") ? 400 : 404, message);
                return;
            }
            if (!message.has("id")) {
                exchange.sendResponseHeaders(202, -1);
                return;
            }
            ObjectNode reply = JSON.createObjectNode();
            reply.put("jsonrpc", "2.0").set("id", message.path("id"));
            reply.set(
                    "result",
                    JSON.readTree(
                            switch (method) {
                                case "initialize" -> INITIALIZED;
                                case "tools/list" -> "{\"tools\":" + tools + "}";
                                default -> result;
                            }));
            if (method.equals("initialize")) {
                exchange.getResponseHeaders().add("Mcp-Session-Id", "session-" + sessions.get());
            }
            send(exchange, 200, JSON.writeValueAsString(reply));
        }
    }

    /// The headers that the revision requires agree with the body.
    private static boolean spoken(HttpExchange exchange, JsonNode message) {
        var headers = exchange.getRequestHeaders();
        String name = message.path("params").path("name").asString("");
        return MODERN.equals(headers.getFirst("MCP-Protocol-Version"))
                && message.path("method").asString("").equals(headers.getFirst("Mcp-Method"))
                && (name.isEmpty() || name.equals(headers.getFirst("Mcp-Name")))
                && MODERN.equals(message.path("params")
                        .path("_meta")
                        .path("io.modelcontextprotocol/protocolVersion")
                        .asString(""));
    }

    private boolean stranger(HttpExchange exchange, String method) {
        return !method.equals("initialize")
                && !("session-" + sessions.get())
                        .equals(exchange.getRequestHeaders().getFirst("Mcp-Session-Id"));
    }

    private void error(HttpExchange exchange, int status, JsonNode message) throws IOException {
        ObjectNode reply = JSON.createObjectNode();
        reply.put("jsonrpc", "2.0").set("id", message.path("id"));
        reply.putObject("error").put("code", -32_600).put("message", "not like that");
        send(exchange, status, JSON.writeValueAsString(reply));
    }

    private void send(HttpExchange exchange, int status, String json) throws IOException {
        boolean stream = events && status == 200;
        String body = stream ? NOTICE + "event: message\ndata: " + json + "\n\n" : json;
        exchange.getResponseHeaders().add("Content-Type", stream ? "text/event-stream" : "application/json");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
