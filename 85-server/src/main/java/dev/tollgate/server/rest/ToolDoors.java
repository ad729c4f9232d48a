// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.rest;

import dev.tollgate.gateway.Answer;
import dev.tollgate.gateway.Front;
import dev.tollgate.gateway.ToolCall;
import dev.tollgate.gateway.ToolCall.ModelFacts;
import dev.tollgate.gateway.ToolListing;
import dev.tollgate.server.http.Door;
import dev.tollgate.server.http.Problems;
import dev.tollgate.server.http.Turn;
import dev.tollgate.server.mcp.Challenge;
import dev.tollgate.server.mcp.FrontTools;
import dev.tollgate.server.mcp.Traces;
import dev.tollgate.server.wire.JsonReader;
import dev.tollgate.server.wire.JsonWriter;
import dev.tollgate.terms.SecretValue;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tools over plain HTTP: `GET /v1/tools`, `POST /v1/tools/{name}` with the arguments as body, and their
/// description.
public final class ToolDoors {
    private static final String FAMILY = "/v1/tools/";
    /// Where a decision token of `request_authorization` is presented; over MCP it is in `_meta`.
    private static final String TOKEN_HEADER = "Tollgate-Decision-Token";
    /// Longest decision token that is handed on.
    private static final int TOKEN_CHARS_MAX = 16_384;

    private final Front front;
    private final JsonBody bodies;
    private final Challenge challenge;
    private final Traces traces;
    private final byte[] openApi;

    /// Doors to this front.
    public ToolDoors(Front front, JsonReader reader, Challenge challenge, Traces traces) {
        this.front = front;
        this.bodies = new JsonBody(reader);
        this.challenge = challenge;
        this.traces = traces;
        this.openApi = resource();
    }

    /// The doors by path.
    public Map<String, Door> doors() {
        return Map.of("/v1/tools", this::list, FAMILY, this::call, "/v1/openapi.json", this::describe);
    }

    private void describe(Turn turn) {
        if (turn.method().equals("GET")) {
            // The same for everybody: operations and error shapes. Which tools there are, `GET /v1/tools` says.
            turn.with("Cache-Control", "public, max-age=300").reply(200, ByteBuffer.wrap(openApi));
        } else {
            Problems.methodNotAllowed(turn, "GET");
        }
    }

    private void list(Turn turn) {
        if (!turn.method().equals("GET")) {
            Problems.methodNotAllowed(turn, "GET");
            return;
        }
        traces.around("rest/tools", turn.header("traceparent"), turn.id(), _ -> {
            switch (front.tools(turn.credentials())) {
                case Step.Refused<List<ToolListing>> refused -> HttpRefusals.reply(turn, refused.why(), challenge);
                case Step.Passed<List<ToolListing>> passed ->
                    turn.reply(200, listed(passed.state()).buffer());
            }
        });
    }

    private static JsonWriter listed(List<ToolListing> tools) {
        JsonWriter out = new JsonWriter().raw("{\"tools\":[");
        String comma = "";
        for (ToolListing tool : tools) {
            out.raw(comma)
                    .value(new Value.Fields(Map.of(
                            "name", Value.of(tool.name().value()),
                            "title", Value.of(tool.title()),
                            "description", Value.of(tool.description()),
                            "inputSchema", tool.input(),
                            "outputSchema", tool.output(),
                            "readOnly", Value.of(tool.readOnly()),
                            "idempotent", Value.of(tool.idempotent()))));
            comma = ",";
        }
        return out.raw("]}");
    }

    private void call(Turn turn) {
        if (!turn.method().equals("POST")) {
            Problems.methodNotAllowed(turn, "POST");
            return;
        }
        Optional<String> token = turn.header(TOKEN_HEADER);
        if (token.filter(text -> text.length() > TOKEN_CHARS_MAX).isPresent()) {
            Problems.reply(turn, 400, "malformed", "the decision token is too long");
            return;
        }
        bodies.of(turn).ifPresent(arguments -> {
            String name = turn.path().substring(FAMILY.length());
            traces.around("rest/call", turn.header("traceparent"), turn.id(), traceId -> {
                ToolCall call = new ToolCall(
                        turn.id(),
                        FrontTools.toolName(name),
                        arguments,
                        token.map(SecretValue::of),
                        ModelFacts.NONE,
                        traceId,
                        "rest");
                switch (front.call(turn.credentials(), call)) {
                    case Step.Refused<Answer> refused -> HttpRefusals.reply(turn, refused.why(), challenge);
                    case Step.Passed<Answer> passed ->
                        turn.reply(
                                200,
                                new JsonWriter()
                                        .value(passed.state().structured())
                                        .buffer());
                }
            });
        });
    }

    private static byte[] resource() {
        try (InputStream in = ToolDoors.class.getResourceAsStream("openapi.json")) {
            if (in == null) {
                throw new IllegalStateException("openapi.json is not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
