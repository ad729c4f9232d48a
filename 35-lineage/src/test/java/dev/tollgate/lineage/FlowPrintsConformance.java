// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.catalog.DataClasses;
import dev.tollgate.store.Store;
import dev.tollgate.terms.DataClass;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.testing.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What every store must do for fingerprints of flows.
abstract class FlowPrintsConformance {
    private static final DataClass MEDICAL = new DataClass("medical");
    private static final DataClass DEAL = new DataClass("deal");
    private static final Optional<String> CUSTOMER = Optional.of("acc_1");

    private Instant now = Instant.parse("2026-11-21T10:00:00Z");
    private final String subject = "subject-" + UUID.randomUUID();

    abstract Store database();

    private FlowPrints node() {
        return new FlowPrints(database(), () -> now);
    }

    private FlowKey key(String session, String customer) {
        return new FlowKey(
                subject, session, customer.isEmpty() ? Optional.empty() : Optional.of(FlowKey.customer(customer)));
    }

    private static Prints withheld(Optional<String> customer, DataClass name, long... prints) {
        Prints all = new Prints();
        all.withheld(customer, name, prints);
        return all;
    }

    private HeldPrints held(FlowKey key) {
        return node().held(key, FlowDecay.USUAL, DataClasses.BASE) instanceof Step.Passed<HeldPrints>(HeldPrints held)
                ? held
                : new HeldPrints(java.util.Set.of(), java.util.Set.of(), true);
    }

    @Test
    @Requirement("S2-14")
    void another_node_and_a_later_session_know_what_was_withheld_of_a_customer() {
        // When
        node().keep(key("s1", ""), withheld(CUSTOMER, MEDICAL, 7L, 9L));

        // Then
        assertThat(held(key("s2", "acc_1")).withheld()).containsExactlyInAnyOrder(7L, 9L);
        assertThat(held(key("s2", "acc_2")).withheld()).isEmpty();
        assertThat(held(key("s2", "")).withheld()).containsExactlyInAnyOrder(7L, 9L);
        assertThat(held(new FlowKey("somebody else", "s1", Optional.empty())).withheld())
                .isEmpty();
    }

    @Test
    void what_was_also_shown_as_it_is_may_be_repeated() {
        // Given
        Prints prints = withheld(CUSTOMER, MEDICAL, 7L, 9L);
        prints.shown(CUSTOMER, new long[] {9L, 11L});

        // When
        node().keep(key("s1", "acc_1"), prints);

        // Then
        assertThat(held(key("s1", "acc_1")))
                .isEqualTo(new HeldPrints(java.util.Set.of(7L), java.util.Set.of(9L, 11L), false));
    }

    @Test
    void each_class_is_forgotten_when_its_time_is_over() {
        // Given
        node().keep(key("s1", "acc_1"), withheld(CUSTOMER, MEDICAL, 1L));
        node().keep(key("s1", "acc_1"), withheld(CUSTOMER, DEAL, 2L));

        // When
        now = now.plus(Duration.ofDays(2));

        // Then
        assertThat(FlowDecay.USUAL.of(DEAL, DataClasses.BASE)).isEqualTo(Duration.ofDays(1));
        assertThat(held(key("s1", "acc_1")).withheld()).containsExactly(1L);
        now = now.plus(Duration.ofDays(400));
        assertThat(held(key("s1", "acc_1")).withheld()).isEmpty();
        assertThat(node().forget(FlowDecay.USUAL)).isPositive();
    }

    @Test
    void more_than_has_a_place_is_said_and_not_left_out_silently() {
        // Given
        FlowPrints small = new FlowPrints(database(), () -> now, 4);

        // When
        small.keep(
                key("s1", ""),
                withheld(Optional.empty(), MEDICAL, LongStream.range(0, 9_000).toArray()));
        boolean afterMany = held(key("s1", "")).full();
        for (int answer = 0; answer < 6; answer++) {
            small.keep(key("s2", "acc_" + answer), withheld(Optional.empty(), MEDICAL, 100L + answer));
        }

        // Then
        assertThat(afterMany).isTrue();
        assertThat(held(key("s9", "acc_77")).full()).isTrue();
    }
}
