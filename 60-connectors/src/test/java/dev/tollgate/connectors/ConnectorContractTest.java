// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Verb;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What every connector must do, whatever system is behind it. A door's own test extends this with a `World`.
@Timeout(120)
public abstract class ConnectorContractTest extends GuardContractTest {
    @Test
    void conditions_of_the_agent_decide_what_is_found() {
        // When
        Rows found = rows(execute(search(List.of(sample.finds()), List.of(), 50)));
        Rows both = rows(execute(search(List.of(sample.finds(), sample.misses()), List.of(), 50)));
        Rows missed = rows(execute(count(List.of(sample.misses()), List.of())));
        Rows all = rows(execute(count(List.of(), List.of())));

        // Then
        assertThat(found.rows()).extracting(Row::id).contains(new RecordId(sample.record()));
        assertThat(both.rows()).extracting(Row::id).doesNotContain(new RecordId(sample.record()));
        assertThat(missed.count().orElseThrow()).isLessThan(all.count().orElseThrow());
    }

    @Test
    void a_field_that_the_contract_does_not_know_is_kept_under_a_name_of_its_own() {
        // Given
        String known = sample.fields().getFirst();
        Door talkative = new Altered(
                world.door(),
                ask -> ask,
                found -> Found.records(found.records().stream()
                        .map(raw -> {
                            var values = new TreeMap<>(raw.values());
                            values.put("x_new_column", Value.of("news"));
                            values.put(known, values.getOrDefault(known, Value.of("clash")));
                            return new Found.Raw(raw.id(), values, raw.version());
                        })
                        .toList()));
        try (GuardedConnector guard = guarded(talkative)) {
            Operation.Get read = get(sample.record(), List.of());

            // When
            Row row = rows(guard.execute(authority.token(read), read)).rows().getFirst();

            // Then
            assertThat(row.fields()).containsEntry("x_new_column", Value.of("news"));
            assertThat(row.fields().keySet()).containsAll(sample.fields());
        }
    }

    @Test
    void a_page_tells_whether_another_follows() {
        // When
        long all = rows(execute(count(List.of(), List.of()))).count().orElseThrow();
        Rows first = rows(execute(search(List.of(), List.of(), 2)));
        Operation.Search next =
                new Operation.Search(target(Verb.SEARCH), List.of(), List.of(), 2, 2, sample.fields(), List.of());
        Rows second = rows(execute(next));
        Operation.Search beyond = new Operation.Search(
                target(Verb.SEARCH), List.of(), List.of(), 2, (int) all, sample.fields(), List.of());
        Rows last = rows(execute(beyond));

        // Then
        assertThat(all).isGreaterThan(4);
        assertThat(first.rows()).hasSize(2);
        assertThat(first.more()).isTrue();
        assertThat(second.rows())
                .extracting(Row::id)
                .doesNotContainAnyElementsOf(first.rows().stream().map(Row::id).toList());
        assertThat(last.rows()).isEmpty();
        assertThat(last.more()).isFalse();
    }

    @Test
    void rows_come_in_the_asked_order() {
        // Given
        String key = sample.finds().field();
        Operation.Search up = ordered(key, false);
        Operation.Search down = ordered(key, true);

        // When
        List<Row> rising = rows(execute(up)).rows();
        List<Row> falling = rows(execute(down)).rows();

        // Then
        assertThat(rising).isNotEmpty();
        assertThat(rising.getFirst().id()).isNotEqualTo(falling.getFirst().id());
    }

    @Test
    void an_absent_record_is_no_row() {
        // When
        Rows none = rows(execute(get(sample.absent(), List.of())));
        Rows weird = rows(execute(get("1' or '1'='1", List.of())));
        Rows wild = rows(execute(get("%", List.of())));

        // Then
        assertThat(none.rows()).isEmpty();
        assertThat(weird.rows()).isEmpty();
        assertThat(wild.rows()).isEmpty();
    }

    @Test
    void a_text_of_an_agent_is_only_ever_a_value() {
        // Given
        List<String> attacks = List.of("' or 1=1 --", "%", "_", "\\", "\"; drop table x", "]]", "name\",\"=\",\"x");
        List<Operation> operations = new ArrayList<>();
        for (String attack : attacks) {
            for (Comparison comparison : List.of(Comparison.EQUALS, Comparison.STARTS_WITH, Comparison.CONTAINS)) {
                var condition = new Operation.Condition(sample.finds().field(), comparison, Value.of(attack));
                operations.add(count(List.of(condition), List.of()));
            }
        }

        // When
        List<Long> counts = operations.stream()
                .map(operation -> rows(execute(operation)).count().orElseThrow())
                .toList();

        // Then
        assertThat(counts).containsOnly(0L);
    }

    @Test
    void nothing_compares_with_nothing() {
        // Given
        var withNull = new Operation.Condition(sample.finds().field(), Comparison.NOT_EQUALS, Value.NULL);
        var inNone = new Operation.Condition(sample.finds().field(), Comparison.IN, new Value.Items(List.of()));

        // When
        long unequal =
                rows(execute(count(List.of(withNull), List.of()))).count().orElseThrow();
        Rows none = rows(execute(search(List.of(inNone), List.of(), 5)));

        // Then
        assertThat(unequal).isZero();
        assertThat(none.rows()).isEmpty();
        assertThat(world.sent()).as("no record can meet it, so nobody is asked").isEmpty();
    }

    @Test
    void names_that_the_contract_lacks_are_refused_before_the_wire() {
        // Given
        List<Operation> unknown = List.of(
                get(sample.record(), List.of()).narrowed(List.of("no_such_field"), List.of()),
                new Operation.Get(
                        new Operation.Target(SYSTEM, "no_object", new ToolName("t"), Verb.READ, "agent"),
                        new RecordId("1"),
                        List.of(),
                        List.of()),
                search(List.of(new Operation.Condition("nope.iban", Comparison.EQUALS, Value.of("x"))), List.of(), 5),
                ordered("1; drop table x", false),
                search(List.of(), List.of(), DoorLimits.DEFAULT.rowsMax() + 1));

        // When
        List<Refusal> refusals =
                unknown.stream().map(operation -> refusal(execute(operation))).toList();

        // Then
        assertThat(refusals).allSatisfy(refusal -> assertThat(refusal).isInstanceOf(Refusal.Malformed.class));
        assertThat(world.sent()).isEmpty();
    }

    @Test
    void more_bytes_than_allowed_are_an_upstream_failure() {
        // Given
        DoorLimits tight = new DoorLimits(200, 1 << 10, Duration.ofSeconds(10));
        try (GuardedConnector guard = guarded(world.door(), tight)) {
            Operation.Search many = search(List.of(), List.of(), 150);

            // When
            Step<Rows> answer = guard.execute(authority.token(many), many);

            // Then
            assertThat(refusal(answer)).isEqualTo(new Refusal.UpstreamFailed(SYSTEM, "too_large"));
        }
    }

    @Test
    void the_system_is_reported_healthy() {
        // When
        Health health = connector.health();

        // Then
        assertThat(health).isEqualTo(Health.UP);
    }
}
