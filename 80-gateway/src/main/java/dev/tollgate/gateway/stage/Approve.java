// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.gateway.state.Approved;
import dev.tollgate.gateway.state.Authenticated;
import dev.tollgate.gateway.state.Decided;
import dev.tollgate.policy.token.DecisionToken;
import dev.tollgate.policy.token.TokenCheck;
import dev.tollgate.policy.token.TokenMint;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RevealsSecret;
import dev.tollgate.terms.SecretValue;
import dev.tollgate.terms.Step;

/// Stage 7: turns the decision into a token for exactly one execution. A token that the agent brings is
/// used instead of
/// a
/// new one, and must be its own, of the active bundle; whether it fits the operation is the connector's to say.
public record Approve(TokenMint mint, TokenCheck check) {
    /// Refuses with `TokenRefused`.
    public Step<Approved> apply(Decided decided) {
        return decided.who()
                .from()
                .call()
                .decisionToken()
                .map(brought -> presented(decided, brought))
                .orElseGet(() -> minted(decided));
    }

    /// A new token for exactly the decided operation.
    public TokenMint.Minted mint(Decided decided) {
        return mint.mint(
                decided.who().principal(),
                decided.decision(),
                decided.operation(),
                decided.logIndex(),
                DecisionToken.LIFE_MAX);
    }

    private Step<Approved> minted(Decided decided) {
        TokenMint.Minted minted = mint(decided);
        return Step.pass(new Approved(decided, minted.token(), SecretValue.of(minted.jws()), false));
    }

    @RevealsSecret("the presented decision token is read here before it goes to the connector")
    private Step<Approved> presented(Decided decided, SecretValue brought) {
        Authenticated who = decided.who();
        return check.read(brought.reveal()).then(token -> {
            if (!token.heldBy(who.principal())) {
                return Step.refuse(new Refusal.TokenRefused("it is not a token of this gateway"));
            }
            if (!token.policy().equals(who.policy().bundle().version())) {
                return Step.refuse(new Refusal.TokenRefused("policy has changed since"));
            }
            return Step.pass(new Approved(decided, token, brought, true));
        });
    }
}
