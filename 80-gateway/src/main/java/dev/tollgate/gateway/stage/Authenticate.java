// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.gateway.Credentials;
import dev.tollgate.gateway.state.Authenticated;
import dev.tollgate.gateway.state.Received;
import dev.tollgate.identity.bound.Possession;
import dev.tollgate.policy.Bundles;
import dev.tollgate.terms.Delegation;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RevealsSecret;
import dev.tollgate.terms.Step;

/// Stage 1: who asks, and for whom? Verifies the token and that its bearer owns it, pins the bundle in
/// force and looks both identities up in it.
public record Authenticate(Possession possession, Bundles bundles) {
    /// Refuses with `Unauthenticated`, whatever is wrong with the token, or `Undecidable` when no
    /// bundle is in force.
    public Step<Authenticated> apply(Received received) {
        return delegation(received.who())
                .then(delegation -> bundles.active()
                        .then(point -> Workloads.itself(received.who(), point, delegation)
                                .then(_ -> point.bundle().principal(delegation))
                                .then(principal -> Step.pass(new Authenticated(received, point, principal)))));
    }

    @RevealsSecret("the access token is verified here and goes nowhere else")
    private Step<Delegation> delegation(Credentials who) {
        return who.token().isPresent()
                ? possession.verify(who.token().get().reveal(), who.how())
                : Step.refuse(new Refusal.Unauthenticated());
    }
}
