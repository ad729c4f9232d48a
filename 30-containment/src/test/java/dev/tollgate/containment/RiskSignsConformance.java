// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.containment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.store.Store;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.testing.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What was noticed of an agent weighs, on every database.
abstract class RiskSignsConformance {
    private Instant now = Instant.parse("2026-11-21T10:00:30Z");
    private final AgentId agent = new AgentId("agent-" + UUID.randomUUID());

    abstract Store database();

    private Risk node() {
        return new Risk(database(), () -> now);
    }

    private static List<String> things(int count) {
        return IntStream.range(0, count).mapToObj(at -> "thing-" + at).toList();
    }

    @Test
    @Requirement("S2-12")
    void what_was_noticed_weighs_before_the_next_call_and_says_why() {
        // Given
        Risk risk = node();
        assertThat(risk.assess(Rated.of(agent), RiskTerms.USUAL)).isEqualTo(RiskScore.NONE);

        // When
        risk.sight(agent, RiskSign.TEXTS_WITH_ORDERS, things(2));
        RiskScore score = risk.assess(Rated.of(agent), RiskTerms.USUAL);

        // Then
        assertThat(score.level()).isEqualTo(RiskScore.Level.MEDIUM);
        assertThat(score.signals())
                .containsExactly(
                        new RiskScore.Signal("texts-with-orders", 30, "2 texts that give orders were read in 10 min"));
    }

    @Test
    void a_thing_counts_once_and_after_ten_minutes_no_more() {
        // Given
        Risk risk = node();
        risk.sight(agent, RiskSign.SECRETS_IN_ANSWERS, things(1));
        now = now.plus(Duration.ofMinutes(9));

        // When
        risk.sight(agent, RiskSign.SECRETS_IN_ANSWERS, things(1));
        int once = risk.assess(Rated.of(agent), RiskTerms.USUAL).score();
        now = now.plus(Duration.ofMinutes(9));
        int still = risk.assess(Rated.of(agent), RiskTerms.USUAL).score();
        now = now.plus(Duration.ofMinutes(2));

        // Then
        assertThat(once).isEqualTo(5);
        assertThat(still).isEqualTo(5);
        assertThat(risk.assess(Rated.of(agent), RiskTerms.USUAL)).isEqualTo(RiskScore.NONE);
    }

    @Test
    void fewer_than_a_sign_begins_with_are_no_sign_and_more_weigh_no_more_than_its_most() {
        // Given
        Risk risk = node();
        risk.sight(agent, RiskSign.PROBING_ACROSS_CASES, things(4));
        RiskScore few = risk.assess(Rated.of(agent), RiskTerms.USUAL);

        // When
        risk.sight(agent, RiskSign.PROBING_ACROSS_CASES, things(500));
        RiskScore many = risk.assess(Rated.of(agent), RiskTerms.USUAL);

        // Then
        assertThat(few).isEqualTo(RiskScore.NONE);
        assertThat(many.score()).isEqualTo(60);
    }

    @Test
    void another_node_hears_of_it() throws InterruptedException {
        // Given
        Risk here = node();
        here.sight(agent, RiskSign.TEXTS_WITH_ORDERS, things(3));

        // When: signs travel on other threads
        RiskScore there = RiskScore.NONE;
        for (int tries = 0; tries < 500 && there.score() == 0; tries++) {
            Thread.sleep(10);
            there = node().assess(Rated.of(agent), RiskTerms.USUAL);
        }

        // Then
        assertThat(there.score()).isEqualTo(45);
    }
}
