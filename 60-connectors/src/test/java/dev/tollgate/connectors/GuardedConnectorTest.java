// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.catalog.Metadata;
import dev.tollgate.connectors.Ask.Column;
import dev.tollgate.connectors.Ask.Kind;
import dev.tollgate.connectors.UpstreamBroken.Why;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RowRule;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Verb;
import dev.tollgate.terms.testing.Requirement;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// What the guard does with a door that does not do as it should.
final class GuardedConnectorTest {
    private static final SystemId SYSTEM = new SystemId("fake");
    private static final Layout LAYOUT = Layout.of(
            "x_things",
            "id",
            Map.of(
                    "id", new Column("x_id", Kind.RECORD),
                    "name", new Column("x_name", Kind.TEXT),
                    "amount", new Column("x_amount", Kind.NUMBER),
                    "tenant", new Column("x_tenant", Kind.TEXT)),
            Map.of(Fact.TENANT, "tenant"),
            50);
    private static final Map<String, Value> GOOD =
            Map.of("x_name", Value.of("Ada"), "x_amount", Value.of(5), "x_tenant", Value.of("acme"));
    private static final RowRule ACME = new RowRule(Fact.TENANT, Comparison.EQUALS, Value.of("acme"));

    private final Authority authority = new Authority();

    private GuardedConnector guard(Door door) {
        return new GuardedConnector(
                SYSTEM,
                authority.check(),
                () -> Step.pass(Credential.NONE),
                door,
                Map.of("thing", LAYOUT),
                new DoorLimits(50, 4 << 10, Duration.ofSeconds(5)));
    }

    private Step<Rows> execute(Door door, Operation operation) {
        try (GuardedConnector guard = guard(door)) {
            return guard.execute(authority.token(operation), operation);
        }
    }

    private static Operation.Target target(Verb verb) {
        return new Operation.Target(SYSTEM, "thing", new ToolName("thing_tool"), verb, "agent");
    }

    private static Operation.Get get(RowRule... rules) {
        return new Operation.Get(target(Verb.READ), new RecordId("1"), List.of("name", "amount"), List.of(rules));
    }

    private static Operation.Search search(int limit) {
        return new Operation.Search(target(Verb.SEARCH), List.of(), List.of(), limit, 0, List.of("name"), List.of());
    }

    private static Operation.Create create(Map<String, Value> values, RowRule... rules) {
        return new Operation.Create(target(Verb.CREATE), values, List.of("name"), List.of(rules));
    }

    private static FakeDoor answering(Found.Raw... rows) {
        return new FakeDoor(_ -> Found.records(List.of(rows)));
    }

    private static Step<Rows> failed(String why) {
        return Step.refuse(new Refusal.UpstreamFailed(SYSTEM, why));
    }

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

    @Requirement({"S3-6", "S3-10"})
    @Test
    void a_change_waits_until_the_token_is_used_up() {
        // Given
        FakeDoor door = answering(FakeRows.raw("1", GOOD));
        authority.answer(CompletableFuture.completedFuture(false));

        // When
        Step<Rows> answer = execute(door, create(Map.of("name", Value.of("Ada"))));

        // Then
        assertThat(answer).isEqualTo(Step.refuse(new Refusal.TokenRefused("it was used before")));
        assertThat(door.asked()).isEmpty();
    }

    @Requirement("S3-6")
    @Test
    void a_token_for_one_amount_does_not_buy_another() {
        // Given
        List<Ask> asked = new ArrayList<>();
        Door door = new FakeDoor(ask -> {
            asked.add(ask);
            return Found.records(List.of(FakeRows.raw("1", GOOD)));
        });
        Operation.Create ten = create(Map.of("amount", Value.of(10)));
        Operation.Create eleven = create(Map.of("amount", Value.of(11)));
        String token = authority.token(ten);

        // When
        Step<Rows> more;
        Step<Rows> agreed;
        try (GuardedConnector guard = guard(door)) {
            more = guard.execute(token, eleven);
            agreed = guard.execute(token, ten);
        }

        // Then
        assertThat(more).isEqualTo(Step.refuse(new Refusal.TokenRefused("it is for another amount")));
        assertThat(agreed).isInstanceOf(Step.Passed.class);
        assertThat(asked).hasSize(1);
    }

