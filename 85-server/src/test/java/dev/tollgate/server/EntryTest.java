// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.gateway.Answer;
import dev.tollgate.server.Wire.Reply;
import dev.tollgate.server.http.HttpLimits;
import dev.tollgate.server.wire.JsonLimits;
import dev.tollgate.terms.Step;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who is let in, and how many at once.
class EntryTest {
    private static final HttpLimits TWO_CALLS = new HttpLimits(
            64 * 1024,
            8 * 1024,
            64,
            2,
            2,
            Duration.ofSeconds(30),
            Duration.ofSeconds(20),
            Duration.ofSeconds(10),
            0,
            Duration.ofSeconds(5));

    @Test
    void more_calls_than_fit_are_refused_as_busy_with_a_time_to_come_back() throws Exception {
        // Given
        CountDownLatch inside = new CountDownLatch(2);
        CountDownLatch go = new CountDownLatch(1);
        try (Wire own = new Wire(TWO_CALLS, JsonLimits.DEFAULT)) {
            own.front.answer = _ -> {
                inside.countDown();
                await(go);
                return Step.pass(new Answer(FakeFront.sample(), 1));
            };
            CompletableFuture<Reply> first =
                    CompletableFuture.supplyAsync(() -> own.call("alice", "contact_get", "{\"id\":\"1\"}"));
            CompletableFuture<Reply> second =
                    CompletableFuture.supplyAsync(() -> own.call("alice", "contact_get", "{\"id\":\"2\"}"));
            await(inside);

            // When
            Reply mcp = own.call("alice", "contact_get", "{\"id\":\"3\"}");
            Reply rest = own.get("/v1/tools", "alice");
            go.countDown();

            // Then
            assertThat(mcp.status()).isEqualTo(503);
            assertThat(mcp.header("retry-after")).isEqualTo("1");
            assertThat(mcp.said("error", "code")).isEqualTo("-31503");
            assertThat(rest.status()).isEqualTo(503);
            assertThat(first.get(10, TimeUnit.SECONDS).status()).isEqualTo(200);
            assertThat(second.get(10, TimeUnit.SECONDS).status()).isEqualTo(200);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody came");
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "evil.example.com, '', 421",
        "localhost.evil.com, '', 421",
        "127.0.0.1, http://evil.example.com, 403",
        "localhost, null, 403",
        "localhost, http://localhost.evil.com, 403",
        "localhost, http://localhost:3000, 200",
        "LOCALHOST:1, '', 200",
        "[::1]:99, http://127.0.0.1, 200"
    })
    void pages_and_names_of_strangers_are_turned_away(String host, String origin, int status) {
        // Given
        String originHeader = origin.isEmpty() ? "" : "Origin: " + origin + "\r\n";
        try (Wire wire = new Wire();
                Socketry socket = new Socketry(wire.server.port())) {
            // When
            socket.send(
                    "GET /health/live HTTP/1.1\r\nHost: " + host + "\r\n" + originHeader + "Connection: close\r\n\r\n");
            String reply = socket.rest();

            // Then
            assertThat(reply).startsWith("HTTP/1.1 " + status + " ");
        }
    }

    @Test
    void a_body_that_arrives_below_the_least_rate_is_refused() {
        // Given
        HttpLimits demanding = new HttpLimits(
                64 * 1024,
                8 * 1024,
                64,
                2,
                2,
                Duration.ofSeconds(30),
                Duration.ofSeconds(20),
                Duration.ofSeconds(15),
                1_000_000,
                Duration.ofSeconds(5));
        try (Wire wire = new Wire(demanding, JsonLimits.DEFAULT);
                Socketry socket = new Socketry(wire.server.port())) {
            socket.send(String.join(
                    "\r\n",
                    "POST /mcp HTTP/1.1",
                    "Host: localhost",
                    "Content-Type: application/json",
                    "Content-Length: 60000",
                    "",
                    ""));

            // When
            for (int at = 0; at < 30 && socket.send(" ".repeat(100)); at++) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
            String reply = socket.until("}}");

            // Then
            assertThat(reply).startsWith("HTTP/1.1 408 ");
        }
    }
}
