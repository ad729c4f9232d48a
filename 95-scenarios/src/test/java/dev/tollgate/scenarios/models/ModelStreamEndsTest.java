// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.RawHttp;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An answer that is coming lasts no longer than the token, the switches and the gateway.
class ModelStreamEndsTest {
    private static final List<String> EVENTS = Speech.CHAT.streams(List.of("Once ", "upon ", "a ", "time"));
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    @TempDir
    private Path folder;

    /// Runs something before the third event.
    private static StubProvider.Reply in_the_middle(Runnable work) {
        AtomicInteger pieces = new AtomicInteger();
        return StubProvider.Reply.events(EVENTS).after(() -> {
            if (pieces.incrementAndGet() == 3) {
                work.run();
            }
        });
    }

    @Test
    @Requirement("S1-25")
    void it_ends_with_the_token() throws IOException {
        try (Models models = Models.open(folder)) {
            // Given a token that ends sooner than a request may take to arrive
            Duration life = Duration.ofSeconds(10);
            String token = models.gateway()
                    .bearer(Ask.as("sales-copilot", "alice", "prepare-sales-call")
                            .lasting(life));
            models.provider().answers(_ -> in_the_middle(() -> models.clock().advance(life)));

            // When
            RawHttp.Exchange answer = models.ask(Models.CHAT, token, Speech.CHAT.asks("small", "Hello", true));

            // Then
            assertThat(answer.text()).contains("\"code\":\"unauthenticated\"").doesNotContain("[DONE]");
            assertThat(models.outcome().path("result").asString("")).isEqualTo("unauthenticated");
        }
    }

    @Test
    @Requirement("B-12")
    void it_ends_when_its_agent_is_stopped() throws IOException {
        try (Models models = Models.open(folder)) {
            // Given
            models.provider().answers(_ -> in_the_middle(() -> halt(models)));

            // When
            RawHttp.Exchange answer = models.ask(Models.CHAT, Speech.CHAT.asks("small", "Hello", true));

            // Then
            assertThat(answer.text()).contains("\"code\":\"halted\"").doesNotContain("[DONE]");
            assertThat(models.outcome().path("result").asString("")).isEqualTo("halted");
        }
    }

    /// Stops the agent and waits until no call of it passes.
    private static void halt(Models models) {
        try {
            Files.writeString(models.gateway().data().resolve("halt"), "agent sales-copilot\n");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        String malformed = "{\"model\":\"small\"}";
        while (models.ask(Models.CHAT, malformed).status() != 403) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    @Test
    void it_may_be_silent_for_longer_than_a_client_may() throws Exception {
        try (Models models = Models.open(folder);
                ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
            // Given a model that thinks for longer than the 30 s that a connection may be silent
            models.provider().answers(got -> {
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(32));
                return got.body().contains("\"stream\":true")
                        ? StubProvider.Reply.events(EVENTS)
                        : StubProvider.Reply.json(200, Speech.CHAT.says("Once upon a time"));
            });

            // When
            CompletableFuture<RawHttp.Exchange> stream = CompletableFuture.supplyAsync(
                    () -> models.ask(Models.CHAT, Speech.CHAT.asks("small", "Hello", true)), both);
            CompletableFuture<RawHttp.Exchange> whole = CompletableFuture.supplyAsync(
                    () -> models.ask(Models.CHAT, Speech.CHAT.asks("small", "Hello", false)), both);

            // Then
            assertThat(Speech.CHAT.heard(stream.get(60, TimeUnit.SECONDS).text()))
                    .isEqualTo("Once upon a time");
            assertThat(Speech.CHAT.read(whole.get(60, TimeUnit.SECONDS).text())).isEqualTo("Once upon a time");
        }
    }

    @Test
    void a_gateway_that_stops_does_not_wait_for_a_model() throws Exception {
        // Given
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<RawHttp.Exchange> answer;
        try (Models models = Models.open(folder)) {
            models.provider()
                    .answers(_ -> in_the_middle(() -> {
                        begun.countDown();
                        await(end);
                    }));
            answer = CompletableFuture.supplyAsync(
                    () -> models.ask(Models.CHAT, Speech.CHAT.asks("small", "Hello", true)));
            assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();

            // When
            models.gateway().close();
            end.countDown();
        }

        // Then
        assertThat(answer.get(20, TimeUnit.SECONDS).text())
                .contains("\"error\"")
                .doesNotContain("[DONE]");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
