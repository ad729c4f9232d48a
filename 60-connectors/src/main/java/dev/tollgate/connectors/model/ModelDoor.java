// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.model;

import dev.tollgate.secrets.Lease;
import dev.tollgate.secrets.SecretStore;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RevealsSecret;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.SystemId;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Sends requests to providers of models. Bounded in time and calls at once; follows no redirect, uses no proxy. Safe
/// for many threads.
public final class ModelDoor implements AutoCloseable {
    /// What refusals name.
    public static final SystemId SYSTEM = new SystemId("model");

    /// Requests under way: each holds a connection while a model thinks.
    private static final int CALLS_MAX = 128;

    /// A model that says nothing for so long says nothing any more.
    private static final Duration BEGINS_WITHIN = Duration.ofMinutes(2);

    /// Between two pieces of an answer.
    private static final Duration SILENT_MAX = Duration.ofMinutes(2);

    private static final long WATCH_SECONDS = 5;

    /// A whole answer, streamed ones included: a token lasts fifteen.
    private static final Duration ENDS_WITHIN = Duration.ofMinutes(10);

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final String ANTHROPIC_VERSION = "2023-06-01";

    private final SecretStore secrets;
    private final HttpClient http;
    private final Semaphore calls = new Semaphore(CALLS_MAX);
    private final Set<WatchedBody> open = ConcurrentHashMap.newKeySet();
    private final ScheduledFuture<?> watching;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("model-timer").factory());

    /// @param secrets where the providers' credentials are
    public ModelDoor(SecretStore secrets) {
        this.secrets = secrets;
        this.watching = timer.scheduleWithFixedDelay(this::watch, WATCH_SECONDS, WATCH_SECONDS, TimeUnit.SECONDS);
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(CONNECT_WITHIN)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    /// Sends a request; passes what came back, whatever its status. Refuses with `Busy`, or with `UpstreamFailed` when
    /// the provider cannot be reached, does not answer in time, or cannot be paid.
    public Step<ModelReply> ask(ModelPlace place, byte[] body) {
        if (!calls.tryAcquire()) {
            return Step.refuse(new Refusal.Busy(RETRY));
        }
        boolean open = false;
        try {
            Step<ModelReply> reply = secrets.lease(place.credential(), LEASE)
                    .then(lease -> exchange(paid(place, lease)
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                            .build()));
            open = reply instanceof Step.Passed<ModelReply>;
            return reply;
        } finally {
            if (!open) {
                calls.release();
            }
        }
    }

    @RevealsSecret("the provider's own credential goes to the provider")
    private static HttpRequest.Builder paid(ModelPlace place, Lease lease) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        place.url().resolve(place.format().path()))
                .timeout(BEGINS_WITHIN)
                .header("Content-Type", "application/json");
        return switch (place.format()) {
            case OPENAI ->
                request.header("Authorization", "Bearer " + lease.secret().reveal());
            case ANTHROPIC ->
                request.header("x-api-key", lease.secret().reveal()).header("anthropic-version", ANTHROPIC_VERSION);
        };
    }

    private Step<ModelReply> exchange(HttpRequest request) {
        try {
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            WatchedBody body = new WatchedBody(response.body());
            open.add(body);
            String type = response.headers().firstValue("Content-Type").orElse("");
            return Step.pass(new ModelReply(
                    response.statusCode(),
                    response.headers().firstValue("Retry-After"),
                    type.startsWith("text/event-stream"),
                    body,
                    () -> {
                        if (open.remove(body)) {
                            calls.release();
                        }
                    }));
        } catch (HttpTimeoutException _) {
            return failed("timeout");
        } catch (IOException _) {
            return failed("unreachable");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return failed("timeout");
        }
    }

    /// Hangs up on whoever says nothing for too long, or too much.
    private void watch() {
        long now = System.nanoTime();
        open.stream().filter(body -> body.late(now, SILENT_MAX, ENDS_WITHIN)).forEach(WatchedBody::hangUp);
    }

    private static Step<ModelReply> failed(String why) {
        return Step.refuse(new Refusal.UpstreamFailed(SYSTEM, why));
    }

    @Override
    public void close() {
        watching.cancel(false);
        timer.shutdownNow();
        open.forEach(WatchedBody::hangUp);
        http.shutdownNow();
    }
}
