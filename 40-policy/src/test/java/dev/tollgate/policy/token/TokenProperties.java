// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.terms.Step;
import dev.tollgate.terms.testing.Property;
import java.time.Duration;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class TokenProperties {
    private record Changed(int at, char to) {}

    private static final String GOOD = Tokens.mint(Tokens.NOW)
            .mint(
                    Tokens.principal("copilot", "alice", "task-1"),
                    Tokens.permit(Tokens.get("con_1", "email")),
                    Tokens.get("con_1", "email"),
                    7,
                    Duration.ofSeconds(60))
            .jws();

    @Test
    void no_changed_character_leaves_a_valid_token() {
        var check = new TokenCheck(
                Map.of(Tokens.KEY.keyId(), Tokens.KEY.verifyingKey()),
                new FakeTokenLedger(),
                Tokens.process(1, Tokens.NOW),
                () -> Tokens.NOW);
        Property.forAll(TokenProperties::change, change -> {
            StringBuilder token = new StringBuilder(GOOD);
            token.setCharAt(change.at(), change.to());
            boolean same = token.toString().equals(GOOD);
            assertThat(check.read(token.toString()) instanceof Step.Passed<DecisionToken>)
                    .isEqualTo(same);
        });
    }

    private static Changed change(RandomGenerator random) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=é\u0000";
        return new Changed(random.nextInt(GOOD.length()), alphabet.charAt(random.nextInt(alphabet.length())));
    }
}
