// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.tryton;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.catalog.Contract;
import dev.tollgate.connectors.Authority;
import dev.tollgate.connectors.Changed;
import dev.tollgate.connectors.ChangesContractTest;
import dev.tollgate.connectors.GuardedConnector;
import dev.tollgate.connectors.Row;
import dev.tollgate.secrets.Lease;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RowRule;
import dev.tollgate.terms.Step;
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

/// The contract kit of changes against a real Tryton, behind the contract that the Tryton bundle ships.
final class TrytonChangesTest extends ChangesContractTest {
    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

    private final Contract contract = TrytonContractTest.bundled();

    @Override
    protected GuardedConnector connector(Authority authority) {
        return new GuardedConnector(
                authority.check(),
                (name, _) -> Step.pass(new Lease(name, TrytonServer.password(), NOW.plusSeconds(600))),
                "tryton",
                new TrytonDoor(TrytonServer.config(), InstantSource.fixed(NOW)),
                contract);
    }

    @Override
    protected Changed sample() {
        return new Changed(
                contract.system(),
                "opportunity",
                new RecordId("301"),
                new RecordId("999999"),
                Map.of(
                        "description", Value.of("Ask for the \u00fc date; 'x' \"y\" \u202e"),
                        "amount", new Value.Num(new BigDecimal("1234.50")),
                        "start_date", new Value.Day(LocalDate.parse("2026-01-31")),
                        "conversion_probability", new Value.Num(new BigDecimal("0.25"))),
                Map.of(
                        "description", Value.of("plain"),
                        "amount", new Value.Num(new BigDecimal("77")),
                        "start_date", new Value.Day(LocalDate.parse("2026-02-28")),
                        "conversion_probability", new Value.Num(BigDecimal.ONE)),
                new RowRule(Fact.UPDATED, Comparison.AT_LEAST, new Value.Moment(Instant.parse("2026-11-01T00:00:00Z"))),
                new RowRule(Fact.CUSTOMER, Comparison.EQUALS, Value.of("999998")),
                "party",
                Map.of("name", Value.of("Twin")));
    }

    private Row party() {
        return rows(new Write.Create(
                        target("party", Verb.CREATE), Map.of("name", Value.of("Twin")), List.of("id"), List.of()))
                .rows()
                .getFirst();
    }

    @Test
    void a_duplicate_party_is_replaced_by_the_kept_one() {
        // Given
        Row kept = party();
        Row duplicate = party();
        Row opportunity = now("opportunity", new RecordId("302"), List.of("party_id"));
        Map<String, Value> to = Map.of(
                "party_id", Value.of(duplicate.id().value()), "address_id", Value.NULL, "contact_id", Value.NULL);
        rows(new Write.Update(
                target("opportunity", Verb.WRITE), opportunity.id(), to, opportunity.version(), List.of(), List.of()));
        var merge = new Write.Merge(
                target("party", Verb.RECONCILE),
                kept.id(),
                duplicate.id(),
                kept.version(),
                Optional.of("1.0"),
                List.of());

        // When
        Refusal stale = refusal(merge);
        Row merged = rows(merge.at(kept.version(), duplicate.version())).rows().getFirst();
        Refusal again = refusal(merge.at(kept.version(), duplicate.version()));

        // Then
        assertThat(stale).isEqualTo(new Refusal.StaleRecord());
        assertThat(merged.id()).isEqualTo(kept.id());
        assertThat(again).isEqualTo(new Refusal.NotFound());
        assertThat(now("opportunity", opportunity.id(), List.of("party_id")).fields())
                .containsEntry("party_id", Value.of(kept.id().value()));
    }

    @Test
    void what_tryton_cannot_do_is_unsupported_and_what_it_forbids_is_rejected() {
        // Given
        Operation.Target target = target("opportunity", Verb.WRITE);
        RecordId record = new RecordId("303");
        Map<String, Value> nested = Map.of("party_name", Value.of("x"));
        Map<String, Value> strange = Map.of("state", Value.of("no such state"));

        // When
        Refusal merged = refusal(new Write.Merge(
                target("opportunity", Verb.RECONCILE),
                record,
                new RecordId("304"),
                Optional.empty(),
                Optional.empty(),
                List.of()));
        Refusal dotted = refusal(new Write.Update(target, record, nested, Optional.empty(), List.of(), List.of()));
        Refusal unfit = refusal(new Write.Update(target, record, strange, Optional.empty(), List.of(), List.of()));

        // Then
        assertThat(List.of(merged, dotted)).containsOnly(new Refusal.UpstreamFailed(contract.system(), "unsupported"));
        assertThat(unfit).isEqualTo(new Refusal.UpstreamFailed(contract.system(), "rejected"));
    }
}
