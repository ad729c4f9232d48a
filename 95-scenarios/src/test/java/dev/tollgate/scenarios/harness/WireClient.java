// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.harness;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// An agent over MCP 2026-07-28, written from the specification and not from the server's code. Keeps every exchange.
public final class WireClient implements AutoCloseable {
    /// The revision that the client speaks.
    public static final String REVISION = "2026-07-28";

    private static final JsonMapper JSON = new JsonMapper();

    private final int port;
    private final String token;
    private final List<RawHttp.Exchange> exchanges = new ArrayList<>();
    private RawHttp connection;
    private String capabilities = "{}";
    private int id;

    /// What came back of one call.
    ///
    /// @param exchange the bytes
    /// @param message  the JSON-RPC message, or a missing node when the body was none
    public record Reply(RawHttp.Exchange exchange, JsonNode message) {
        /// The structured content of a tool result.
        public JsonNode structured() {
            return message.path("result").path("structuredContent");
        }

        /// The text of the first content block of a tool result.
        public String text() {
            return message.path("result").path("content").path(0).path("text").asString("");
        }

        /// Whether the tool ran and gave what was asked for.
        public boolean passed() {
            return message.has("result")
                    && !message.path("result").path("isError").asBoolean(false);
        }

        /// The JSON-RPC error code, or 0.
        public int errorCode() {
            return message.path("error").path("code").asInt(0);
        }

        /// Everything that came back, headers included.
        public String wire() {
            return exchange.wire();
        }
    }

    /// An agent that presents `token` to the gateway on `port`.
    public WireClient(int port, String token) {
        this.port = port;
        this.token = token;
        this.connection = connect(port);
    }

    private static RawHttp connect(int port) {
        try {
            return new RawHttp(port);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// The same client, which claims these capabilities from now on, as JSON.
    public WireClient capable(String claimed) {
        capabilities = claimed;
        return this;
    }

    /// Calls a tool again with what the client was asked for.
    ///
    /// @param responses a JSON object
    public Reply again(String tool, String arguments, String responses) {
        String params = "{\"name\":" + quote(tool) + ",\"arguments\":" + arguments + ",\"inputResponses\":" + responses
                + ",\"_meta\":" + meta(Map.of()) + "}";
        return rpc("tools/call", tool, params);
    }

    /// Calls a tool.
    ///
    /// @param arguments a JSON object
    public Reply call(String tool, String arguments) {
        return call(tool, arguments, Map.of());
    }

    /// Calls a tool with further members of `_meta`.
    public Reply call(String tool, String arguments, Map<String, String> meta) {
        String params = "{\"name\":" + quote(tool) + ",\"arguments\":" + arguments + ",\"_meta\":" + meta(meta) + "}";
        return rpc("tools/call", tool, params);
    }

    /// The tools that the agent sees, all pages.
    public List<JsonNode> tools() {
        List<JsonNode> tools = new ArrayList<>();
        String cursor = "";
        do {
            String page = cursor.isEmpty() ? "" : "\"cursor\":" + quote(cursor) + ",";
            JsonNode result = rpc("tools/list", "", "{" + page + "\"_meta\":" + meta(Map.of()) + "}")
                    .message()
                    .path("result");
            result.path("tools").forEach(tools::add);
            cursor = result.path("nextCursor").asString("");
        } while (!cursor.isEmpty());
        return tools;
    }

    /// One JSON-RPC request with the headers that must agree with it.
    public Reply rpc(String method, String name, String params) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("MCP-Protocol-Version", REVISION);
        headers.put("Mcp-Method", method);
        if (!name.isEmpty()) {
            headers.put("Mcp-Name", name);
        }
        return read(post("/mcp", headers, body(method, params)));
    }

    private String body(String method, String params) {
        id++;
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":" + quote(method) + ",\"params\":" + params + "}";
    }

    /// Opens a stream that tells of changed tools, on a connection of its own, and waits until it is acknowledged.
    public RawHttp listen() throws IOException {
        String params = "{\"notifications\":{\"toolsListChanged\":true},\"_meta\":" + meta(Map.of()) + "}";
        String method = "subscriptions/listen";
        Map<String, String> headers = Map.of("MCP-Protocol-Version", REVISION, "Mcp-Method", method);
        RawHttp stream = connect(port);
        stream.send(request("POST", "/mcp", headers, body(method, params).getBytes(StandardCharsets.UTF_8)));
        stream.until("notifications/subscriptions/acknowledged");
        return stream;
    }

    /// A REST call of a tool.
    public RawHttp.Exchange rest(String tool, String arguments) {
        return post("/v1/tools/" + tool, Map.of(), arguments);
    }

    /// Posts JSON to a path, with the token.
    public RawHttp.Exchange post(String path, Map<String, String> headers, String body) {
        return send("POST", path, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    /// Gets a path, with the token.
    public RawHttp.Exchange get(String path) {
        return send("GET", path, Map.of(), new byte[0]);
    }

    private RawHttp.Exchange send(String verb, String path, Map<String, String> headers, byte[] body) {
        RawHttp.Exchange exchange = exchange(request(verb, path, headers, body));
        exchanges.add(exchange);
        return exchange;
    }

    private byte[] request(String verb, String path, Map<String, String> headers, byte[] body) {
        StringBuilder head = new StringBuilder();
        head.append(verb)
                .append(' ')
                .append(path)
                .append(" HTTP/1.1\r\nHost: 127.0.0.1:")
                .append(port);
        head.append("\r\nAuthorization: Bearer ").append(token);
        head.append("\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream");
        headers.forEach(
                (name, value) -> head.append("\r\n").append(name).append(": ").append(value));
        head.append("\r\nContent-Length: ").append(body.length).append("\r\n\r\n");
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        request.writeBytes(body);
        return request.toByteArray();
    }

    /// A server may close an idle connection between two calls; then the request was not read and is sent again once.
    private RawHttp.Exchange exchange(byte[] request) {
        try {
            try {
                return connection.exchange(request);
            } catch (EOFException | java.net.SocketException closed) {
                connection.close();
                connection = new RawHttp(port);
                return connection.exchange(request);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// The message of an answer: the body itself, or the last `data:` line of an event stream.
    private static Reply read(RawHttp.Exchange exchange) {
        String text = exchange.text();
        if (exchange.headers().getOrDefault("content-type", "").startsWith("text/event-stream")) {
            text = text.lines()
                    .filter(line -> line.startsWith("data:"))
                    .reduce((first, last) -> last)
                    .orElse("")
                    .substring("data:".length());
        }
        boolean json = text.strip().startsWith("{");
        return new Reply(exchange, json ? JSON.readTree(text) : MissingNode.getInstance());
    }

    /// Every exchange so far, oldest first.
    public List<RawHttp.Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    private String meta(Map<String, String> more) {
        StringBuilder meta = new StringBuilder("{\"io.modelcontextprotocol/protocolVersion\":").append(quote(REVISION));
        meta.append(",\"io.modelcontextprotocol/clientCapabilities\":").append(capabilities);
        meta.append(",\"io.modelcontextprotocol/clientInfo\":{\"name\":\"scenarios\",\"version\":\"1\"}");
        more.forEach(
                (name, json) -> meta.append(',').append(quote(name)).append(':').append(json));
        return meta.append('}').toString();
    }

    private static String quote(String text) {
        return JSON.writeValueAsString(text);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
