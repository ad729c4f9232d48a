// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.policy.Evidence;
import dev.tollgate.policy.Outgoing;
import dev.tollgate.policy.Prior;
import dev.tollgate.policy.Situation;
import dev.tollgate.policy.TaskFacts;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.Value;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SituationFormProperties {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00.123Z");

    private static final Value EVERY = new Value.Fields(Map.of(
            "text",
            Value.of("a \"text\""),
            "number",
            new Value.Num(new BigDecimal("12.50")),
            "day",
            new Value.Day(LocalDate.parse("2026-11-21")),
            "moment",
            new Value.Moment(NOW),
            "list",
            new Value.Items(
                    List.of(Value.of(true), Value.NULL, new Value.Fields(Map.of("num", Value.of("no number")))))));

    @Test
    void a_situation_comes_back_as_it_was() {
        // Given
        Prior prior = new Prior(
                Map.of("amount", new Value.Num(new BigDecimal("100.10")), "every", EVERY),
                Map.of(Fact.OWNER, Value.of("usr_001"), Fact.UPDATED, new Value.Moment(NOW)),
                Optional.of("v7"));
        Situation situation = Situation.at(NOW)
                .with(new Evidence(
                        Optional.of(new Evidence.StepUp(NOW, "passkey")),
                        Optional.of(new Evidence.Approval(NOW, "carol", 2))))
                .withTier(Optional.of("gold"))
                .with(TaskFacts.NONE
                        .with(Set.of("intake", "identity-verified"))
                        .about(Map.of(Fact.PRODUCT, Value.of("router"))))
                .with(List.of(prior, prior))
                .with(new Outgoing(
                        new Outgoing.Recipients(true, false, true), new TreeMap<>(), Optional.of(new TreeMap<>())));

        // When
        Situation read = SituationForm.read(Situation.at(NOW), SituationForm.write(situation));

        // Then
        assertThat(read).isEqualTo(situation);
    }

    @Test
    void what_the_entry_says_already_is_not_kept_twice() {
        assertThat(SituationForm.write(Situation.at(NOW))).isEmpty();
    }

    @Test
    void every_value_keeps_its_type() {
        assertThat(Tagged.read(Tagged.write(EVERY))).isEqualTo(EVERY);
    }

    @Test
    void whatever_a_decision_is_taken_on_is_in_the_entry_or_kept() {
        // A new component has to be kept, or calls cannot be decided again.
        assertThat(Arrays.stream(Situation.class.getRecordComponents()).map(RecordComponent::getName))
                .containsExactly(
                        "now", "risk", "carried", "evidence", "customerTier", "priors", "outgoing", "task", "warrant");
    }
}
