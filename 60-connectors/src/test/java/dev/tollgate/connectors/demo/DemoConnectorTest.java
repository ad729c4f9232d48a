// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.connectors.Ask.Column;
import dev.tollgate.connectors.Ask.Kind;
import dev.tollgate.connectors.ConnectorContractTest;
import dev.tollgate.connectors.Credential;
import dev.tollgate.connectors.Door;
import dev.tollgate.connectors.Row;
import dev.tollgate.connectors.Sample;
import dev.tollgate.connectors.World;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.Operation.Condition;
import dev.tollgate.terms.RowRule;
import dev.tollgate.terms.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The contract kit against the demo CRM on SQLite.
final class DemoConnectorTest extends ConnectorContractTest {
    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

    private static final Map<String, Column> COLUMNS = Map.ofEntries(
            Map.entry("id", new Column("id", Kind.RECORD)),
            Map.entry("number", new Column("number", Kind.TEXT)),
            Map.entry("account_id", new Column("account_id", Kind.RECORD)),
            Map.entry("subject", new Column("subject", Kind.TEXT)),
            Map.entry("description", new Column("description", Kind.TEXT)),
            Map.entry("status", new Column("status", Kind.TEXT)),
            Map.entry("internal_investigation_notes", new Column("internal_investigation_notes", Kind.TEXT)),
            Map.entry("owner_id", new Column("owner_id", Kind.RECORD)),
            Map.entry("tenant_id", new Column("tenant_id", Kind.RECORD)),
            Map.entry("updated_at", new Column("updated_at", Kind.MOMENT)));

    @TempDir
    private static Path folder;

    private static Store store;

    @BeforeAll
    static void openStore() {
        store = Stores.open(StoreConfig.sqlite(folder.resolve("demo.sqlite")));
        DemoData.load(store, NOW);
    }

    @AfterAll
    static void closeStore() {
        store.close();
    }

    @Override
    protected World world() {
        return new DemoWorld();
    }

    @Test
    void a_part_of_a_text_is_found_regardless_of_case() {
        // Given
        var condition = new Condition("subject", Comparison.CONTAINS, Value.of("HAS NOT arrived"));

        // When
        List<Row> found =
                rows(execute(search(List.of(condition), List.of(), 200))).rows();

        // Then
        assertThat(found)
                .isNotEmpty()
                .allSatisfy(
                        row -> assertThat(row.fields()).containsEntry("subject", Value.of("Delivery has not arrived")));
    }

    private static final class DemoWorld implements World {
        private final HeardStore heard = new HeardStore(store);

        @Override
        public Door door() {
            return new DemoDoor(heard, InstantSource.fixed(NOW));
        }

        @Override
        public Credential credential() {
            return Credential.NONE;
        }

        @Override
        public String sent() {
            return heard.sent();
        }

        @Override
        public void close() {
            heard.sent();
        }

        @Override
        public Sample sample() {
            var names = new TreeMap<String, List<String>>();
            COLUMNS.forEach((field, column) -> names.put(field, List.of(column.upstream())));
            return new Sample(
                    "case",
                    "case",
                    "id",
                    COLUMNS,
                    Map.of(
                            Fact.OWNER, "owner_id",
                            Fact.TENANT, "tenant_id",
                            Fact.CUSTOMER, "account_id",
                            Fact.UPDATED, "updated_at"),
                    "cas_000001",
                    "cas_999999",
                    List.of("number", "subject", "status"),
                    names,
                    new Condition("number", Comparison.EQUALS, Value.of("C-40001")),
                    new Condition("number", Comparison.CONTAINS, Value.of("-4000002")),
                    List.of(
                            new RowRule(Fact.TENANT, Comparison.EQUALS, Value.of("acme")),
                            new RowRule(Fact.OWNER, Comparison.EQUALS, Value.of("usr_001")),
                            new RowRule(Fact.CUSTOMER, Comparison.EQUALS, Value.of("acc_000001")),
                            new RowRule(Fact.UPDATED, Comparison.AT_LEAST, ago(90))),
                    List.of(
                            new RowRule(Fact.TENANT, Comparison.EQUALS, Value.of("globex")),
                            new RowRule(Fact.OWNER, Comparison.EQUALS, Value.of("usr_002")),
                            new RowRule(Fact.CUSTOMER, Comparison.EQUALS, Value.of("acc_000002")),
                            new RowRule(Fact.UPDATED, Comparison.AT_LEAST, ago(0))));
        }

        private static Value ago(int days) {
            return new Value.Moment(NOW.minus(Duration.ofDays(days)));
        }
    }
}
