// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.SigningKey;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.TokenId;
import dev.tollgate.terms.testing.Property;
import dev.tollgate.terms.testing.Requirement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Tokens that a process mints for its own connectors.
final class LocalTokensTest {
    private static final Operation.Get READ = Tokens.get("con_1", "email", "phone");
    private static final SigningKey KEY = Tokens.KEY;

    private final AtomicReference<Instant> now = new AtomicReference<>(Tokens.NOW);
    private final LocalTokens here = LocalTokens.of(Property.random(1), now::get);
    private final LocalTokens elsewhere = LocalTokens.of(Property.random(2), now::get);
    private final FakeTokenLedger shared = new FakeTokenLedger();

    private TokenCheck check(LocalTokens process) {
        return new TokenCheck(Map.of(KEY.keyId(), KEY.verifyingKey()), shared, process, now::get);
    }

    private TokenMint mint() {
        return new TokenMint(KEY, "https://gateway.example", now::get, Property.random(7), here.node());
    }

    private TokenMint.Minted minted() {
        return mint().mintHere(Tokens.principal("copilot", "alice", "task-1"), Tokens.permit(READ), READ, 7);
    }

    private static Step<DecisionToken> used(TokenCheck check, String token) {
        return check.accept(token, READ).then(TokenCheck.Accepted::awaitConsumed);
    }

    private static Step<DecisionToken> refused(String why) {
        return Step.refuse(new Refusal.TokenRefused(why));
    }

    @Requirement({"S3-5", "S3-6"})
    @Test
    void a_token_for_here_is_accepted_once_and_asks_no_shared_ledger() {
        // Given
        String token = minted().jws();
        shared.goDown();

        // When
        Step<DecisionToken> first = used(check(here), token);
        Step<DecisionToken> second = used(check(here), token);

        // Then
        assertThat(first).isInstanceOf(Step.Passed.class);
        assertThat(second).isEqualTo(refused("it was used before"));
    }

    @Requirement("S3-6")
    @Test
    void no_other_process_accepts_it_though_it_trusts_the_same_key() {
        // Given
        String token = minted().jws();

        // When
        Step<DecisionToken> other = used(check(elsewhere), token);
        Step<DecisionToken> own = used(check(here), token);

        // Then
        assertThat(other).isEqualTo(refused("it is for another node"));
        assertThat(own).isInstanceOf(Step.Passed.class);
    }

    @Requirement("S3-6")
    @Test
    void a_clock_that_goes_back_makes_no_used_token_new() {
        // Given
        TokenMint.Minted minted = minted();
        used(check(here), minted.jws());

        // When
        now.set(minted.token().expires());
        CompletableFuture<Boolean> other =
                here.consume(new TokenId("other"), now.get().plusSeconds(9));
        now.set(Tokens.NOW);

        // Then
        assertThat(other).isCompletedWithValue(true);
        assertThat(used(check(here), minted.jws())).isEqualTo(refused("its use could not be recorded"));
    }

    @Requirement("B-3")
    @Test
    void of_many_threads_that_use_it_exactly_one_wins() throws Exception {
        // Given
        List<Callable<Boolean>> uses = IntStream.range(0, 64)
                .<Callable<Boolean>>mapToObj(at ->
                        () -> here.consume(new TokenId("token-" + at / 8), Tokens.NOW.plusSeconds(10))
                                .get())
                .toList();

        // When
        long won = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> use : threads.invokeAll(uses)) {
                won += use.get() ? 1 : 0;
            }
        }

        // Then
        assertThat(won).isEqualTo(8);
    }

    @Test
    void what_would_be_forgotten_is_not_taken() {
        assertThat(here.consume(new TokenId("late"), Tokens.NOW)).isCompletedExceptionally();
    }
}
