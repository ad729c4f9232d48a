// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.gateway.Answer;
import dev.tollgate.server.Wire.Reply;
import dev.tollgate.server.http.HttpLimits;
import dev.tollgate.server.wire.JsonLimits;
import dev.tollgate.terms.Step;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadInputTest {
    /// Short times, so that what is slow is soon too slow.
    private static final HttpLimits IMPATIENT = new HttpLimits(
            64 * 1024,
            8 * 1024,
            64,
            2,
            2,
            Duration.ofMillis(1_500),
            Duration.ofMillis(1_500),
            Duration.ofMillis(800),
            0,
            Duration.ofSeconds(5));

    private static Wire wire;

    @BeforeAll
    static void start() {
        wire = new Wire(IMPATIENT, JsonLimits.DEFAULT);
    }

    @AfterAll
    static void stop() {
        wire.close();
    }

    private static String post(String header) {
        return String.join(
                "\r\n", "POST /mcp HTTP/1.1", "Host: localhost", "Content-Type: application/json", header, "", "");
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    @Test
    void ten_megabytes_are_refused_before_they_are_read() {
        // Given
        String body = Wire.body(
                "tools/call",
                "\"name\":\"contact_get\",\"arguments\":{\"id\":\"" + "x".repeat(10 * 1024 * 1024) + "\"}");
        try (Socketry socket = new Socketry(wire.server.port())) {
            // When
            socket.send(post("Content-Length: " + body.length()));
            String reply = socket.until("}}");

            // Then
            assertThat(reply).startsWith("HTTP/1.1 413 ").contains("the body is too large");
        }
    }

    @Test
    void a_body_of_unknown_length_is_cut_at_the_limit() {
        // Given
        try (Socketry socket = new Socketry(wire.server.port())) {
            // When
            socket.send(post("Transfer-Encoding: chunked"));
            String chunk = "2000\r\n" + " ".repeat(0x2000) + "\r\n";
            for (int at = 0; at < 12 && socket.send(chunk); at++) {
                // Until the server has had enough.
            }
            String reply = socket.until("}}");

            // Then
            assertThat(reply).startsWith("HTTP/1.1 413 ");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {33, 1_000, 30_000})
    void deep_nesting_is_refused(int depth) {
        // When
        Reply mcp = wire.call("alice", "contact_get", "{\"id\":" + nested(depth) + "}");
        Reply rest = wire.post(
                "/v1/tools/contact_get",
                Map.of("Authorization", "Bearer alice", "Content-Type", "application/json"),
                "{\"id\":" + nested(depth) + "}");

        // Then
        assertThat(mcp.status()).isEqualTo(400);
        assertThat(rest.status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e999999999",
                "1e-999999999",
                "1e6650883143619606",
                "1e41",
                "11111111111111111111111111111111111111111111"
            })
    void numbers_that_cost_more_than_they_say_are_refused(String number) {
        // When
        Reply reply = wire.call("alice", "contact_get", "{\"id\":" + number + "}");

        // Then
        assertThat(reply.status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | -32700",
                "{ | -32700",
                "nul | -32700",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",} | -32700",
                "1 | -32600",
                "\"x\" | -32600",
                "[] | -32600",
                "{} | -32600",
                "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"tools/list\"} | -32600",
                "{\"jsonrpc\":2,\"id\":1,\"method\":\"tools/list\"} | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"tools/list\"} | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"tools/list\"} | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"tools/list\"} | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":9007199254740993,\"method\":\"tools/list\"} | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7} | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":[]} | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{\"_meta\":1}} | -32600",
                "{\"jsonrpc\":\"2.0\",\"result\":{}} | -32600"
            })
    void what_is_no_message_is_refused(String body, String code) {
        // When
        Reply reply = wire.post("/mcp", Wire.headers("alice", "tools/list", ""), body.isEmpty() ? " " : body);

        // Then
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.said("error", "code")).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tools/call | contact_get | \"name\":\"contact_get\",\"arguments\":[]",
                "tools/call | contact_get | \"name\":\"contact_get\",\"arguments\":null",
                "tools/call | contact_get | \"name\":\"contact_get\",\"inputResponses\":7",
                "tools/call | contact_get | \"name\":\"contact_get\",\"requestState\":\"made-up\"",
                "tools/call | contact_get | \"name\":\"contact_get\",\"requestState\":{}",
                "tools/list | '' | \"cursor\":\"%\"",
                "tools/list | '' | \"cursor\":7",
                "subscriptions/listen | '' | \"notifications\":7"
            })
    void parameters_of_the_wrong_kind_are_refused(String method, String name, String params) {
        // Given
        wire.front.calls.clear();

        // When
        Reply reply = wire.modern("alice", method, name, params);

        // Then
        assertThat(reply.said("error", "code")).isEqualTo("-32602");
        assertThat(wire.front.calls).isEmpty();
    }

    @Test
    void a_body_that_drips_is_given_up() {
        // Given
        try (Socketry socket = new Socketry(wire.server.port())) {
            socket.send(post("Content-Length: 60000"));

            // When
            for (int at = 0; at < 40 && socket.send(" "); at++) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
            String reply = socket.until("}}");

            // Then
            assertThat(reply).startsWith("HTTP/1.1 408 ").contains("took too long");
        }
    }

    @Test
    void headers_that_drip_are_cut_off() {
        // Given
        try (Socketry socket = new Socketry(wire.server.port())) {
            socket.send("POST /mcp HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");

            // When
            boolean open = true;
            for (int at = 0; at < 400 && open; at++) {
                open = socket.send("a");
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(25));
            }

            // Then
            assertThat(open).isFalse();
        }
    }

    @Test
    void a_silent_connection_is_closed() {
        // Given
        try (Socketry socket = new Socketry(wire.server.port())) {
            socket.send("POST /mcp HTTP/1.1\r\nHost: localhost\r\n");

            // When
            String reply = socket.rest();

            // Then
            assertThat(reply)
                    .satisfiesAnyOf(
                            text -> assertThat(text).isEmpty(),
                            text -> assertThat(text).startsWith("HTTP/1.1 408 "));
        }
    }

    @Test
    void a_call_may_take_longer_than_a_client_may_be_silent() {
        // Given
        wire.front.answer = _ -> {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(3_500));
            return Step.pass(new Answer(FakeFront.sample(), 1));
        };

        // When
        Reply reply = wire.call("alice", "contact_get", "{\"id\":\"slow\"}");

        // Then
        wire.front.answer = _ -> Step.pass(new Answer(FakeFront.sample(), 7));
        assertThat(reply.status()).isEqualTo(200);
    }
}
