// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.tryton;

import dev.tollgate.connectors.Deadline;
import dev.tollgate.connectors.Found;
import dev.tollgate.connectors.HttpWire;
import dev.tollgate.connectors.Unchanged;
import dev.tollgate.connectors.UpstreamBroken;
import dev.tollgate.connectors.UpstreamBroken.Why;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Optional;
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
    private final HttpWire http;
    private final JsonMapper json;
    private final AtomicLong ids = new AtomicLong();

    TrytonWire(URI database) {
        this.database = database;
        this.http = new HttpWire(CALLS_MAX);
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
        HttpWire.Answer response = http.send(request, deadline, bytesMax, Optional.empty());
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
        HttpWire.Answer response = http.send(request, deadline, bytesMax, Optional.of(Why.UNKNOWN_OUTCOME));
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
        return result(http.send(request, deadline, bytesMax, Optional.empty()), id);
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

    private JsonNode result(HttpWire.Answer response, long id) throws SessionEnded {
        if (response.status() == UNAUTHORIZED) {
            throw new SessionEnded();
        }
        if (response.status() != OK) {
            throw new UpstreamBroken(
                    switch (response.status()) {
                        case 502, 503, 504 -> Why.UNREACHABLE;
                        case 400, 403, 404, 405, 409, 423, 429, 500 -> Why.REJECTED;
                        default -> Why.GARBAGE;
                    });
        }
        if (response.tooLarge()) {
            throw new UpstreamBroken(Why.TOO_LARGE);
        }
        JsonNode answer = parsed(response.body());
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
        http.close();
    }
}
