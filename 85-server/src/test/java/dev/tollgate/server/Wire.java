// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server;

import dev.tollgate.server.http.HttpLimits;
import dev.tollgate.server.mcp.MemoryOnce;
import dev.tollgate.server.mcp.SealingKey;
import dev.tollgate.server.ops.Readiness;
import dev.tollgate.server.wire.JsonLimits;
import dev.tollgate.server.wire.JsonReader;
import dev.tollgate.server.wire.JsonWriter;
import dev.tollgate.server.wire.Parsed;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.testing.Property;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A server over a fake gateway, and a client that sends exactly what a test says.
final class Wire implements AutoCloseable {
    static final String MODERN = "2026-07-28";
    static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    final FakeFront front = new FakeFront();
    final MovingClock clock = new MovingClock();
    final RunningServer server;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    /// A clock that a test moves. It also moves by itself, so that deadlines work.
    static final class MovingClock implements InstantSource {
        private final InstantSource real = InstantSource.system();
        private final Instant began = real.instant();

        private volatile Duration ahead = Duration.ZERO;

        void advance(Duration by) {
            ahead = ahead.plus(by);
        }

        @Override
        public Instant instant() {
            return NOON.plus(Duration.between(began, real.instant())).plus(ahead);
        }
    }

    /// @param text its text
    record Reply(int status, Map<String, List<String>> headers, String text) {
        Value.Fields json() {
            String json = text.startsWith("event:") ? text.substring(text.lastIndexOf("data: ") + 6) : text;
            return parsed(json.strip());
        }

        String header(String name) {
            return String.join(",", headers.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), List.of()));
        }

        Value at(String... path) {
            return Wire.at(json(), path);
        }

        String said(String... path) {
            return new String(JsonWriter.bytes(at(path)), StandardCharsets.UTF_8);
        }
    }

    Wire() {
        this(HttpLimits.DEFAULT, JsonLimits.DEFAULT);
    }

    Wire(HttpLimits http, JsonLimits json) {
        this(ServerConfig.local(0).withLimits(http, json));
    }

    Wire(ServerConfig config) {
        this(config, Readiness.ALWAYS, OpenTelemetry.noop());
    }

    Wire(Readiness readiness) {
        this(ServerConfig.local(0), readiness, OpenTelemetry.noop());
    }

    Wire(OpenTelemetry telemetry) {
        this(ServerConfig.local(0), Readiness.ALWAYS, telemetry);
    }

    private Wire(ServerConfig config, Readiness readiness, OpenTelemetry telemetry) {
        server = Server.start(
                config,
                new Server.Needs(
                        front,
                        front::name,
                        readiness,
                        telemetry,
                        new MemoryOnce(clock),
                        SealingKey.of("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII)),
                        Server.Access.PLAIN,
                        clock,
                        Property.random(1),
                        _ -> Server.More.NONE));
    }

    /// What is at a place, `null` when there is nothing.
    static Value at(Value from, String... path) {
        Value value = from;
        for (String step : path) {
            value = switch (value) {
                case Value.Items items -> items.values().get(Integer.parseInt(step));
                case Value.Fields fields -> fields.values().getOrDefault(step, Value.NULL);
                case Value.Text _, Value.Num _, Value.Bool _, Value.Day _, Value.Moment _, Value.Null _ -> Value.NULL;
            };
        }
        return value;
    }

    static Value.Fields parsed(String json) {
        return switch (new JsonReader(JsonLimits.DEFAULT).read(json.getBytes(StandardCharsets.UTF_8))) {
            case Parsed.Whole whole -> (Value.Fields) whole.value();
            case Parsed.Broken broken -> throw new AssertionError("not JSON (" + broken.fault() + "): " + json);
        };
    }

    /// The headers of a well-formed request of 2026-07-28.
    static Map<String, String> headers(String bearer, String method, String name) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Content-Type", "application/json");
        headers.put("Accept", "application/json, text/event-stream");
        headers.put("MCP-Protocol-Version", MODERN);
        headers.put("Mcp-Method", method);
        if (!name.isEmpty()) {
            headers.put("Mcp-Name", name);
        }
        if (!bearer.isEmpty()) {
            headers.put("Authorization", "Bearer " + bearer);
        }
        return headers;
    }

    /// The body of a well-formed request of 2026-07-28.
    static String body(String method, String params) {
        String meta = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"" + MODERN
                + "\",\"io.modelcontextprotocol/clientCapabilities\":{\"elicitation\":{}}}";
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{" + params
                + (params.isEmpty() ? "" : ",") + meta + "}}";
    }

    /// A well-formed request of 2026-07-28.
    Reply modern(String bearer, String method, String name, String params) {
        return post("/mcp", headers(bearer, method, name), body(method, params));
    }

    /// A call of a tool in 2026-07-28.
    Reply call(String bearer, String tool, String arguments) {
        return modern(bearer, "tools/call", tool, "\"name\":\"" + tool + "\",\"arguments\":" + arguments);
    }

    /// A message of the handshake revisions.
    Reply legacy(String bearer, String session, String json) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("Accept", "application/json, text/event-stream");
        headers.put("Authorization", "Bearer " + bearer);
        if (!session.isEmpty()) {
            headers.put("Mcp-Session-Id", session);
        }
        return post("/mcp", headers, json);
    }

    /// Begins a session of a handshake revision and gives its id.
    String session(String bearer, String capabilities) {
        return legacy(
                        bearer,
                        "",
                        "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
                                + "\"2025-11-25\",\"capabilities\":" + capabilities
                                + ",\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}")
                .header("mcp-session-id");
    }

    Reply post(String path, Map<String, String> headers, String body) {
        return send("POST", path, headers, body);
    }

    Reply get(String path, String bearer) {
        return send("GET", path, bearer.isEmpty() ? Map.of() : Map.of("Authorization", "Bearer " + bearer), "");
    }

    Reply send(String method, String path, Map<String, String> headers, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .timeout(Duration.ofSeconds(60))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.headers().map(), response.body());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    List<String> toolsCalled() {
        List<String> names = new ArrayList<>();
        front.calls.forEach(call -> names.add(call.tool().value()));
        return names;
    }

    @Override
    public void close() {
        server.stop();
        client.close();
    }
}
