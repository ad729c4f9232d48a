// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.terms.Operation;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RowRule;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Verb;
import dev.tollgate.terms.Write;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What every connector that changes records must do, whatever system is behind it.
@Timeout(120)
public abstract class ChangesContractTest {
    private static final int ROUNDS = 5;

    protected final Authority authority = new Authority();
    protected Changed sample;
    private GuardedConnector connector;

    /// The system under test behind a guard, and what is changed in it.
    protected abstract GuardedConnector connector(Authority authority);

    protected abstract Changed sample();

    @BeforeEach
    void open() {
        sample = sample();
        connector = connector(authority);
    }

    @AfterEach
    void close() {
        connector.close();
    }

    protected final Step<Rows> execute(Operation operation) {
        return connector.execute(authority.token(operation), operation);
    }

    protected final Rows rows(Operation operation) {
        Step<Rows> step = execute(operation);
        assertThat(step).isInstanceOf(Step.Passed.class);
        return ((Step.Passed<Rows>) step).state();
    }

    protected final Refusal refusal(Operation operation) {
        Step<Rows> step = execute(operation);
        assertThat(step).isInstanceOf(Step.Refused.class);
        return ((Step.Refused<Rows>) step).why();
    }

    protected final Operation.Target target(String object, Verb verb) {
        return new Operation.Target(sample.system(), object, new ToolName("sample_change"), verb, "agent");
    }