    @Requirement("S1-14")
    @Test
    void a_new_record_is_born_inside_the_wall() {
        // Given
        FakeDoor door = answering(FakeRows.raw("1", GOOD));

        // When
        Step<Rows> without = execute(door, create(Map.of("name", Value.of("Ada")), ACME));
        Step<Rows> other = execute(door, create(Map.of("tenant", Value.of("globex")), ACME));
        Step<Rows> escaped = execute(
                answering(FakeRows.raw("1", Map.of("x_name", Value.of("Ada"), "x_tenant", Value.of("globex")))),
                create(Map.of("name", Value.of("Ada")), ACME));

        // Then
        assertThat(without).isInstanceOf(Step.Passed.class);
        assertThat(other).isInstanceOf(Step.Refused.class);
        assertThat(((Step.Passed<Rows>) escaped).state().rows()).isEmpty();
    }

    @Test
    void a_create_sets_what_the_rule_demands() {
        // Given
        List<Ask> asked = new ArrayList<>();
        Door door = new FakeDoor(ask -> {
            asked.add(ask);
            return Found.records(List.of(FakeRows.raw("1", GOOD)));
        });

        // When
        Step<Rows> made = execute(door, create(Map.of("name", Value.of("Ada")), ACME));

        // Then
        assertThat(made).isInstanceOf(Step.Passed.class);
        Ask.Add add = (Ask.Add) asked.getFirst();
        assertThat(add.settings())
                .containsExactlyInAnyOrder(
                        new Ask.Setting(new Column("x_name", Kind.TEXT), Value.of("Ada")),
                        new Ask.Setting(new Column("x_tenant", Kind.TEXT), Value.of("acme")));
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

    @Requirement({"S2-1", "S3-10"})
    @Test
    void an_operation_for_another_system_does_not_even_use_its_token_up() {
        // Given
        Operation.Get read = get();
        Operation.Target elsewhere =
                new Operation.Target(new SystemId("other"), "thing", new ToolName("t"), Verb.READ, "agent");
        Operation.Get other = new Operation.Get(elsewhere, read.record(), read.fields(), read.rules());
        FakeDoor door = answering(FakeRows.raw("1", GOOD));

        // When
        Step<Rows> answer = execute(door, other);

        // Then
        assertThat(answer).isEqualTo(Step.refuse(new Refusal.TokenRefused("it is for another system")));
        assertThat(authority.used()).isZero();
        assertThat(door.asked()).isEmpty();
    }

    @Requirement("S3-1")
    @Test
    void no_credential_is_leased_before_the_token_passed() {
        // Given
        List<String> leased = new ArrayList<>();
        Door door = new NeedyDoor();
        GuardedConnector guard = new GuardedConnector(
                SYSTEM,
                authority.check(),
                () -> {
                    leased.add("lease");
                    return Step.refuse(new Refusal.UpstreamFailed(new SystemId("secrets"), "rejected"));
                },
                door,
                Map.of("thing", LAYOUT),
                DoorLimits.DEFAULT);
        try (guard) {
            // When
            Step<Rows> forged = guard.execute("forged", get());
            int before = leased.size();
            Step<Rows> unleased = guard.execute(authority.token(get()), get());

            // Then
            assertThat(forged).isInstanceOf(Step.Refused.class);
            assertThat(before).isZero();
            assertThat(leased).hasSize(1);
            assertThat(unleased)
                    .isEqualTo(Step.refuse(new Refusal.UpstreamFailed(new SystemId("secrets"), "rejected")));
            assertThat(guard.health().up()).isFalse();
        }
    }

    private record NeedyDoor() implements Door {
        @Override
        public Found answer(Ask ask, Credential credential, DoorLimits limits) {
            throw new IllegalStateException("asked without a credential");
        }

        @Override
        public void knock(Credential credential, DoorLimits limits) {
            throw new IllegalStateException("knocked without a credential");
        }

        @Override
        public Metadata describe(SystemId system, Credential credential, DoorLimits limits) {
            throw new IllegalStateException("described without a credential");
        }

        @Override
        public boolean needsCredential() {
            return true;
        }

        @Override
        public void close() {}
    }
}
