// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.tryton;

import dev.tollgate.connectors.Deadline;
import dev.tollgate.connectors.Found;
import dev.tollgate.connectors.Unchanged;
import dev.tollgate.connectors.UpstreamBroken;
import dev.tollgate.connectors.UpstreamBroken.Why;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
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
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Calls methods of a Tryton database. Bounded in time, bytes, nesting and calls at once; follows no
/// redirect, uses no proxy. What the server says in an error is dropped here: it repeats customer data.
final class TrytonWire implements AutoCloseable {
    /// Tryton is one Python process a core: more calls would only queue there, where they cannot be
    /// cancelled.
    private static final int CALLS_MAX = 16;

    /// Rows are flat; a dotted path adds one level a hop.
    private static final int NESTING_MAX = 16;

    /// A Decimal is text; a number of JSON is an id, a count or a float.
    private static final int NUMBER_CHARS_MAX = 64;

    private static final int NAME_CHARS_MAX = 512;
    private static final String CONFLICT = "ConcurrencyException";
    private static final int UNAUTHORIZED = 401;
    private static final int OK = 200;

    private final URI database;
    private final HttpClient http;
    private final JsonMapper json;
    private final Semaphore calls = new Semaphore(CALLS_MAX);
    private final AtomicLong ids = new AtomicLong();

    TrytonWire(URI database) {
        this.database = database;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
        this.json = JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(NESTING_MAX)
                                .maxNumberLength(NUMBER_CHARS_MAX)
                                .maxNameLength(NAME_CHARS_MAX)
                                .build())
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .build())
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    /// The session is unknown to the server: it ended, or the server restarted.
    static final class SessionEnded extends Exception {
        private static final long serialVersionUID = 1L;

        SessionEnded() {
            super("session ended", null, false, false);
        }
    }

    /// The result of one method.
    ///
    /// @param authorization the header of a session, unless the method needs none
    /// @throws SessionEnded   when the server does not know the session
    /// @throws UpstreamBroken for everything else
    JsonNode call(String method, ArrayNode params, Optional<String> authorization, Deadline deadline, int bytesMax)
            throws SessionEnded {
        long id = ids.incrementAndGet();
        HttpRequest request = request(database, method, params, id, authorization);
        HttpResponse<BoundedBody.Body> response = send(request, deadline, bytesMax, Optional.empty());
        return result(response, id);
    }

    /// The result of one method that changes records, as `call`.
    ///
    /// @throws Unchanged      when a record is in another state than the method named
    /// @throws UpstreamBroken `unknown_outcome` for everything that leaves open what happened
    JsonNode change(String method, ArrayNode params, String authorization, Deadline deadline, int bytesMax)
            throws SessionEnded {
        long id = ids.incrementAndGet();
        HttpRequest request = request(database, method, params, id, Optional.of(authorization));
        HttpResponse<BoundedBody.Body> response = send(request, deadline, bytesMax, Optional.of(Why.UNKNOWN_OUTCOME));
        try {
            return result(response, id);
        } catch (UpstreamBroken broken) {
            throw new UpstreamBroken(broken.why() == Why.REJECTED ? Why.REJECTED : Why.UNKNOWN_OUTCOME);
        }
    }

    /// The result of a method of the server itself, which has no database and needs no session.
    JsonNode root(String method, Deadline deadline, int bytesMax) throws SessionEnded {
        long id = ids.incrementAndGet();
        ArrayNode none = JsonNodeFactory.instance.arrayNode();
        HttpRequest request = request(database.resolve(".."), method, none, id, Optional.empty());
        return result(send(request, deadline, bytesMax, Optional.empty()), id);
    }

    private HttpRequest request(URI to, String method, ArrayNode params, long id, Optional<String> authorization) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        // Exactly these three members: without an id, Tryton answers errors as HTML pages.
        body.put("id", id);
        body.put("method", method);
        body.set("params", params);
        HttpRequest.Builder request = HttpRequest.newBuilder(to)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body)));
        authorization.ifPresent(header -> request.header("Authorization", header));
        return request.build();
    }

    /// @param lost what it means when the request went out and no answer came in
    private HttpResponse<BoundedBody.Body> send(
            HttpRequest request, Deadline deadline, int bytesMax, Optional<Why> lost) {
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

    private HttpResponse<BoundedBody.Body> exchange(
            HttpRequest request, Deadline deadline, int bytesMax, Optional<Why> lost) {
        // The client's own timeout ends with the headers; a server that drips its body would hold the call for ever.
        CompletableFuture<HttpResponse<BoundedBody.Body>> answer =
                http.sendAsync(request, _ -> new BoundedBody(bytesMax));
        try {
            return answer.get(deadline.nanosLeft(), TimeUnit.NANOSECONDS);
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

    private JsonNode result(HttpResponse<BoundedBody.Body> response, long id) throws SessionEnded {
        if (response.statusCode() == UNAUTHORIZED) {
            throw new SessionEnded();
        }
        if (response.statusCode() != OK) {
            throw new UpstreamBroken(
                    switch (response.statusCode()) {
                        case 502, 503, 504 -> Why.UNREACHABLE;
                        case 400, 403, 404, 405, 409, 423, 429, 500 -> Why.REJECTED;
                        default -> Why.GARBAGE;
                    });
        }
        if (response.body().tooLarge()) {
            throw new UpstreamBroken(Why.TOO_LARGE);
        }
        JsonNode answer = parsed(response.body().bytes());
        if (answer.path("error").isArray()) {
            if (CONFLICT.equals(answer.path("error").path(0).asString(""))) {
                throw new Unchanged(Found.changedMeanwhile());
            }
            throw new UpstreamBroken(Why.REJECTED);
        }
        JsonNode result = answer.get("result");
        if (result == null
                || !answer.path("id").isIntegralNumber()
                || answer.path("id").asLong() != id) {
            throw new UpstreamBroken(Why.GARBAGE);
        }
        return result;
    }

    private JsonNode parsed(byte[] bytes) {
        try {
            return json.readTree(bytes);
        } catch (JacksonException | NumberFormatException _) {
            throw new UpstreamBroken(Why.GARBAGE);
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
