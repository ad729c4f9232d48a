// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.mcp;

import dev.tollgate.gateway.Credentials;
import dev.tollgate.gateway.ToolCall.ModelFacts;
import dev.tollgate.server.wire.Members;
import dev.tollgate.terms.RequestId;
import dev.tollgate.terms.SecretValue;
import dev.tollgate.terms.Value;
import java.util.Optional;

/// One request for a tool, a prompt or a resource, as a feature sees it, whichever era the client speaks.
///
/// @param name          the tool's or prompt's name, or the resource's URI
/// @param arguments     as they came
/// @param inputs        what the client gave to an earlier `Ask`, by key; unchecked, see `input`
/// @param state         what the feature wanted to be told again, proven to be what it said to this principal
///                      for this very request, and told only once
/// @param decisionToken a token of `request_authorization`, when the client presents one
/// @param traceId       W3C trace id, when the client sent one
public record Call(
        Credentials who,
        RequestId request,
        String name,
        Value.Fields arguments,
        ClientAbilities client,
        Value.Fields inputs,
        Optional<Value.Fields> state,
        Optional<SecretValue> decisionToken,
        ModelFacts model,
        Optional<String> traceId,
        Reporter reporter,
        Schemas schemas) {
    /// What the client gave for a request, when it gave something that fits. Otherwise the feature asks again
    /// (2026-07-28, "Multi Round-Trip Requests", "Error Handling").
    public Optional<Value.Fields> input(String key, InputRequest wanted) {
        return Members.fields(inputs, key).filter(given -> fits(given, wanted));
    }

    /// The same call with what the client gave in an open conversation.
    Call with(Value.Fields given, Optional<Value.Fields> told) {
        return new Call(
                who, request, name, arguments, client, given, told, decisionToken, model, traceId, reporter, schemas);
    }

    private boolean fits(Value.Fields given, InputRequest wanted) {
        return switch (wanted.kind()) {
            case FORM -> action(given) && (!accepted(given) || filled(given, wanted));
            case URL -> action(given);
            case SAMPLING -> Members.has(given, "role") && Members.has(given, "content");
            case ROOTS -> Members.items(given, "roots").isPresent();
        };
    }

    private boolean filled(Value.Fields given, InputRequest wanted) {
        Value.Fields schema = Members.fields(wanted.params(), "requestedSchema").orElse(Message.EMPTY);
        return Members.fields(given, "content")
                .filter(content -> schemas.problems(schema, content).isEmpty())
                .isPresent();
    }

    private static boolean action(Value.Fields given) {
        String action = Members.text(given, "action").orElse("");
        return action.equals("accept") || action.equals("decline") || action.equals("cancel");
    }

    private static boolean accepted(Value.Fields given) {
        return Members.text(given, "action").equals(Optional.of("accept"));
    }
}
