// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import dev.tollgate.gateway.Credentials;
import dev.tollgate.identity.TokenVerifier;
import dev.tollgate.identity.bound.Holding;
import dev.tollgate.identity.bound.Nonces;
import dev.tollgate.identity.bound.Possession;
import dev.tollgate.identity.bound.ProofVerifier;
import dev.tollgate.identity.bound.Replays;
import dev.tollgate.store.SingleUse;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RevealsSecret;
import dev.tollgate.terms.Step;
import java.util.Optional;

/// How a node knows callers by their bearer tokens. There is one of it: what was verified at one door is known at all.
///
/// @param tokens     verifies the bearer tokens of this deployment
/// @param nonces     for proofs, when the configuration asks for them
/// @param possession verifies tokens together with what shows that their bearer owns them
/// @param holding    what those who ask for tokens show to hold
record Bearers(TokenVerifier tokens, Optional<Nonces> nonces, Possession possession, Holding holding) {
    static Bearers of(Foundations base) {
        TokenVerifier tokens =
                new TokenVerifier(base.keys().delegations(), Foundations.ISSUER, Foundations.AUDIENCE, base.clock());
        Optional<Nonces> nonces = base.configuration().access().nonces()
                ? Optional.of(new Nonces(base.keys().proofs(), base.clock()))
                : Optional.empty();
        ProofVerifier proofs = new ProofVerifier(base.clock(), nonces);
        Replays replays = new Replays(new SingleUse(base.store()));
        return new Bearers(tokens, nonces, new Possession(tokens, proofs, replays), new Holding(proofs, replays));
    }

    /// The name of whoever presents credentials, for sessions of the older protocol.
    @RevealsSecret("the access token is verified to name its session")
    Step<String> name(Credentials who) {
        return who.token().isEmpty()
                ? Step.refuse(new Refusal.Unauthenticated())
                : possession
                        .verify(who.token().get().reveal(), who.how())
                        .then(delegation -> Step.pass(delegation.agent() + " " + delegation.user()));
    }
}
