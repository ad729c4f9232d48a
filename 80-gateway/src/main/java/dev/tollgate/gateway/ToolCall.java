// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway;

import dev.tollgate.terms.RequestId;
import dev.tollgate.terms.SecretValue;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.Value;
import java.util.Optional;

/// One tool call as a door read it: well-formed, bounded in size and depth, without duplicate keys, and otherwise
/// unchecked.
///
/// @param request       made by the door, unique
/// @param tool          what is called
/// @param arguments     as they came
/// @param decisionToken a token of `request_authorization`, when the agent presents one
/// @param model         what the caller says of the model that made the call, for the audit
/// @param traceId       W3C trace id (32 hexadecimal digits), when the caller sent one
/// @param door          which door: `mcp`, `rest`
public record ToolCall(
        RequestId request,
        ToolName tool,
        Value.Fields arguments,
        Optional<SecretValue> decisionToken,
        ModelFacts model,
        Optional<String> traceId,
        String door) {
    /// What the caller says of its model (requirement S1-25). Claims, not facts: recorded, never decided on.
    ///
    /// @param version    the model's version
    /// @param promptHash digest of the prompt
    /// @param outputHash digest of the output that held the call
    public record ModelFacts(Optional<String> version, Optional<String> promptHash, Optional<String> outputHash) {
        /// The caller said nothing.
        public static final ModelFacts NONE = new ModelFacts(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
