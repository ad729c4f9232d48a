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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class StreamsTest {
    private static final String LISTEN = Wire.body(
            "subscriptions/listen", "\"notifications\":{\"toolsListChanged\":true,\"promptsListChanged\":true}");

    private static final HttpLimits ONE_STREAM = new HttpLimits(
            64 * 1024,
            8 * 1024,
            64,
            8,
            1,
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            0,
            Duration.ofSeconds(2));

    private static Socketry listening(Wire wire) {
        Socketry socket = new Socketry(wire.server.port());
        socket.send(request(Wire.headers("alice", "subscriptions/listen", ""), LISTEN));
        return socket;
    }

    private static String request(Map<String, String> headers, String body) {
        StringBuilder text = new StringBuilder("POST /mcp HTTP/1.1\r\nHost: localhost\r\n");
        headers.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        return text.append("Content-Length: ")
                .append(body.length())
                .append("\r\n\r\n")
                .append(body)
                .toString();
    }

    private static void eventually(BooleanSupplier holds) {
        for (int at = 0; at < 400 && !holds.getAsBoolean(); at++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(25));
        }
        assertThat(holds.getAsBoolean()).isTrue();
    }

    @Test
    void who_listens_is_acknowledged_told_of_changes_and_told_of_the_end() {
        // Given
        Wire wire = new Wire();
        try (wire;
                Socketry socket = listening(wire)) {
            String acknowledged = socket.until("\n\n");
            eventually(() -> wire.server.listeners().count() == 1);

            // When
            wire.server.listeners().toolsChanged();
            String changed = socket.until("\n\n");
            wire.server.stop();
            String end = socket.rest();

            // Then
            assertThat(acknowledged)
                    .contains("text/event-stream")
                    .contains("\"notifications/subscriptions/acknowledged\"")
                    .contains("\"notifications\":{\"toolsListChanged\":true}")
                    .contains("\"io.modelcontextprotocol/subscriptionId\":1");
            assertThat(changed)
                    .contains("\"notifications/tools/list_changed\"")
                    .contains("\"io.modelcontextprotocol/subscriptionId\":1");
            assertThat(end).contains("\"resultType\":\"complete\"").contains("subscriptionId");
        }
    }

    @Test
    void who_leaves_makes_room_and_who_comes_too_many_is_refused() {
        // Given
        try (Wire wire = new Wire(ONE_STREAM, JsonLimits.DEFAULT)) {
            Socketry first = listening(wire);
            first.until("\n\n");

            // When
            Reply second = wire.post("/mcp", Wire.headers("alice", "subscriptions/listen", ""), LISTEN);
            first.close();
            eventually(() -> {
                wire.server.listeners().toolsChanged();
                return wire.server.listeners().count() == 0;
            });
            try (Socketry third = listening(wire)) {
                String acknowledged = third.until("\n\n");

                // Then
                assertThat(second.status()).isEqualTo(503);
                assertThat(acknowledged).contains("acknowledged");
            }
        }
    }

    @Test
    void a_stop_waits_for_a_call_under_way_and_takes_no_new_one() throws Exception {
        // Given
        Wire wire = new Wire();
        wire.front.answer = _ -> {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(700));
            return Step.pass(new Answer(FakeFront.sample(), 1));
        };
        CompletableFuture<Reply> call =
                CompletableFuture.supplyAsync(() -> wire.call("alice", "contact_get", "{\"id\":\"1\"}"));
        eventually(() -> !wire.front.calls.isEmpty());

        // When
        wire.server.stop();
        Reply reply = call.get(10, TimeUnit.SECONDS);

        // Then
        assertThat(reply.status()).isEqualTo(200);
        wire.close();
    }

    @Test
    void a_question_of_an_older_session_is_answered_only_within_it() {
        // Given
        try (Wire wire = new Wire(ServerConfig.local(0).withFixtures())) {
            String asking = wire.session("x", "{\"elicitation\":{}}");
            String other = wire.session("x", "{\"elicitation\":{}}");
            String call = "{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"tools/call\",\"params\":{\"name\":"
                    + "\"test_input_required_result_elicitation\",\"arguments\":{}}}";
            try (Socketry socket = new Socketry(wire.server.port())) {
                socket.send(request(
                        Map.of(
                                "Content-Type", "application/json",
                                "Accept", "application/json, text/event-stream",
                                "Mcp-Session-Id", asking),
                        call));
                String question = socket.until("\n\n");
                int from = question.indexOf("\"id\":\"ask-") + 6;
                String id = question.substring(from, question.indexOf('"', from));
                String mallory = "{\"jsonrpc\":\"2.0\",\"id\":\"" + id
                        + "\",\"result\":{\"action\":\"accept\",\"content\":{\"name\":\"Mallory\"}}}";

                // When
                Reply foreign = wire.legacy("x", other, mallory);
                Reply own = wire.legacy("x", asking, mallory.replace("Mallory", "Alice"));
                String answer = socket.until("Hello, ") + socket.until("!");

                // Then
                assertThat(foreign.status()).isEqualTo(202);
                assertThat(own.status()).isEqualTo(202);
                assertThat(answer).contains("Hello, Alice!");
            }
        }
    }

    @Test
    void a_cancelled_question_ends_its_stream_without_a_reply() {
        // Given
        try (Wire wire = new Wire(ServerConfig.local(0).withFixtures())) {
            String session = wire.session("x", "{\"elicitation\":{}}");
            String call = "{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"tools/call\",\"params\":{\"name\":"
                    + "\"test_input_required_result_elicitation\",\"arguments\":{}}}";
            try (Socketry socket = new Socketry(wire.server.port())) {
                socket.send(request(
                        Map.of(
                                "Content-Type", "application/json",
                                "Accept", "application/json, text/event-stream",
                                "Connection", "close",
                                "Mcp-Session-Id", session),
                        call));
                socket.until("\n\n");

                // When
                wire.legacy(
                        "x",
                        session,
                        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":4}}");
                String end = socket.rest();

                // Then
                assertThat(end).doesNotContain("\"result\"").doesNotContain("\"error\"");
            }
        }
    }
}
