// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.mcp;

import dev.tollgate.connectors.Credential;
import dev.tollgate.connectors.Deadline;
import dev.tollgate.connectors.HttpWire;
import dev.tollgate.connectors.UpstreamBroken;
import dev.tollgate.connectors.UpstreamBroken.Why;
import dev.tollgate.terms.CanonicalJson;
import dev.tollgate.terms.RevealsSecret;
import dev.tollgate.terms.Value;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.JsonNode;

/// Speaks MCP over HTTP as a client: revision 2026-07-28, where each request stands alone, and 2025-11-25 with its
/// handshake to servers that do not know it. Which one is found out by asking for the tools, never by calling one.
final class McpWire implements AutoCloseable {
    static final String MODERN = "2026-07-28";
    static final String LEGACY = "2025-11-25";

    /// Calls at once to one server.
    private static final int CALLS_MAX = 16;

    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int NOT_FOUND = 404;
    private static final String META = "_meta";
    private static final String DATA = "data:";
    private static final String EVENTS = "text/event-stream";

    private final McpConfig config;
    private final HttpWire http = new HttpWire(CALLS_MAX);
    private final AtomicLong ids = new AtomicLong();
    private final AtomicReference<Era> era = new AtomicReference<>(new Era.Unknown());

    /// What the server speaks, as far as it is known.
    private sealed interface Era {
        record Unknown() implements Era {}

        record Modern() implements Era {}

        /// @param session empty when the server gave none
        record Legacy(String session) implements Era {}
    }

    McpWire(McpConfig config) {
        this.config = config;
    }

    /// One exchange.
    ///
    /// @param lost what it means when the request went out and no answer came in
    record Exchange(Credential credential, Deadline deadline, int bytesMax, Optional<Why> lost) {}

    /// The result of a method that changes nothing. Finds out what the server speaks.
    JsonNode ask(String method, Map<String, Value> params, Exchange exchange) {
        return switch (era.get()) {
            case Era.Modern _ ->
                modern(method, Optional.empty(), params, exchange).result();
            case Era.Legacy legacy -> legacy(legacy, method, params, exchange);
            case Era.Unknown _ -> {
                Reply reply = modern(method, Optional.empty(), params, exchange);
                if (reply.status() == OK && reply.message().has("result")) {
                    era.set(new Era.Modern());
                    yield reply.result();
                }
                yield legacy(handshake(exchange), method, params, exchange);
            }
        };
    }

    /// The result of `tools/call`. Nothing is sent twice: whoever is asked has answered `ask` before.
    JsonNode call(String tool, Value.Fields arguments, Exchange exchange) {
        Map<String, Value> params = new TreeMap<>(Map.of("name", Value.of(tool), "arguments", arguments));
        return switch (era.get()) {
            case Era.Modern _ ->
                modern("tools/call", Optional.of(tool), params, exchange).result();
            case Era.Legacy legacy -> {
                Reply reply = post(legacyRequest(legacy, "tools/call", params, true), exchange);
                if (reply.status() == NOT_FOUND) {
                    // The session ended: the server did not look at the call.
                    era.set(new Era.Unknown());
                    throw new UpstreamBroken(Why.REJECTED);
                }
                yield reply.result();
            }
            case Era.Unknown _ -> throw new UpstreamBroken(Why.UNREACHABLE);
        };
    }

    private JsonNode legacy(Era.Legacy legacy, String method, Map<String, Value> params, Exchange exchange) {
        Reply reply = post(legacyRequest(legacy, method, params, true), exchange);
        if (reply.status() == NOT_FOUND) {
            reply = post(legacyRequest(handshake(exchange), method, params, true), exchange);
        }
        return reply.result();
    }

    private Era.Legacy handshake(Exchange exchange) {
        Map<String, Value> params = Map.of(
                "protocolVersion", Value.of(LEGACY),
                "capabilities", new Value.Fields(Map.of()),
                "clientInfo", client());
        Reply reply = post(legacyRequest(new Era.Legacy(""), "initialize", params, true), exchange);
        reply.result();
        Era.Legacy legacy = new Era.Legacy(reply.session());
        post(legacyRequest(legacy, "notifications/initialized", Map.of(), false), exchange);
        era.set(legacy);
        return legacy;
    }

    private static Value client() {
        return new Value.Fields(Map.of("name", Value.of("tollgate"), "version", Value.of("1")));
    }

