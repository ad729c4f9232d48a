// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.mcp;

import dev.tollgate.server.http.Turn;

/// Tells a client how to get a token that is accepted (RFC 6750 §3, RFC 9728 §5.1).
///
/// @param metadataUrl where the protected resource's metadata is
public record Challenge(String metadataUrl) {
    /// Adds the challenge of a 401. What was wrong with a token stays in the log.
    public void unauthenticated(Turn turn) {
        String error = turn.header("Authorization").isPresent() ? "error=\"invalid_token\", " : "";
        turn.with("WWW-Authenticate", "Bearer " + error + "resource_metadata=\"" + metadataUrl + "\"");
    }

    /// Adds the challenge of a 403 for want of a scope.
    public void insufficientScope(Turn turn) {
        turn.with("WWW-Authenticate", "Bearer error=\"insufficient_scope\", resource_metadata=\"" + metadataUrl + "\"");
    }

    /// Adds the challenge of a 403 for want of a fresh proof by the person (RFC 9470 §3).
    public void stepUp(Turn turn) {
        turn.with(
                "WWW-Authenticate",
                "Bearer error=\"insufficient_user_authentication\", resource_metadata=\"" + metadataUrl + "\"");
    }
}
