// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatesTest {
    private static final States REFUND = new States(
            List.of("refund"),
            Map.of("approved", List.of("approved")),
            Map.of("requested", List.of("approved", "refused"), "approved", List.of("paid")));

    @Test
    void a_state_was_reached_when_no_way_leads_around_it() {
        // When
        List<Boolean> reached = List.of(
                REFUND.reached("approved", "approved"),
                REFUND.reached("approved", "paid"),
                REFUND.reached("requested", "refused"),
                REFUND.reached("approved", "requested"),
                REFUND.reached("approved", "refused"),
                REFUND.reached("paid", "approved"),
                REFUND.reached("approved", "a state of another system"));

        // Then
        assertThat(reached).containsExactly(true, true, true, false, false, false, false);
    }

    @Test
    void a_state_is_certain_when_nothing_else_can_follow() {
        // When
        List<Boolean> certain = List.of(
                REFUND.certain("approved", "paid"),
                REFUND.certain("requested", "approved"),
                REFUND.certain("requested", "paid"),
                REFUND.certain("paid", "approved"));

        // Then
        assertThat(certain).containsExactly(true, false, false, false);
    }

    @Test
    void states_that_go_in_a_circle_end_the_search() {
        // Given
        States circle = new States(List.of("x"), Map.of(), Map.of("a", List.of("b"), "b", List.of("a")));

        // When
        List<Boolean> answers = List.of(circle.certain("a", "c"), circle.reached("a", "b"), circle.reached("b", "b"));

        // Then: with no first state nothing is certain but the state itself
        assertThat(answers).containsExactly(false, false, true);
    }
}