    private Reply modern(String method, Optional<String> name, Map<String, Value> params, Exchange exchange) {
        Map<String, Value> all = new TreeMap<>(params);
        all.put(
                META,
                new Value.Fields(Map.of(
                        "io.modelcontextprotocol/protocolVersion", Value.of(MODERN),
                        "io.modelcontextprotocol/clientCapabilities", new Value.Fields(Map.of()),
                        "io.modelcontextprotocol/clientInfo", client())));
        HttpRequest.Builder request = request(method, all, true)
                .header("MCP-Protocol-Version", MODERN)
                .header("Mcp-Method", method);
        name.filter(McpWire::plain).ifPresent(tool -> request.header("Mcp-Name", tool));
        return post(request, exchange);
    }

    private static boolean plain(String text) {
        return text.chars().allMatch(letter -> letter > ' ' && letter < 127);
    }

    private HttpRequest.Builder legacyRequest(
            Era.Legacy legacy, String method, Map<String, Value> params, boolean answered) {
        HttpRequest.Builder request = request(method, params, answered);
        if (!method.equals("initialize")) {
            request.header("MCP-Protocol-Version", LEGACY);
        }
        if (!legacy.session().isEmpty()) {
            request.header("Mcp-Session-Id", legacy.session());
        }
        return request;
    }

    private HttpRequest.Builder request(String method, Map<String, Value> params, boolean answered) {
        Map<String, Value> message = new TreeMap<>();
        message.put("jsonrpc", Value.of("2.0"));
        message.put("method", Value.of(method));
        message.put("params", new Value.Fields(params));
        if (answered) {
            message.put("id", Value.of(ids.incrementAndGet()));
        }
        return HttpRequest.newBuilder(config.endpoint())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, " + EVENTS)
                .POST(HttpRequest.BodyPublishers.ofByteArray(CanonicalJson.bytes(new Value.Fields(message))));
    }

    @RevealsSecret("the server's own credential goes to the server")
    private Reply post(HttpRequest.Builder request, Exchange exchange) {
        if (config.credential()) {
            request.header(
                    "Authorization", "Bearer " + exchange.credential().secret().reveal());
        }
        HttpWire.Answer answer = http.send(request.build(), exchange.deadline(), exchange.bytesMax(), exchange.lost());
        if (answer.tooLarge()) {
            throw new UpstreamBroken(exchange.lost().orElse(Why.TOO_LARGE));
        }
        String session = answer.headers()
                .firstValue("Mcp-Session-Id")
                .filter(McpWire::plain)
                .orElse("");
        String type = answer.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        boolean empty = answer.body().length == 0 || answer.status() == ACCEPTED;
        byte[] body = type.startsWith(EVENTS) ? last(answer.body()) : answer.body();
        boolean json = type.startsWith(EVENTS) || type.startsWith("application/json");
        return new Reply(answer.status(), session, empty || !json ? Json.read(NOTHING) : read(body, exchange));
    }

    private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.UTF_8);

    private static JsonNode read(byte[] body, Exchange exchange) {
        try {
            return Json.read(body);
        } catch (UpstreamBroken garbage) {
            throw new UpstreamBroken(exchange.lost().orElse(garbage.why()));
        }
    }

    /// The last message of a stream of events: the answer comes after what the server tells meanwhile.
    private static byte[] last(byte[] events) {
        String last = "{}";
        StringBuilder data = new StringBuilder();
        for (String line : new String(events, StandardCharsets.UTF_8).lines().toList()) {
            if (line.startsWith(DATA)) {
                data.append(line.substring(DATA.length()).strip()).append('\n');
            } else if (line.isEmpty() && !data.isEmpty()) {
                last = data.toString();
                data.setLength(0);
            }
        }
        return (data.isEmpty() ? last : data.toString()).getBytes(StandardCharsets.UTF_8);
    }

    /// What came back.
    private record Reply(int status, String session, JsonNode message) {
        JsonNode result() {
            if (status != OK) {
                throw new UpstreamBroken(
                        switch (status) {
                            case 502, 503, 504 -> Why.UNREACHABLE;
                            case 400, 401, 403, 404, 405, 409, 429, 500 -> Why.REJECTED;
                            default -> Why.GARBAGE;
                        });
            }
            if (message.has("error")) {
                throw new UpstreamBroken(Why.REJECTED);
            }
            JsonNode result = message.get("result");
            if (result == null || !result.isObject()) {
                throw new UpstreamBroken(Why.GARBAGE);
            }
            return result;
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
