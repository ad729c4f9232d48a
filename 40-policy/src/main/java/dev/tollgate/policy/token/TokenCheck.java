// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.token;

import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.VerifyingKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Checks decision tokens where they count: in front of a connected system. Trusts the signing key and nobody else, not
/// even the gateway that calls it. Safe for many threads.
public final class TokenCheck {
    /// How far a minting node's clock may be ahead.
    private static final Duration SKEW_MAX = Duration.ofSeconds(5);

    /// A ledger that has not answered by then is down; the token is refused.
    private static final Duration LEDGER_WAIT_MAX = Duration.ofSeconds(10);

    private static final Jws JWS = new Jws(TokenMint.TYPE);

    private final Map<String, VerifyingKey> keys;
    private final TokenLedger shared;
    private final LocalTokens here;
    private final InstantSource clock;

    /// @param keys   by key id: the mint's key, and the one before it while a rotation lasts
    /// @param shared where the uses of tokens that were handed out are kept, for all nodes
    /// @param here   which of the tokens that this process minted for itself were used
    public TokenCheck(Map<String, VerifyingKey> keys, TokenLedger shared, LocalTokens here, InstantSource clock) {
        this.keys = Map.copyOf(keys);
        this.shared = shared;
        this.here = here;
        this.clock = clock;
    }

    /// What a token says, if it is ours and in time. Uses nothing up.
    public Step<DecisionToken> read(String token) {
        Optional<DecisionToken> opened = JWS.open(token, keys).flatMap(TokenClaims::read);
        if (opened.isEmpty()) {
            return refused("it is not a token of this gateway");
        }
        DecisionToken read = opened.get();
        Instant now = clock.instant();
        if (!now.isBefore(read.expires())) {
            return refused("it has expired");
        }
        if (now.plus(SKEW_MAX).isBefore(read.issued())) {
            return refused("it is not valid yet");
        }
        if (!read.node().orElse(here.node()).equals(here.node())) {
            return refused("it is for another node");
        }
        return Step.pass(read);
    }

    /// Accepts a token for exactly this operation and begins to use it up. The caller must see `awaitConsumed` pass
    /// before it releases a row, and before it changes anything.
    public Step<Accepted> accept(String token, Operation operation) {
        return read(token).then(read -> {
            Optional<String> mismatch = read.mismatch(operation);
            return mismatch.isPresent()
                    ? refused(mismatch.get())
                    : Step.pass(new Accepted(read, ledger(read).consume(read.id(), read.expires())));
        });
    }

    private TokenLedger ledger(DecisionToken token) {
        return token.node().isPresent() ? here : shared;
    }

    private static <T> Step<T> refused(String why) {
        return Step.refuse(new Refusal.TokenRefused(why));
    }

    /// A token that authorises the operation and is being used up.
    public static final class Accepted {
        private final DecisionToken token;
        private final CompletableFuture<Boolean> consumed;

        private Accepted(DecisionToken token, CompletableFuture<Boolean> consumed) {
            this.token = token;
            this.consumed = consumed;
        }

        /// What the token says, for the record.
        public DecisionToken token() {
            return token;
        }

        /// Waits until the use is durable. Passes for exactly one use of a token; when nobody can say, refuses.
        public Step<DecisionToken> awaitConsumed() {
            try {
                boolean first = consumed.get(LEDGER_WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
                return first ? Step.pass(token) : refused("it was used before");
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return refused("its use could not be recorded");
            } catch (ExecutionException | TimeoutException _) {
                return refused("its use could not be recorded");
            }
        }
    }
}
