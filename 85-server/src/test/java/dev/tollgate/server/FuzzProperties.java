// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.server.Wire.Reply;
import dev.tollgate.server.http.HttpLimits;
import dev.tollgate.server.wire.JsonLimits;
import dev.tollgate.terms.testing.Property;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Whatever is sent, the server answers with a status it means, leaks nothing and lives. `-Dtollgate.fuzz=N`
/// tries `N` times as much.
class FuzzProperties {
    private static final int TIMES = Integer.getInteger("tollgate.fuzz", 1);
    private static final HttpLimits QUICK = new HttpLimits(
            64 * 1024,
            8 * 1024,
            256,
            64,
            4,
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            0,
            Duration.ofSeconds(5));
    private static final List<String> METHODS = List.of(
            "initialize",
            "ping",
            "server/discover",
            "tools/list",
            "tools/call",
            "prompts/get",
            "resources/read",
            "completion/complete",
            "logging/setLevel",
            "notifications/cancelled",
            "notifications/initialized",
            "",
            "tools/call\u0000");
    private static final List<String> SCRAPS = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1e30",
            "1.5",
            "\"\"",
            "\"contact_get\"",
            "\"2026-07-28\"",
            "\"2025-11-25\"",
            "[]",
            "{}",
            "[[[]]]",
            "{\"id\":\"1\"}",
            "\"\\u0000\"",
            "\"\\ud83d\\ude00\"",
            "{\"elicitation\":{}}",
            "\"e30.e30\"",
            "18446744073709551616",
            "\"" + "x".repeat(300) + "\"");
    private static final List<String> NAMES = List.of(
            "jsonrpc",
            "id",
            "method",
            "params",
            "name",
            "arguments",
            "cursor",
            "uri",
            "_meta",
            "inputResponses",
            "requestState",
            "result",
            "error",
            "capabilities",
            "protocolVersion",
            "notifications",
            "progressToken",
            "io.modelcontextprotocol/protocolVersion",
            "io.modelcontextprotocol/clientCapabilities",
            "dev.tollgate/decision-token",
            "dev.tollgate/model",
            "traceparent");

    private static Wire product;
    private static Wire fixtures;

    @BeforeAll
    static void start() {
        product = new Wire(QUICK, JsonLimits.DEFAULT);
        fixtures = new Wire(ServerConfig.local(0).withFixtures().withLimits(QUICK, JsonLimits.DEFAULT));
    }

    @AfterAll
    static void stop() {
        product.close();
        fixtures.close();
    }

    private static <T> T one(RandomGenerator random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static String json(RandomGenerator random, int depth) {
        if (depth == 0 || random.nextInt(3) == 0) {
            return one(random, SCRAPS);
        }
        StringBuilder object = new StringBuilder("{");
        for (int at = random.nextInt(6); at > 0; at--) {
            object.append('"').append(one(random, NAMES)).append("\":").append(json(random, depth - 1));
            object.append(at > 1 ? "," : "");
        }
        return object.append('}').toString();
    }

    private record Sent(Map<String, String> headers, String body) {}

    private static Sent message(RandomGenerator random) {
        String method = one(random, METHODS);
        Map<String, String> headers =
                Wire.headers(random.nextInt(4) == 0 ? "" : "alice", method.replace("\u0000", ""), "contact_get");
        if (random.nextInt(3) == 0) {
            headers.remove(one(random, List.of("MCP-Protocol-Version", "Mcp-Method", "Mcp-Name", "Accept")));
        }
        if (random.nextInt(3) == 0) {
            headers.put("Mcp-Session-Id", one(random, List.of("x", "e30.e30", "a.b.c")));
        }
        String meta = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":"
                + (random.nextInt(4) == 0 ? one(random, SCRAPS) : "\"2026-07-28\"")
                + ",\"io.modelcontextprotocol/clientCapabilities\":"
                + (random.nextInt(4) == 0 ? one(random, SCRAPS) : "{}") + "}";
        String params = "{\"name\":" + (random.nextBoolean() ? "\"contact_get\"" : json(random, 1)) + ",\"arguments\":"
                + json(random, 3) + "," + meta + "}";
        String body = random.nextInt(5) == 0
                ? json(random, 4)
                : "{\"jsonrpc\":\"2.0\",\"id\":" + (random.nextInt(4) == 0 ? one(random, SCRAPS) : "1")
                        + ",\"method\":\"" + method.replace("\u0000", "\\u0000") + "\",\"params\":"
                        + (random.nextInt(4) == 0 ? json(random, 3) : params) + "}";
        return new Sent(headers, random.nextInt(8) == 0 ? damaged(random, body) : body);
    }

    private static String damaged(RandomGenerator random, String text) {
        StringBuilder damaged = new StringBuilder(text);
        for (int at = random.nextInt(5); at >= 0 && !damaged.isEmpty(); at--) {
            int where = random.nextInt(damaged.length());
            switch (random.nextInt(3)) {
                case 0 -> damaged.deleteCharAt(where);
                case 1 -> damaged.insert(where, one(random, List.of("{", "}", "\"", ",", "[", "\\", "\u0130", " ")));
                default -> damaged.setCharAt(where, (char) (32 + random.nextInt(95)));
            }
        }
        return damaged.toString();
    }

    private static void sane(Reply reply) {
        assertThat(reply.status()).isIn(200, 202, 400, 401, 404, 405, 406, 415);
        assertThat(reply.text()).doesNotContain("Exception", "dev.tollgate.server", "java.", "\tat ");
    }

    @Test
    void no_message_breaks_the_server() {
        Property.forAll(1_500 * TIMES, FuzzProperties::message, sent -> {
            sane(product.post("/mcp", sent.headers(), sent.body().isEmpty() ? " " : sent.body()));
            sane(fixtures.post("/mcp", sent.headers(), sent.body().isEmpty() ? " " : sent.body()));
        });
        assertThat(product.get("/health/live", "").status()).isEqualTo(200);
    }

    @Test
    void no_body_breaks_the_plain_doors() {
        Map<String, String> headers = Map.of("Authorization", "Bearer alice", "Content-Type", "application/json");
        List<String> paths = List.of("/v1/tools/contact_get", "/access/v1/evaluation", "/access/v1/evaluations");
        Property.forAll(
                500 * TIMES,
                random -> {
                    String body = json(random, 4);
                    return new String[] {one(random, paths), random.nextInt(4) == 0 ? damaged(random, body) : body};
                },
                sent -> sane(product.post(sent[0], headers, sent[1].isEmpty() ? " " : sent[1])));
    }

    private static byte[] http(RandomGenerator random) {
        String body = Wire.body("tools/call", "\"name\":\"contact_get\",\"arguments\":{\"id\":\"1\"}");
        StringBuilder text = new StringBuilder("POST /mcp HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        Wire.headers("alice", "tools/call", "contact_get")
                .forEach((name, value) ->
                        text.append(name).append(": ").append(value).append("\r\n"));
        if (random.nextInt(4) == 0) {
            text.append(one(
                    random,
                    List.of(
                            "Transfer-Encoding: chunked\r\n",
                            "Content-Length: 3\r\n",
                            "Content-Length: -1\r\n",
                            "Expect: 100-continue\r\n",
                            " folded: yes\r\n",
                            "Content-Encoding: gzip\r\n",
                            "Host: evil\r\n",
                            "X: " + "y".repeat(9_000) + "\r\n")));
        }
        text.append("Content-Length: ").append(body.length()).append("\r\n\r\n").append(body);
        byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        for (int at = random.nextInt(6); at > 0; at--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(5) == 0 ? java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }

    @Test
    void no_bytes_break_the_server() {
        Property.forAll(400 * TIMES, FuzzProperties::http, bytes -> {
            try (Socketry socket = new Socketry(product.server.port())) {
                socket.send(bytes);
                socket.finish();
                String reply = socket.rest();
                if (!reply.isEmpty()) {
                    assertThat(reply).matches("(?s)HTTP/1\\.[01] (200|202|40[0-9]|41[3-57]|421|426|431|501|505) .*");
                    assertThat(reply).doesNotContain("Exception", "dev.tollgate.server", "java.", "jetty", "Jetty");
                }
            }
        });
        assertThat(product.get("/health/live", "").status()).isEqualTo(200);
    }
}
