// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.containment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.terms.testing.Requirement;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class BudgetLimitsTest {
    private static BudgetLimits limits(Meter meter, long max) {
        return new BudgetLimits(Map.of(meter, max), Map.of(), Map.of(), Optional.empty());
    }

    @ParameterizedTest
    @EnumSource(Meter.class)
    @Requirement("S4-30")
    void a_limit_below_nothing_or_above_the_largest_is_no_limit(Meter meter) {
        assertThatThrownBy(() -> limits(meter, -1)).hasMessageContaining(meter.key());
        assertThatThrownBy(() -> limits(meter, meter.largest() + 1)).hasMessageContaining(meter.key());
        assertThat(limits(meter, meter.largest()).budget(meter)).isPresent();
    }

    @Test
    void an_agent_that_no_line_names_has_a_limit_of_every_kind() {
        for (Meter meter : Meter.values()) {
            assertThat(BudgetLimits.USUAL.budget(meter)).as(meter.key()).isPresent();
        }
        assertThat(BudgetLimits.USUAL.loops()).isPresent();
    }

    @Test
    void a_loop_limit_that_no_trail_reaches_is_none() {
        assertThatThrownBy(() -> new LoopLimits(1, 20, 5, 5)).hasMessageContaining("same_call");
        assertThatThrownBy(() -> new LoopLimits(10, 41, 5, 5)).hasMessageContaining("similar_calls");
        assertThatThrownBy(() -> new LoopLimits(10, 20, 11, 5)).hasMessageContaining("rounds");
        assertThatThrownBy(() -> new LoopLimits(10, 20, 5, -5)).hasMessageContaining("refused");
        assertThat(LoopLimits.MOST * 4).isLessThanOrEqualTo(LoopTrail.CALLS_MAX);
    }
}
