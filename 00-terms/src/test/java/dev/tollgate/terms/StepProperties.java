// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.terms.testing.Property;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StepProperties {
    @Test
    void no_stage_runs_after_a_refusal() {
        Property.forAll(
                random -> new Refusal.OverBudget("reads", Duration.ofSeconds(random.nextInt(1, 3_600))), why -> {
                    Step<String> after = new Step.Refused<Integer>(why).then(_ -> new Step.Passed<>("ran"));
                    assertThat(after).isEqualTo(new Step.Refused<>(why));
                });
    }
}
