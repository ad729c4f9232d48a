// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.VerifyingKey;
import dev.tollgate.terms.testing.Requirement;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class TokenCheckTest {
    private static final Operation.Get READ = Tokens.get("con_1", "email", "phone");
    private static final Duration MINUTE = Duration.ofSeconds(60);

    private final FakeTokenLedger ledger = new FakeTokenLedger();

    private TokenCheck check(Instant at) {
        return new TokenCheck(
                Map.of(Tokens.KEY.keyId(), Tokens.KEY.verifyingKey()), ledger, Tokens.process(1, at), () -> at);
    }

    private static String minted(Operation operation) {
        return Tokens.mint(Tokens.NOW)
                .mint(Tokens.principal("copilot", "alice", "task-1"), Tokens.permit(operation), operation, 7, MINUTE)
                .jws();
    }

    @Requirement({"S3-5", "S3-6"})
    @Test
    void a_token_is_accepted_once_for_exactly_its_operation() {
        // Given
        String token = minted(READ);

        // When
        Step<DecisionToken> first = check(Tokens.NOW).accept(token, READ).then(TokenCheck.Accepted::awaitConsumed);
        Step<DecisionToken> second = check(Tokens.NOW).accept(token, READ).then(TokenCheck.Accepted::awaitConsumed);

        // Then
        assertThat(first).isInstanceOf(Step.Passed.class);
        assertThat(second).isEqualTo(refused("it was used before"));
    }

    @Requirement({"S3-5", "S3-6"})
    @Test
    void a_token_says_what_was_authorised_and_for_whom() {
        // Given
        String token = minted(Tokens.refund("120.50", "agent"));

        // When
        DecisionToken read = passed(check(Tokens.NOW).read(token));

        // Then
        assertThat(read.agent().value()).isEqualTo("copilot");
        assertThat(read.user().value()).isEqualTo("alice");
        assertThat(read.actors()).containsExactly("copilot", "orchestrator");
        assertThat(read.policy().value()).isEqualTo("sha256:policy");
        assertThat(read.logIndex()).isEqualTo(7);
        assertThat(read.grant().amount().orElseThrow()).isEqualByComparingTo("120.5");
        assertThat(read.grant().fields()).containsOnlyKeys("amount", "status");
        assertThat(read.grant().operation())
                .isEqualTo(Tokens.refund("120.50", "agent").digest());
        assertThat(Duration.between(read.issued(), read.expires())).isEqualTo(MINUTE);
    }

    @Requirement("S3-6")
    @Test
    void another_operation_is_refused_by_what_differs() {
        // Given
        String read = minted(READ);
        String refund = minted(Tokens.refund("100", "agent"));
        var check = check(Tokens.NOW);

        // When
        var refusals = List.of(
                check.accept(read, Tokens.get("con_2", "email", "phone")),
                check.accept(read, Tokens.get("con_1", "email", "phone", "iban")),
                check.accept(read, Tokens.refund("100", "agent")),
                check.accept(refund, Tokens.refund("100.01", "agent")),
                check.accept(refund, Tokens.refund("100", "webhook")));

        // Then
        assertThat(refusals)
                .containsExactly(
                        refused("it is for another record"),
                        refused("it is for another operation"),
                        refused("it is for another object"),
                        refused("it is for another amount"),
                        refused("it is for another destination"));
        assertThat(check.accept(read, READ).then(TokenCheck.Accepted::awaitConsumed))
                .as("a refused presentation uses nothing up")
                .isInstanceOf(Step.Passed.class);
    }

    @Requirement({"S3-5", "S3-6"})
    @Test
    void a_token_ends_after_a_minute() {
        // Given
        String token = minted(READ);

        // When
        var justBefore = check(Tokens.NOW.plusSeconds(59)).read(token);
        var after = check(Tokens.NOW.plusSeconds(60)).read(token);
        var before = check(Tokens.NOW.minusSeconds(6)).read(token);

        // Then
        assertThat(justBefore).isInstanceOf(Step.Passed.class);
        assertThat(after).isEqualTo(refused("it has expired"));
        assertThat(before).isEqualTo(refused("it is not valid yet"));
    }

    @Test
    void no_token_lives_longer_than_a_minute() {
        var principal = Tokens.principal("copilot", "alice", "task-1");
        assertThatThrownBy(() ->
                        Tokens.mint(Tokens.NOW).mint(principal, Tokens.permit(READ), READ, 7, MINUTE.plusSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Requirement("S3-6")
    @Test
    void a_forged_token_is_refused_whatever_its_form() {
        // Given
        String good = minted(READ);
        String[] parts = good.split("\\.", -1);
        var foreign = Tokens.key("token-1");
        Value.Fields claims = TokenClaims.write(passed(check(Tokens.NOW).read(good)), "https://gateway.example");
        String longLived = new Jws(TokenMint.TYPE).sign(Tokens.KEY, with(claims, "exp", Value.of(9_999_999_999L)));
        List<String> forged = List.of(
                "",
                "..",
                good + ".x",
                parts[0] + "." + parts[1] + ".",
                parts[0] + "." + parts[1] + "." + parts[2] + "=",
                header("{\"alg\":\"none\",\"kid\":\"token-1\",\"typ\":\"txntoken+jwt\"}") + "." + parts[1] + ".",
                header("{\"alg\":\"HS256\",\"kid\":\"token-1\",\"typ\":\"txntoken+jwt\"}") + "." + parts[1] + "."
                        + parts[2],
                new Jws("at+jwt").sign(Tokens.KEY, claims),
                new Jws(TokenMint.TYPE).sign(foreign, claims),
                new Jws(TokenMint.TYPE).sign(Tokens.key("token-2"), claims),
                longLived,
                new Jws(TokenMint.TYPE).sign(Tokens.KEY, with(claims, "exp", Value.of("soon"))),
                new Jws(TokenMint.TYPE)
                        .sign(Tokens.KEY, with(claims, "authorization_details", new Value.Items(List.of()))),
                new Jws(TokenMint.TYPE).sign(Tokens.KEY, with(claims, "aud", Value.of("tryton"))),
                "a".repeat(Jws.CHARS_MAX + 1) + ".b.c");

        // When
        var steps = forged.stream().map(token -> check(Tokens.NOW).read(token)).toList();

        // Then
        assertThat(steps).allMatch(step -> step.equals(refused("it is not a token of this gateway")));
    }

    @Test
    void a_duplicate_member_is_refused_even_when_signed() {
        // Given
        String payload = "{\"jti\":\"a\",\"jti\":\"b\"}";
        String head = header("{\"alg\":\"EdDSA\",\"kid\":\"token-1\",\"typ\":\"txntoken+jwt\"}");
        String input = head + "." + header(payload);
        String token = input + "."
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(Tokens.KEY.sign(input.getBytes(StandardCharsets.US_ASCII)));

        // When
        var opened = new Jws(TokenMint.TYPE).open(token, keys());

        // Then
        assertThat(opened).isEmpty();
    }

    @Requirement({"S3-5", "S3-6"})
    @Test
    void of_many_racing_uses_exactly_one_wins() throws Exception {
        // Given
        String token = minted(READ);
        TokenCheck check = check(Tokens.NOW);
        Callable<Step<DecisionToken>> use = () -> check.accept(token, READ).then(TokenCheck.Accepted::awaitConsumed);

        // When
        List<Step<DecisionToken>> outcomes = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Step<DecisionToken>> outcome : threads.invokeAll(java.util.Collections.nCopies(64, use))) {
                outcomes.add(outcome.get());
            }
        }

        // Then
        assertThat(outcomes).filteredOn(Step.Passed.class::isInstance).hasSize(1);
    }

    @Test
    void a_ledger_that_cannot_say_refuses() {
        // Given
        String token = minted(READ);
        ledger.goDown();

        // When
        var outcome = check(Tokens.NOW).accept(token, READ).then(TokenCheck.Accepted::awaitConsumed);

        // Then
        assertThat(outcome).isEqualTo(refused("its use could not be recorded"));
    }

    @Test
    void a_token_is_held_by_its_agent_person_and_task_only() {
        // Given
        DecisionToken token = passed(check(Tokens.NOW).read(minted(READ)));

        // When
        var held = List.of(
                token.heldBy(Tokens.principal("copilot", "alice", "task-1")),
                token.heldBy(Tokens.principal("other", "alice", "task-1")),
                token.heldBy(Tokens.principal("copilot", "bob", "task-1")),
                token.heldBy(Tokens.principal("copilot", "alice", "task-2")));

        // Then
        assertThat(held).containsExactly(true, false, false, false);
    }

    private static Map<String, VerifyingKey> keys() {
        return Map.of(Tokens.KEY.keyId(), Tokens.KEY.verifyingKey());
    }

    private static Value.Fields with(Value.Fields claims, String name, Value value) {
        var changed = new java.util.TreeMap<>(claims.values());
        changed.put(name, value);
        return new Value.Fields(changed);
    }

    private static String header(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static DecisionToken passed(Step<DecisionToken> step) {
        return switch (step) {
            case Step.Passed<DecisionToken> passed -> passed.state();
            case Step.Refused<DecisionToken> refused ->
                throw new AssertionError(refused.why().explain());
        };
    }

    private static <T> Step<T> refused(String why) {
        return Step.refuse(new Refusal.TokenRefused(why));
    }
}
