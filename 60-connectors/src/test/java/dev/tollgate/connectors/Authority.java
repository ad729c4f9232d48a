// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import dev.tollgate.policy.Decision;
import dev.tollgate.policy.DecisionId;
import dev.tollgate.policy.FieldVerdict;
import dev.tollgate.policy.Outcome;
import dev.tollgate.policy.Reason;
import dev.tollgate.policy.token.LocalTokens;
import dev.tollgate.policy.token.TokenCheck;
import dev.tollgate.policy.token.TokenLedger;
import dev.tollgate.policy.token.TokenMint;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.DataClass;
import dev.tollgate.terms.Delegation;
import dev.tollgate.terms.FieldPath;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.PolicyVersion;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.Scope;
import dev.tollgate.terms.SessionId;
import dev.tollgate.terms.SigningKey;
import dev.tollgate.terms.TaskId;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.TokenId;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.View;
import dev.tollgate.terms.testing.Property;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Security;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/// Mints real decision tokens for tests and checks them, with a clock and a ledger that the test holds.
public final class Authority implements TokenLedger, InstantSource {
    private static final String KEY_ID = "token-1";

    private final SigningKey key = key();
    private final Set<TokenId> used = ConcurrentHashMap.newKeySet();
    private volatile Instant now = Instant.parse("2026-11-21T09:00:00Z");
    private volatile Optional<CompletableFuture<Boolean>> instead = Optional.empty();
    private long minted;

    /// What stands in front of the door.
    public TokenCheck check() {
        return new TokenCheck(Map.of(KEY_ID, key.verifyingKey()), this, LocalTokens.of(Property.random(1), this), this);
    }

    /// A token for exactly that operation, good for a minute.
    public String token(Operation operation) {
        TokenMint mint = new TokenMint(key, "https://gateway.example", this, Property.random(++minted), "here");
        return mint.mint(principal(), permit(operation), operation, minted, Duration.ofSeconds(60))
                .jws();
    }

    /// Moves the clock.
    public void pass(Duration time) {
        now = now.plus(time);
    }

    /// From now on the ledger answers with this instead.
    public void answer(CompletableFuture<Boolean> other) {
        instead = Optional.of(other);
    }

    /// How many tokens were used up.
    public int used() {
        return used.size();
    }

    @Override
    public CompletableFuture<Boolean> consume(TokenId token, Instant expires) {
        return instead.orElseGet(() -> CompletableFuture.completedFuture(used.add(token)));
    }

    @Override
    public Instant instant() {
        return now;
    }

    private Principal principal() {
        Delegation delegation = new Delegation(
                new AgentId("sales-copilot"),
                new UserId("alice"),
                Set.of(Scope.parse("crm:*:read").orElseThrow()),
                Optional.empty(),
                new TaskId("task-1"),
                new SessionId("session-1"),
                Optional.empty(),
                Optional.empty(),
                now,
                now.plusSeconds(900),
                List.of("sales-copilot"));
        return new Principal(
                delegation,
                "sales-copilot",
                2,
                "zone-1",
                new TenantId("acme"),
                Optional.empty(),
                Set.of(),
                Set.of(),
                Map.of());
    }

    private Decision permit(Operation operation) {
        var verdicts = new TreeMap<String, FieldVerdict>();
        operation
                .touched()
                .forEach(field -> verdicts.put(
                        field,
                        new FieldVerdict(
                                new FieldPath(operation.target().object(), field),
                                new DataClass("public"),
                                View.CLEAR,
                                View.CLEAR,
                                List.of(new RuleId("test")),
                                Reason.PERMITTED)));
        return new Decision(
                new DecisionId("decision-1"),
                new PolicyVersion("sha256:policy"),
                now,
                Outcome.PERMIT,
                Reason.PERMITTED,
                verdicts,
                "id",
                List.of(),
                verdicts.keySet(),
                false,
                List.of(new RuleId("test")),
                Optional.empty(),
                Decision.Need.NONE,
                (_, _) -> verdicts);
    }

    private static SigningKey key() {
        try {
            var provider = Security.getProvider("SunEC");
            return new SigningKey(
                    KEY_ID, KeyPairGenerator.getInstance("Ed25519", provider).generateKeyPair(), provider);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
