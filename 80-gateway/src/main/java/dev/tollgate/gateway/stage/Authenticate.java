// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.gateway.state.Authenticated;
import dev.tollgate.gateway.state.Received;
import dev.tollgate.identity.TokenVerifier;
import dev.tollgate.policy.Bundles;
import dev.tollgate.terms.Delegation;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RevealsSecret;
import dev.tollgate.terms.SecretValue;
import dev.tollgate.terms.Step;
import java.util.Optional;

/// Stage 1: who asks, and for whom? Verifies the token, pins the bundle in force and looks both identities up in it.
public record Authenticate(TokenVerifier verifier, Bundles bundles) {
    /// Refuses with `Unauthenticated`, whatever is wrong with the token, or `Undecidable` when no bundle is in force.
    public Step<Authenticated> apply(Received received) {
        return delegation(received.who().bearer())
                .then(delegation -> bundles.active()
                        .then(point -> point.bundle()
                                .principal(delegation)
                                .then(principal -> Step.pass(new Authenticated(received, point, principal)))));
    }

    @RevealsSecret("the bearer token is verified here and goes nowhere else")
    private Step<Delegation> delegation(Optional<SecretValue> bearer) {
        return bearer.isPresent() ? verifier.verify(bearer.get().reveal()) : Step.refuse(new Refusal.Unauthenticated());
    }
}
