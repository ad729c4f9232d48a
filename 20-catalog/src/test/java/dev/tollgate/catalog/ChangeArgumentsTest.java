// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChangeArgumentsTest {
    @Test
    void a_field_that_people_answer_for_is_named_with_its_owner() {
        // Given
        Value.Fields values = new Value.Fields(Map.of("status", Value.of("paid")));

        // When
        Step<Operation> step = ArgumentsTest.read(
                "refund_request_create", new Value.Fields(Map.of("values", values)), Set.of("id", "status"));

        // Then
        assertThat(step).isInstanceOf(Step.Refused.class);
        assertThat(((Step.Refused<Operation>) step).why())
                .isInstanceOfSatisfying(
                        Refusal.HumanOnly.class,
                        human -> assertThat(human.field()).isEqualTo("refund_request.status"));
    }
}
