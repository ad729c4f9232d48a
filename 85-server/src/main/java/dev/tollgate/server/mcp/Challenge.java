// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.mcp;

import dev.tollgate.server.http.Turn;
import dev.tollgate.terms.Presentation;
import dev.tollgate.terms.Presentation.Remedy;
import dev.tollgate.terms.Presentation.Scheme;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Tells a client how to get in (RFC 6750 §3, RFC 9449 §7.1, RFC 9728 §5.1): where tokens come from,
/// which scopes to ask for, all at once, and what to mend of a proof. What was wrong with a token stays
/// in the log.
///
/// @param metadataUrl where the protected resource's metadata is
/// @param scopes      that clients may ask for, the same for everybody
/// @param algorithms  that proofs of possession may be signed with; none when there are no such proofs
/// @param nonce       a fresh nonce for proofs, when they must carry one
public record Challenge(
        String metadataUrl, List<String> scopes, List<String> algorithms, Supplier<Optional<String>> nonce) {
    private static final String HEADER = "WWW-Authenticate";

    /// Adds the challenge of a 401.
    public void unauthenticated(Turn turn) {
        Presentation how = turn.credentials().how();
        boolean tried = turn.header("Authorization").isPresent();
        boolean proven = how.scheme() == Scheme.DPOP;
        turn.with(HEADER, "Bearer " + (tried && !proven ? "error=\"invalid_token\", " : "") + metadata() + named());
        if (!algorithms.isEmpty()) {
            String error = proven ? "error=\"" + error(how.fault().map(Presentation.Fault::remedy)) + "\", " : "";
            turn.and(HEADER, "DPoP " + error + "algs=\"" + String.join(" ", algorithms) + "\", " + metadata());
            nonce.get().ifPresent(fresh -> turn.with("DPoP-Nonce", fresh));
        }
    }

    private static String error(Optional<Remedy> remedy) {
        return switch (remedy.orElse(Remedy.TOKEN)) {
            case TOKEN -> "invalid_token";
            case PROOF -> "invalid_dpop_proof";
            case NONCE -> "use_dpop_nonce";
        };
    }

    /// Adds the challenge of a 403 for want of a scope. Which scope a tool needs is not told: whoever may
    /// know of a tool has its scope already.
    public void insufficientScope(Turn turn) {
        turn.with(HEADER, word(turn) + "error=\"insufficient_scope\", " + metadata() + named());
    }

    /// Adds the challenge of a 403 for want of a fresh proof by the person (RFC 9470 §3).
    public void stepUp(Turn turn) {
        turn.with(HEADER, word(turn) + "error=\"insufficient_user_authentication\", " + metadata());
    }

    private static String word(Turn turn) {
        return turn.credentials().how().scheme() == Scheme.DPOP ? "DPoP " : "Bearer ";
    }

    private String metadata() {
        return "resource_metadata=\"" + metadataUrl + "\"";
    }

    private String named() {
        return scopes.isEmpty() ? "" : ", scope=\"" + String.join(" ", scopes) + "\"";
    }
}
