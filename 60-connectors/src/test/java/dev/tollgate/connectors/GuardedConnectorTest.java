// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.connectors.UpstreamBroken.Why;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Verb;
import dev.tollgate.terms.testing.Requirement;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// What the guard does with a door that does not do as it should.
final class GuardedConnectorTest extends GuardBeforeFakes {
    @Test
    void an_answer_that_does_not_fit_the_question_is_garbage() {
        // Given
        Map<String, Value> wrongType = Map.of("x_name", Value.of(5), "x_amount", Value.of(5), "x_tenant", Value.NULL);
        Map<String, Value> missing = Map.of("x_name", Value.of("Ada"), "x_tenant", Value.of("acme"));
        Map<String, Value> endless = Map.of(
                "x_name", Value.of("Ada"),
                "x_amount", new Value.Num(new BigDecimal("1e999999")),
                "x_tenant", Value.of("acme"));
        List<FakeDoor> doors = List.of(
                answering(FakeRows.raw("1", wrongType)),
                answering(FakeRows.raw("1", missing)),
                answering(FakeRows.raw("1", endless)),
                answering(FakeRows.raw("2", GOOD)),
                answering(FakeRows.raw("", GOOD)),
                answering(FakeRows.raw("a\nb", GOOD)),
                answering(FakeRows.raw("1", GOOD), FakeRows.raw("1", GOOD)),
                new FakeDoor(_ -> {
                    throw new IllegalStateException("Ada's amount is 5");
                }));

        // When
        List<Step<Rows>> answers =
                doors.stream().map(door -> execute(door, get())).toList();

        // Then
        assertThat(answers).containsOnly(failed("garbage"));
    }

    @Test
    void more_rows_than_asked_are_garbage() {
        // Given
        Function<Ask, Found> three = _ -> Found.records(List.of(
                FakeRows.raw("1", GOOD), FakeRows.raw("2", GOOD), FakeRows.raw("3", GOOD), FakeRows.raw("4", GOOD)));

        // When
        Step<Rows> answer = execute(new FakeDoor(three), search(2));

        // Then
        assertThat(answer).isEqualTo(failed("garbage"));
    }

    @Test
    void a_row_may_not_come_twice() {
        // When
        Step<Rows> answer = execute(answering(FakeRows.raw("1", GOOD), FakeRows.raw("1", GOOD)), search(5));

        // Then
        assertThat(answer).isEqualTo(failed("garbage"));
    }

    @Test
    void long_values_are_too_large() {
        // Given
        var values = new java.util.TreeMap<>(GOOD);
        values.put("x_name", Value.of("x".repeat(5_000)));

        // When
        Step<Rows> answer = execute(answering(FakeRows.raw("1", values)), get());

        // Then
        assertThat(answer).isEqualTo(failed("too_large"));
    }

    @Test
    void each_failure_of_a_door_has_its_word() {
        for (Why why : Why.values()) {
            // Given
            Door door = new FakeDoor(_ -> {
                throw new UpstreamBroken(why);
            });

            // When
            Step<Rows> answer = execute(door, get());

            // Then
            assertThat(answer).isEqualTo(failed(why.word()));
        }
    }

    @Requirement("S0-18")
    @Test
    void a_field_that_the_contract_knows_and_nobody_asked_for_is_not_kept() {
        // Given
        var values = new java.util.TreeMap<>(GOOD);
        values.put("x_amount", Value.of(77));
        values.put("name", Value.of("passes for a contract field"));
        values.put("x_unheard", Value.of("new"));

        // When
        Step<Rows> answer = execute(answering(FakeRows.raw("1", values)), search(5));

        // Then
        Row row = ((Step.Passed<Rows>) answer).state().rows().getFirst();
        assertThat(row.fields())
                .containsOnlyKeys("name", "upstream:name", "x_unheard")
                .containsEntry("name", Value.of("Ada"));
        assertThat(row.facts()).containsOnlyKeys(Fact.TENANT);
    }

    @Test
    void text_that_no_database_keeps_finds_nothing_and_asks_nobody() {
        // Given
        FakeDoor door = answering();
        List<String> broken = List.of("a\u0000b", "half \uD83D pair", "\uDE80");

        // When
        List<Step<Rows>> answers = broken.stream()
                .map(text -> execute(
                        door,
                        new Operation.Search(
                                target(Verb.SEARCH),
                                List.of(new Operation.Condition("name", Comparison.CONTAINS, Value.of(text))),
                                List.of(),
                                5,
                                0,
                                List.of("name"),
                                List.of())))
                .toList();

        // Then
        assertThat(answers)
                .allSatisfy(answer ->
                        assertThat(((Step.Passed<Rows>) answer).state().rows()).isEmpty());
        assertThat(door.asked()).isEmpty();
    }
}
