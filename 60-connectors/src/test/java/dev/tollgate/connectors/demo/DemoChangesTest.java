// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.connectors.Authority;
import dev.tollgate.connectors.Changed;
import dev.tollgate.connectors.ChangesContractTest;
import dev.tollgate.connectors.GuardedConnector;
import dev.tollgate.connectors.Row;
import dev.tollgate.secrets.SecretStore;
import dev.tollgate.store.Store;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RowRule;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Verb;
import dev.tollgate.terms.Write;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The contract kit of changes against the demo CRM, behind the contract that the default bundle ships.
abstract class DemoChangesTest extends ChangesContractTest {
    protected static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final RowRule ACME = new RowRule(Fact.TENANT, Comparison.EQUALS, Value.of("acme"));
    private static final RowRule GLOBEX = new RowRule(Fact.TENANT, Comparison.EQUALS, Value.of("globex"));

    /// The store with the loaded tables.
    protected abstract Store store();

    @Override
    protected GuardedConnector connector(Authority authority) {
        DemoDoor door = new DemoDoor(store(), InstantSource.fixed(LATER));
        return new GuardedConnector(
                authority.check(), (_, _) -> SecretStore.rejected(), "none", door, BundledDemo.bundled());
    }

    @Override
    protected Changed sample() {
        return new Changed(
                BundledDemo.bundled().system(),
                "opportunity",
                new RecordId("opp_000001"),
                new RecordId("opp_999999"),
                Map.of(
                        "agent_suggested_next_step",
                        Value.of("Ask for the \u00fc date; 'x' \"y\" \u202e"),
                        "amount",
                        new Value.Num(new BigDecimal("1234.5600")),
                        "close_date",
                        new Value.Day(LocalDate.parse("2027-02-28")),
                        "probability",
                        Value.of(33)),
                Map.of(
                        "agent_suggested_next_step",
                        Value.NULL,
                        "amount",
                        new Value.Num(new BigDecimal("0.0001")),
                        "close_date",
                        new Value.Day(LocalDate.parse("2027-03-01")),
                        "probability",
                        Value.of(34)),
                new RowRule(Fact.OWNER, Comparison.EQUALS, owner()),
                new RowRule(Fact.OWNER, Comparison.EQUALS, Value.of("usr_nobody")),
                "activity",
                Map.of("account_id", Value.of("acc_000001"), "subject", Value.of("Call back")));
    }

    private Value owner() {
        return store()
                .read(session -> session.query("select owner_id from demo_opportunity where id = 'opp_000001'"))
                .stream()
                .map(row -> Value.of(row.text("owner_id")))
                .findFirst()
                .orElseThrow();
    }

    private long count(String sql) {
        return store().read(session -> session.query(sql)).getFirst().number("n");
    }

    private Write.Merge merge(String kept, String duplicate, RowRule... rules) {
        RecordId one = new RecordId(kept);
        RecordId two = new RecordId(duplicate);
        return new Write.Merge(
                target("account", Verb.RECONCILE),
                one,
                two,
                now("account", one, List.of()).version(),
                now("account", two, List.of()).version(),
                List.of(rules));
    }

    @Test
    void what_belonged_to_the_duplicate_belongs_to_the_kept_record() {
        // Given
        Write.Merge merge = merge("acc_000010", "acc_000020");
        String contacts = "select count(*) as n from demo_contact where account_id = ";
        long both = count(contacts + "'acc_000010'") + count(contacts + "'acc_000020'");

        // When
        Row kept = rows(merge).rows().getFirst();
        Refusal again = refusal(merge);

        // Then
        assertThat(kept.id()).isEqualTo(new RecordId("acc_000010"));
        assertThat(kept.version()).isNotEqualTo(merge.version()).isPresent();
        assertThat(count(contacts + "'acc_000010'")).isEqualTo(both).isPositive();
        for (String table : List.of("contact", "opportunity", "case", "order", "invoice", "payment", "activity")) {
            assertThat(count("select count(*) as n from demo_" + table + " where account_id = 'acc_000020'"))
                    .isZero();
        }
        assertThat(count("select count(*) as n from demo_account where id = 'acc_000020'"))
                .isZero();
        assertThat(again).isIn(new Refusal.NotFound(), new Refusal.StaleRecord());
    }

    @Test
    void a_merge_that_does_not_happen_leaves_nothing() {
        // Given
        Write.Merge sound = merge("acc_000030", "acc_000040");
        Write.Merge stale = sound.at(sound.version(), Optional.of("no such state"));
        Write.Merge staleKept = sound.at(Optional.of("no such state"), sound.duplicateVersion());
        String contacts = "select count(*) as n from demo_contact where account_id = 'acc_000040'";
        long before = count(contacts);

        // When
        List<Refusal> refusals = List.of(refusal(stale), refusal(staleKept));
        Refusal outside = refusal(
                sound.narrowed(List.of(), List.of(new RowRule(Fact.TENANT, Comparison.EQUALS, Value.of("nobody")))));

        // Then
        assertThat(refusals).containsOnly(new Refusal.StaleRecord());
        assertThat(outside).isEqualTo(new Refusal.NotFound());
        assertThat(count(contacts)).isEqualTo(before);
        assertThat(now("account", sound.record(), List.of()).version()).isEqualTo(sound.version());
        assertThat(now("account", sound.duplicate(), List.of()).version()).isEqualTo(sound.duplicateVersion());
    }

    @Test
    void accounts_of_two_tenants_are_not_merged() {
        // Given
        String other = store().read(session ->
                        session.query("select id from demo_account where tenant_id = 'globex' order by id limit 1"))
                .getFirst()
                .text("id");

        // When
        Refusal over = refusal(merge("acc_000001", other, ACME));
        Refusal reverse = refusal(merge(other, "acc_000001", GLOBEX));

        // Then
        assertThat(List.of(over, reverse)).containsOnly(new Refusal.NotFound());
    }

    @Test
    void a_change_tells_when_it_happened_and_does_not_leave_the_tenant() {
        // Given
        RecordId record = new RecordId("opp_000002");
        Operation.Target target = target("opportunity", Verb.WRITE);
        Row before = now("opportunity", record, List.of("tenant_id"));
        RowRule own = new RowRule(Fact.TENANT, Comparison.EQUALS, before.facts().getOrDefault(Fact.TENANT, Value.NULL));

        // When
        Refusal moved = refusal(new Write.Update(
                target, record, Map.of("tenant_id", Value.of("elsewhere")), before.version(), List.of(), List.of(own)));
        Row changed = rows(new Write.Update(
                        target, record, Map.of("probability", Value.of(1)), before.version(), List.of(), List.of(own)))
                .rows()
                .getFirst();

        // Then
        assertThat(moved).isInstanceOf(Refusal.Denied.class);
        assertThat(changed.facts()).containsEntry(Fact.UPDATED, new Value.Moment(LATER));
    }

    @Test
    void a_conversation_is_not_ended_as_a_task() {
        // When
        Refusal refusal = refusal(new Write.Delete(
                target("activity", Verb.DELETE), new RecordId("act_000001"), Optional.empty(), List.of()));

        // Then
        assertThat(refusal).isEqualTo(new Refusal.NotFound());
        assertThat(now("activity", new RecordId("act_000001"), List.of("subject")))
                .isNotNull();
    }
}
