// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.catalog.Metadata;
import dev.tollgate.catalog.ValueType;
import dev.tollgate.connectors.Ask;
import dev.tollgate.connectors.Ask.Column;
import dev.tollgate.connectors.Ask.Kind;
import dev.tollgate.connectors.Credential;
import dev.tollgate.connectors.DoorLimits;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.SecretValue;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.Value;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The demo CRM is the same on both databases.
final class DemoOnPostgresTest {
    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
    private static final Column ID = new Column("id", Kind.RECORD);

    @Test
    void both_databases_hold_and_find_the_same(@TempDir Path folder) throws IOException {
        // Given
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().start();
                Store sqlite = Stores.open(StoreConfig.sqlite(folder.resolve("demo.sqlite")));
                Store postgres = Stores.open(StoreConfig.postgres(
                        server.getJdbcUrl("postgres", "postgres"), "postgres", SecretValue.of("postgres")))) {
            DemoData.load(sqlite, NOW);
            DemoData.load(postgres, NOW);
            DemoDoor one = new DemoDoor(sqlite, () -> NOW);
            DemoDoor other = new DemoDoor(postgres, () -> NOW);
            Metadata metadata = DemoMetadata.describe(new SystemId("demo"));

            // Then
            for (Metadata.Kind kind : metadata.objects()) {
                List<Column> columns = kind.fields().stream()
                        .map(field -> new Column(field.upstream(), kind(field.type())))
                        .toList();
                assertThat(found(one, kind.upstream(), columns, List.of()))
                        .as(kind.upstream())
                        .isNotEmpty()
                        .isEqualTo(found(other, kind.upstream(), columns, List.of()));
            }
            for (Ask.Filter filter : filters()) {
                List<Column> columns = List.of(filter.column());
                assertThat(found(one, "payment", columns, List.of(filter)))
                        .as(filter.comparison().word())
                        .isEqualTo(found(other, "payment", columns, List.of(filter)));
            }
        }
    }

    private static List<?> found(DemoDoor door, String object, List<Column> columns, List<Ask.Filter> filters) {
        var find = new Ask.Find(object, ID, columns, filters, List.of(), 500, 0, false);
        return door.answer(find, Credential.NONE, DoorLimits.DEFAULT).records();
    }

    private static List<Ask.Filter> filters() {
        Column amount = new Column("amount", Kind.NUMBER);
        Column status = new Column("status", Kind.TEXT);
        Column updated = new Column("updated_at", Kind.MOMENT);
        return List.of(
                new Ask.Filter(amount, Comparison.LESS, new Value.Num(new BigDecimal("4321.00005"))),
                new Ask.Filter(status, Comparison.CONTAINS, Value.of("ETT")),
                new Ask.Filter(status, Comparison.IN, Value.texts(List.of("failed", "refunded", "_"))),
                new Ask.Filter(status, Comparison.NOT_EQUALS, Value.of("settled")),
                new Ask.Filter(updated, Comparison.AT_LEAST, new Value.Moment(NOW.minusSeconds(7_000_000))));
    }

    private static Kind kind(ValueType type) {
        return switch (type) {
            case TEXT -> Kind.TEXT;
            case INTEGER -> Kind.WHOLE;
            case DECIMAL -> Kind.NUMBER;
            case BOOLEAN -> Kind.TRUTH;
            case DATE -> Kind.DAY;
            case MOMENT -> Kind.MOMENT;
            case REFERENCE -> Kind.RECORD;
            case LIST -> Kind.LIST;
        };
    }
}