    /// The record as it is, read under the verb of the change that is about to be decided.
    protected final Row now(String object, RecordId record, List<String> fields) {
        List<Row> found = rows(new Operation.Get(target(object, Verb.WRITE), record, fields, List.of()))
                .rows();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private Row now() {
        return now(sample.object(), sample.record(), sample.fields());
    }

    private Write.Update update(Map<String, Value> values, Optional<String> version, RowRule... rules) {
        return new Write.Update(
                target(sample.object(), Verb.WRITE), sample.record(), values, version, sample.fields(), List.of(rules));
    }

    private static Map<String, Value> plain(Map<String, Value> values) {
        Map<String, Value> plain = new TreeMap<>();
        values.forEach((field, value) -> plain.put(
                field,
                value instanceof Value.Num(BigDecimal number) ? new Value.Num(number.stripTrailingZeros()) : value));
        return plain;
    }

    @Test
    void an_update_sets_what_was_decided_and_returns_the_record_in_its_new_state() {
        // Given
        Row before = now();

        // When
        Row one = rows(update(sample.one(), before.version(), sample.inside()))
                .rows()
                .getFirst();
        Row other = rows(update(sample.other(), one.version())).rows().getFirst();

        // Then
        assertThat(plain(one.fields())).isEqualTo(plain(sample.one()));
        assertThat(plain(other.fields())).isEqualTo(plain(sample.other()));
        assertThat(before.version()).isPresent();
        assertThat(List.of(before.version(), one.version(), other.version())).doesNotHaveDuplicates();
        assertThat(now()).isEqualTo(other);
    }

    @Test
    void previous_values_are_restored() {
        // Given
        Row before = now();
        Row changed = rows(update(sample.one(), before.version())).rows().getFirst();

        // When
        Row restored = rows(update(before.fields(), changed.version())).rows().getFirst();

        // Then
        assertThat(plain(restored.fields())).isEqualTo(plain(before.fields()));
        assertThat(restored.facts().keySet()).isEqualTo(before.facts().keySet());
    }

    @Test
    void a_reconciliation_is_an_update() {
        // Given
        Write.Update write = update(sample.other(), now().version());
        var reconcile = new Write.Update(
                target(sample.object(), Verb.RECONCILE),
                write.record(),
                write.values(),
                write.version(),
                write.fields(),
                List.of());

        // When
        Row row = rows(reconcile).rows().getFirst();

        // Then
        assertThat(plain(row.fields())).isEqualTo(plain(sample.other()));
    }

    @Test
    void a_record_in_another_state_is_stale_and_stays_as_it_is() {
        // Given
        Optional<String> old = now().version();
        Row current = rows(update(sample.one(), old)).rows().getFirst();

        // When
        Refusal stale = refusal(update(sample.other(), old));
        Refusal invented = refusal(update(sample.other(), Optional.of("no such state")));

        // Then
        assertThat(stale).isEqualTo(new Refusal.StaleRecord());
        assertThat(invented).isEqualTo(new Refusal.StaleRecord());
        assertThat(now()).isEqualTo(current);
    }

    @Test
    void a_record_that_breaks_a_row_rule_is_not_there_to_be_changed() {
        // Given
        Row before = now();
        var absent = new Write.Update(
                target(sample.object(), Verb.WRITE),
                sample.absent(),
                sample.one(),
                before.version(),
                sample.fields(),
                List.of());

        // When
        Refusal outside = refusal(update(sample.one(), before.version(), sample.outside()));
        Refusal gone = refusal(absent);
        Refusal notEnded = refusal(new Write.Delete(
                target(sample.object(), Verb.DELETE), sample.record(), before.version(), List.of(sample.outside())));

        // Then
        assertThat(outside).isEqualTo(new Refusal.NotFound());
        assertThat(gone).isEqualTo(new Refusal.NotFound());
        assertThat(notEnded).isIn(new Refusal.NotFound(), new Refusal.UpstreamFailed(sample.system(), "unsupported"));
        assertThat(now()).isEqualTo(before);
    }

    @Test
    void a_field_that_the_contract_lacks_and_the_id_are_not_set() {
        // Given
        Row before = now();

        // When
        Refusal unknown = refusal(update(Map.of("no_such_field", Value.of("x")), before.version()));
        Refusal id = refusal(update(Map.of("id", Value.of("77")), before.version()));

        // Then
        assertThat(List.of(unknown, id))
                .allSatisfy(refusal -> assertThat(refusal).isInstanceOf(Refusal.Malformed.class));
        assertThat(now()).isEqualTo(before);
    }

    @Test
    void of_two_updates_that_were_decided_on_one_state_exactly_one_wins() throws InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            // Given
            Optional<String> version = now().version();
            CountDownLatch start = new CountDownLatch(1);
            List<CompletableFuture<Step<Rows>>> racing = new ArrayList<>();
            for (Map<String, Value> values : List.of(sample.one(), sample.other())) {
                Write.Update update = update(values, version);
                String token = authority.token(update);
                CompletableFuture<Step<Rows>> racer = new CompletableFuture<>();
                Thread.ofVirtual().start(() -> {
                    try {
                        start.await();
                        racer.complete(connector.execute(token, update));
                    } catch (InterruptedException interrupted) {
                        racer.completeExceptionally(interrupted);
                    }
                });
                racing.add(racer);
            }

            // When
            start.countDown();
            List<Step<Rows>> ends = racing.stream().map(CompletableFuture::join).toList();

            // Then
            assertThat(ends).filteredOn(Step.Passed.class::isInstance).hasSize(1);
            assertThat(ends).contains(Step.refuse(new Refusal.StaleRecord()));
            int winner = ends.getFirst() instanceof Step.Passed ? 0 : 1;
            assertThat(plain(now().fields())).isEqualTo(plain(winner == 0 ? sample.one() : sample.other()));
        }
    }

    @Test
    void a_made_record_is_ended_once_and_only_in_the_state_that_was_decided_on() {
        // Given
        Row made = rows(new Write.Create(target(sample.makes(), Verb.CREATE), sample.made(), List.of("id"), List.of()))
                .rows()
                .getFirst();
        Operation.Target target = target(sample.makes(), Verb.DELETE);

        // When
        Refusal stale = refusal(new Write.Delete(target, made.id(), Optional.of("no such state"), List.of()));
        Row still = now(sample.makes(), made.id(), List.of("id"));
        Rows ended = rows(new Write.Delete(target, made.id(), made.version(), List.of()));
        Refusal again = refusal(new Write.Delete(target, made.id(), made.version(), List.of()));

        // Then
        assertThat(stale).isEqualTo(new Refusal.StaleRecord());
        assertThat(still.version()).isEqualTo(made.version()).isPresent();
        assertThat(ended.rows()).isEmpty();
        assertThat(again).isEqualTo(new Refusal.NotFound());
    }

    @Test
    void a_token_changes_a_record_once() {
        // Given
        Write.Update update = update(sample.one(), Optional.empty());
        String token = authority.token(update);

        // When
        Step<Rows> first = connector.execute(token, update);
        Row after = now();
        Step<Rows> second = connector.execute(token, update);

        // Then
        assertThat(first).isInstanceOf(Step.Passed.class);
        assertThat(second).isEqualTo(Step.refuse(new Refusal.TokenRefused("it was used before")));
        assertThat(now()).isEqualTo(after);
    }
}
