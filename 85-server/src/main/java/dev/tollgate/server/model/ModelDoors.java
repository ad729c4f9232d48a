// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.model;

import dev.tollgate.gateway.Credentials;
import dev.tollgate.gateway.ModelFront;
import dev.tollgate.gateway.ModelFront.Format;
import dev.tollgate.server.http.Body;
import dev.tollgate.server.http.Door;
import dev.tollgate.server.http.EventStream;
import dev.tollgate.server.http.Turn;
import dev.tollgate.server.mcp.Traces;
import dev.tollgate.server.wire.JsonLimits;
import dev.tollgate.server.wire.JsonReader;
import dev.tollgate.server.wire.JsonWriter;
import dev.tollgate.server.wire.Parsed;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.SecretValue;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import java.util.Map;
import java.util.Optional;

/// Models behind the gate: `POST /v1/chat/completions` and `POST /v1/messages`, with the agent's token in place of the
/// provider's key.
public final class ModelDoors {
    /// A conversation with pictures in it, within the bytes of a body.
    private static final JsonLimits LIMITS = new JsonLimits(64, 1024 * 1024, 200_000, 40);

    /// Longest token.
    private static final int KEY_CHARS_MAX = 8_192;

    private final ModelFront models;
    private final Traces traces;
    private final JsonReader reader = new JsonReader(LIMITS);

    /// Doors to these models.
    public ModelDoors(ModelFront models, Traces traces) {
        this.models = models;
        this.traces = traces;
    }

    /// The doors by path.
    public Map<String, Door> doors() {
        return Map.of(
                "/v1/chat/completions",
                turn -> serve(turn, Format.CHAT_COMPLETIONS),
                "/v1/messages",
                turn -> serve(turn, Format.MESSAGES));
    }

    private void serve(Turn turn, Format format) {
        if (!turn.method().equals("POST")) {
            ModelErrors.reply(turn.with("Allow", "POST"), format, 405, "method_not_allowed", "this path takes POST");
            return;
        }
        if (!turn.carriesJson()) {
            ModelErrors.reply(turn.closing(), format, 415, "unsupported_media_type", "the body must be JSON in UTF-8");
            return;
        }
        switch (turn.body()) {
            case Body.TooLarge _ ->
                ModelErrors.reply(turn.closing(), format, 413, "too_large", "the body is too large");
            case Body.TooSlow _ ->
                ModelErrors.reply(turn.closing(), format, 408, "too_slow", "the body took too long to arrive");
            case Body.Broken _ -> ModelErrors.reply(turn.closing(), format, 400, "broken", "the body did not arrive");
            case Body.Whole whole -> read(turn, format, whole.bytes());
        }
    }

    private void read(Turn turn, Format format, byte[] body) {
        switch (reader.read(body)) {
            case Parsed.Whole(Value value)
            when value instanceof Value.Fields fields ->
                traces.around(
                        "model",
                        turn.header("traceparent"),
                        turn.id(),
                        traceId -> answer(turn, format, new ModelFront.Asked(turn.id(), format, fields, traceId)));
            case Parsed.Whole _ -> ModelErrors.reply(turn, format, 400, "malformed", "the body is a JSON object");
            case Parsed.Broken broken -> {
                turn.misread(broken.fault().sentence());
                ModelErrors.reply(turn, format, 400, "malformed", broken.fault().sentence());
            }
        }
    }

    private void answer(Turn turn, Format format, ModelFront.Asked asked) {
        // A model thinks for longer than a client may be silent.
        turn.patient();
        switch (models.ask(credentials(turn, format), asked)) {
            case Step.Refused<ModelFront.Answer> refused -> ModelErrors.reply(turn, format, refused.why());
            case Step.Passed<ModelFront.Answer>(ModelFront.Answer.Whole whole) ->
                turn.reply(
                        whole.status(),
                        "application/json",
                        new JsonWriter().value(whole.body()).buffer());
            case Step.Passed<ModelFront.Answer>(ModelFront.Answer.Pieces pieces) -> {
                try (ModelFront.Flow flow = pieces.flow()) {
                    stream(turn, format, flow);
                }
            }
        }
    }

    /// Anthropic's clients send their key in a header of its own.
    private static Credentials credentials(Turn turn, Format format) {
        Optional<String> key = turn.header("x-api-key");
        return format == Format.MESSAGES && key.isPresent()
                ? turn.credentials(SecretValue.of(
                        key.filter(text -> text.length() <= KEY_CHARS_MAX).orElse("")))
                : turn.credentials();
    }

    private static void stream(Turn turn, Format format, ModelFront.Flow flow) {
        EventStream events = turn.events();
        for (Optional<ModelFront.Event> event = flow.next(); event.isPresent(); event = flow.next()) {
            if (!events.send(event.get().name(), event.get().data())) {
                return;
            }
        }
        flow.failure().ifPresent(why -> fail(events, turn, format, why));
        events.close();
    }

    private static void fail(EventStream events, Turn turn, Format format, Refusal why) {
        Value error = ModelErrors.within(format, why, turn.id().value());
        byte[] json = new JsonWriter().value(error).bytes();
        Optional<String> name = format == Format.MESSAGES ? Optional.of("error") : Optional.empty();
        events.send(name, new String(json, java.nio.charset.StandardCharsets.UTF_8));
    }
}
