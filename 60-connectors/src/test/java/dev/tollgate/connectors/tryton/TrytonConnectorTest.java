// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.tryton;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.connectors.Ask.Column;
import dev.tollgate.connectors.Ask.Kind;
import dev.tollgate.connectors.Credential;
import dev.tollgate.connectors.Door;
import dev.tollgate.connectors.RemoteConnectorContractTest;
import dev.tollgate.connectors.Row;
import dev.tollgate.connectors.Sample;
import dev.tollgate.connectors.Tap;
import dev.tollgate.connectors.World;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.Operation.Condition;
import dev.tollgate.terms.RowRule;
import dev.tollgate.terms.Value;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The contract kit against a real Tryton.
final class TrytonConnectorTest extends RemoteConnectorContractTest {
    /// The seed was made on that day, whenever the test runs.
    private static final Instant BEFORE_SEED = Instant.parse("2026-11-01T00:00:00Z");

    private static final Instant AFTER_SEED = Instant.parse("2027-11-01T00:00:00Z");

    private static final Map<String, Column> COLUMNS = Map.of(
            "id", new Column("id", Kind.RECORD),
            "number", new Column("number", Kind.TEXT),
            "amount", new Column("amount", Kind.NUMBER),
            "stage", new Column("state", Kind.TEXT),
            "party_name", new Column("party.rec_name", Kind.TEXT),
            "ibans", new Column("party.bank_accounts.numbers.number", Kind.LIST),
            "description", new Column("description", Kind.TEXT),
            "employee", new Column("employee", Kind.RECORD),
            "party", new Column("party", Kind.RECORD),
            "updated", new Column("write_date|create_date", Kind.MOMENT));

    private Tap tap = new Tap(TrytonServer.port());

    @Override
    protected Tap tap() {
        return tap;
    }

    @Override
    protected Door doorTo(int port) {
        return new TrytonDoor(TrytonServer.config(port), InstantSource.fixed(AFTER_SEED));
    }

    @Override
    protected World world() {
        return new TrytonWorld();
    }

    @Test
    void a_record_comes_with_the_stamp_of_its_state() {
        // When
        Row row = rows(execute(get("227", List.of()))).rows().getFirst();

        // Then
        assertThat(row.version().orElseThrow()).matches("[0-9]{10}\\.[0-9]{1,6}");
    }

    private final class TrytonWorld implements World {
        @Override
        public Door door() {
            return doorTo(tap.port());
        }

        @Override
        public Credential credential() {
            return new Credential(TrytonServer.password(), Instant.MAX);
        }

        @Override
        public String sent() {
            return tap.sent();
        }

        @Override
        public void close() {
            tap.close();
        }

        @Override
        public Sample sample() {
            return new Sample(
                    "opportunity",
                    "sale.opportunity",
                    "id",
                    COLUMNS,
                    Map.of(Fact.OWNER, "employee", Fact.CUSTOMER, "party", Fact.UPDATED, "updated"),
                    "227",
                    "999999",
                    List.of("number", "amount", "party_name"),
                    Map.of(
                            "number", List.of("number"),
                            "amount", List.of("amount"),
                            "party_name", List.of("party.rec_name"),
                            "stage", List.of("state"),
                            "ibans", List.of("party.bank_accounts.numbers.number"),
                            "description", List.of("description"),
                            "employee", List.of("employee"),
                            "party", List.of("party"),
                            "updated", List.of("write_date", "create_date")),
                    new Condition("number", Comparison.EQUALS, Value.of("227")),
                    new Condition("number", Comparison.STARTS_WITH, Value.of("9")),
                    List.of(
                            new RowRule(Fact.CUSTOMER, Comparison.EQUALS, Value.of("664")),
                            new RowRule(Fact.UPDATED, Comparison.AT_LEAST, new Value.Moment(BEFORE_SEED))),
                    List.of(
                            new RowRule(Fact.CUSTOMER, Comparison.EQUALS, Value.of("665")),
                            new RowRule(Fact.UPDATED, Comparison.AT_LEAST, new Value.Moment(AFTER_SEED))));
        }
    }
}
