// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.mcp;

import dev.tollgate.gateway.Credentials;
import dev.tollgate.gateway.ToolCall.ModelFacts;
import dev.tollgate.server.wire.Members;
import dev.tollgate.terms.SecretValue;
import dev.tollgate.terms.Value;
import java.util.Optional;

/// One request of a client, past the checks of its era and on its way to a feature.
///
/// @param principal name of the principal; nothing when the gateway itself will ask who it is
/// @param inputs    what the client gave to an earlier question
/// @param state     what the feature wanted to be told again, opened
record Asked(
        Line line,
        Message.Request request,
        Credentials who,
        Optional<String> principal,
        ClientAbilities client,
        Value.Fields inputs,
        Optional<Value.Fields> state,
        Optional<String> traceId,
        Schemas schemas) {
    /// Longest decision token that is handed on: our own have about 2,500 characters.
    private static final int TOKEN_CHARS_MAX = 16_384;
    /// Longest claim about a model.
    private static final int CLAIM_CHARS_MAX = 256;

    /// The name of a tool or a prompt, or the URI of a resource.
    static String name(Message.Request request) {
        return Members.text(request.params(), request.method().equals("resources/read") ? "uri" : "name")
                .orElse("");
    }

    /// Whether this kind of request may be answered with a question (2026-07-28, "Supported Requests").
    static boolean mayAsk(String method) {
        return method.equals("tools/call") || method.equals("prompts/get") || method.equals("resources/read");
    }

    static Value.Fields arguments(Message.Request request) {
        return Members.fields(request.params(), "arguments").orElse(Message.EMPTY);
    }

    /// What is wrong with the members that every call shares, when something is.
    Optional<String> fault() {
        Value.Fields params = request.params();
        if (Members.has(params, "arguments")
                && Members.fields(params, "arguments").isEmpty()) {
            return Optional.of("`arguments` is an object");
        }
        Value.Fields meta = request.meta();
        boolean token = Members.has(meta, Protocol.META_TOKEN);
        if (token
                && Members.text(meta, Protocol.META_TOKEN)
                        .filter(text -> text.length() <= TOKEN_CHARS_MAX)
                        .isEmpty()) {
            return Optional.of(
                    "`" + Protocol.META_TOKEN + "` is a string of at most " + TOKEN_CHARS_MAX + " characters");
        }
        return Optional.empty();
    }

    Call call(Value.Fields arguments) {
        Value.Fields meta = request.meta();
        return new Call(
                who,
                line.turn().id(),
                name(request),
                arguments,
                client,
                inputs,
                state,
                Members.text(meta, Protocol.META_TOKEN).map(SecretValue::of),
                model(Members.fields(meta, Protocol.META_MODEL)),
                traceId,
                line,
                schemas);
    }

    /// The same request with what the client gave.
    Asked with(Value.Fields given, Optional<Value.Fields> told) {
        return new Asked(line, request, who, principal, client, given, told, traceId, schemas);
    }

    private static ModelFacts model(Optional<Value.Fields> said) {
        return said.map(facts ->
                        new ModelFacts(claim(facts, "version"), claim(facts, "promptHash"), claim(facts, "outputHash")))
                .orElse(ModelFacts.NONE);
    }

    private static Optional<String> claim(Value.Fields facts, String name) {
        return Members.text(facts, name).filter(text -> text.length() <= CLAIM_CHARS_MAX);
    }
}
