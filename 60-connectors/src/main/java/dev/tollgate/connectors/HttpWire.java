// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import dev.tollgate.connectors.UpstreamBroken.Why;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Sends HTTP requests to one system. Bounded in time, bytes and calls at once; follows no redirect,
/// uses no proxy. Safe for many threads.
public final class HttpWire implements AutoCloseable {
    private final HttpClient http;
    private final Semaphore calls;

    /// @param callsMax calls at once; more wait, as far as their deadline allows
    public HttpWire(int callsMax) {
        this.calls = new Semaphore(callsMax);
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    /// A whole answer.
    @SuppressWarnings("ArrayRecordComponent") // handed from the wire to the parser once, never compared
    public record Answer(int status, HttpHeaders headers, byte[] body, boolean tooLarge) {}

    /// Sends one request.
    ///
    /// @param lost what it means when the request went out and no answer came in; nothing for a request that
    ///             changes nothing
    /// @throws UpstreamBroken when no whole answer came
    public Answer send(HttpRequest request, Deadline deadline, int bytesMax, Optional<Why> lost) {
        try {
            if (!calls.tryAcquire(deadline.nanosLeft(), TimeUnit.NANOSECONDS)) {
                throw new UpstreamBroken(Why.TIMEOUT);
            }
            try {
                return exchange(request, deadline, bytesMax, lost);
            } finally {
                calls.release();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new UpstreamBroken(Why.TIMEOUT);
        }
    }

    private Answer exchange(HttpRequest request, Deadline deadline, int bytesMax, Optional<Why> lost) {
        // The client's own timeout ends with the headers; a server that drips its body would hold the call for ever.
        CompletableFuture<HttpResponse<BoundedBody.Body>> answer =
                http.sendAsync(request, _ -> new BoundedBody(bytesMax));
        try {
            HttpResponse<BoundedBody.Body> response = answer.get(deadline.nanosLeft(), TimeUnit.NANOSECONDS);
            return new Answer(
                    response.statusCode(),
                    response.headers(),
                    response.body().bytes(),
                    response.body().tooLarge());
        } catch (TimeoutException _) {
            throw new UpstreamBroken(lost.orElse(Why.TIMEOUT));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new UpstreamBroken(lost.orElse(Why.TIMEOUT));
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof ConnectException) {
                throw new UpstreamBroken(Why.UNREACHABLE);
            }
            boolean wire = failed.getCause() instanceof IOException;
            throw new UpstreamBroken(lost.orElse(wire ? Why.UNREACHABLE : Why.GARBAGE));
        } finally {
            // Hangs up when the call was given up; does nothing to one that ended.
            answer.cancel(true);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        try {
            if (!http.awaitTermination(Duration.ofSeconds(1))) {
                http.shutdownNow();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
