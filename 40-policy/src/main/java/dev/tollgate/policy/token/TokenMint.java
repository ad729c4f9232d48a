// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.token;

import dev.tollgate.policy.Decision;
import dev.tollgate.policy.FieldVerdict;
import dev.tollgate.policy.OperationAmount;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.Require;
import dev.tollgate.terms.SigningKey;
import dev.tollgate.terms.SortableId;
import dev.tollgate.terms.TokenId;
import dev.tollgate.terms.View;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// Makes decision tokens: Ed25519 JWS with `typ` `txntoken+jwt`. Safe for many threads when `random` is.
///
/// @param key    signs; its own key, used for nothing else
/// @param issuer `iss`
/// @param clock  when a token begins
/// @param random makes `jti`; must not be guessable
/// @param node   the name of this process, of which only its own connectors accept tokens
public record TokenMint(SigningKey key, String issuer, InstantSource clock, RandomGenerator random, String node) {
    /// The type of a decision token (OAuth Transaction Tokens).
    public static final String TYPE = "txntoken+jwt";

    private static final Jws JWS = new Jws(TYPE);

    /// A token for exactly `operation`, as narrowed by `decision`, which every node accepts: it is handed out.
    ///
    /// @param operation what will be executed, byte for byte
    /// @param logIndex  where the decision stands in the audit log: it is there before anything executes
    /// @param life      60 s at most
    /// @throws IllegalArgumentException when the decision does not permit
    public Minted mint(Principal who, Decision decision, Operation operation, long logIndex, Duration life) {
        return mint(who, decision, operation, logIndex, life, Optional.empty());
    }

    /// The same for the connectors of this process, which use it at once. It never leaves the process.
    public Minted mintHere(Principal who, Decision decision, Operation operation, long logIndex) {
        return mint(who, decision, operation, logIndex, LocalTokens.LIFE_MAX, Optional.of(node));
    }

    private Minted mint(
            Principal who,
            Decision decision,
            Operation operation,
            long logIndex,
            Duration life,
            Optional<String> onlyHere) {
        Require.require(decision.permits(), "a token needs a decision that permits");
        // Whole seconds, because that is what the claims can say; cut, so that a token never outlives its life.
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        DecisionToken token = new DecisionToken(
                new TokenId(SortableId.at(now, random)),
                decision.id(),
                who.agent(),
                chain(who),
                who.user(),
                who.delegation().task(),
                decision.version(),
                logIndex,
                now,
                now.plus(life),
                onlyHere,
                grant(decision, operation));
        return new Minted(token, JWS.sign(key, TokenClaims.write(token, issuer)));
    }

    /// A token and its compact form.
    ///
    /// @param token what it says
    /// @param jws   the form that travels
    public record Minted(DecisionToken token, String jws) {
        /// The form that travels stays out of logs.
        @Override
        public String toString() {
            return "Minted[" + token.id() + "]";
        }
    }

    private static List<String> chain(Principal who) {
        List<String> actors = who.delegation().actors();
        return actors.isEmpty() ? List.of(who.agent().value()) : actors;
    }

    private static DecisionToken.Grant grant(Decision decision, Operation operation) {
        SortedMap<String, View> views = new TreeMap<>();
        for (String field : operation.touched()) {
            FieldVerdict verdict = decision.verdicts().get(field);
            if (verdict != null && verdict.atMost() != View.WITHHELD) {
                views.put(field, verdict.atMost());
            }
        }
        Operation.Target target = operation.target();
        return new DecisionToken.Grant(
                target.system(),
                target.object(),
                operation.recordId(),
                target.verb(),
                views,
                OperationAmount.of(operation),
                target.destination(),
                operation.digest());
    }
}
