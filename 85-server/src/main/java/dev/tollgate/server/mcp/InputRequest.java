// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.mcp;

import dev.tollgate.terms.Value;
import java.util.Map;

/// Something that only the client's side can give: a form filled in, a page visited, a model's answer, a list of
/// roots (2026-07-28, "Multi Round-Trip Requests").
///
/// @param params as the protocol's request of that kind has them
public record InputRequest(Kind kind, Value.Fields params) {
    /// The kinds of input. Sampling and roots are deprecated by the protocol and asked by no product tool.
    public enum Kind {
        FORM("elicitation/create"),
        URL("elicitation/create"),
        SAMPLING("sampling/createMessage"),
        ROOTS("roots/list");

        private final String method;

        Kind(String method) {
            this.method = method;
        }

        /// The protocol's method.
        public String method() {
            return method;
        }
    }

    /// Asks the person to fill a form.
    ///
    /// @param schema flat object schema of the form's fields
    public static InputRequest form(String message, Value.Fields schema) {
        return new InputRequest(
                Kind.FORM, new Value.Fields(Map.of("message", Value.of(message), "requestedSchema", schema)));
    }

    /// Sends the person to a page, for example to approve with a passkey.
    public static InputRequest page(String message, String url) {
        return new InputRequest(
                Kind.URL,
                new Value.Fields(Map.of("mode", Value.of("url"), "message", Value.of(message), "url", Value.of(url))));
    }

    /// The request as it stands in a result.
    Value.Fields wire() {
        return new Value.Fields(Map.of("method", Value.of(kind.method()), "params", params));
    }
}
