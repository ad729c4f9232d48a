// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.catalog.Metadata;
import dev.tollgate.connectors.Ask.Column;
import dev.tollgate.connectors.Ask.Kind;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Verb;
import dev.tollgate.terms.Write;
import dev.tollgate.terms.testing.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// In which order the guard does things, and what it lets a change set.
final class GuardedChangesTest extends GuardBeforeFakes {
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
        Write.Create ten = create(Map.of("amount", Value.of(10)));
        Write.Create eleven = create(Map.of("amount", Value.of(11)));
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
                decision -> {
                    leased.add("lease " + decision);
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
