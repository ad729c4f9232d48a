// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.connectors.Ask;
import dev.tollgate.connectors.Ask.Column;
import dev.tollgate.connectors.Ask.Kind;
import dev.tollgate.connectors.ConditionModel;
import dev.tollgate.connectors.Credential;
import dev.tollgate.connectors.DoorLimits;
import dev.tollgate.connectors.Found;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.testing.Property;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The database and the guard must mean the same by a condition: a rule that the database understood otherwise would
/// push the wrong rows, or count what the guard would drop.
final class DemoQueryProperties {
    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
    private static final Column ID = new Column("id", Kind.RECORD);
    private static final List<Column> COLUMNS = List.of(
            new Column("status", Kind.TEXT),
            new Column("carrier", Kind.TEXT),
            new Column("owner_id", Kind.RECORD),
            new Column("total", Kind.NUMBER),
            new Column("delivered_on", Kind.DAY),
            new Column("updated_at", Kind.MOMENT),
            new Column("delay_reason", Kind.TEXT));
    private static final List<Comparison> COMPARISONS = List.of(Comparison.values());
    private static final DoorLimits LIMITS = DoorLimits.DEFAULT;

    @TempDir
    private static Path folder;

    private static Store store;
    private static DemoDoor door;
    private static List<Found.Raw> all;

    @BeforeAll
    static void open() {
        store = Stores.open(StoreConfig.sqlite(folder.resolve("demo.sqlite")));
        DemoData.load(store, NOW);
        door = new DemoDoor(store, () -> NOW);
        all = find(List.of(), List.of(), 1_000, 0);
    }

    @AfterAll
    static void close() {
        store.close();
    }

    private static List<Found.Raw> find(List<Ask.Filter> filters, List<Ask.Sort> sorts, int limit, int offset) {
        var find = new Ask.Find("order", ID, COLUMNS, filters, sorts, limit, offset, false);
        return door.answer(find, Credential.NONE, LIMITS).records();
    }

    private static Ask.Filter filter(RandomGenerator random) {
        Column column = COLUMNS.get(random.nextInt(COLUMNS.size()));
        Comparison comparison = COMPARISONS.get(random.nextInt(COMPARISONS.size()));
        boolean part = comparison == Comparison.STARTS_WITH || comparison == Comparison.CONTAINS;
        if (part && column.kind() != Kind.TEXT) {
            comparison = Comparison.AT_LEAST;
        }
        if (comparison == Comparison.IN) {
            List<Value> items = new ArrayList<>();
            for (int at = random.nextInt(1, 6); at > 0; at--) {
                items.add(value(column, random));
            }
            return new Ask.Filter(column, comparison, new Value.Items(items));
        }
        return new Ask.Filter(column, comparison, value(column, random));
    }

    private static Value value(Column column, RandomGenerator random) {
        return switch (column.kind()) {
            case TEXT, RECORD -> text(random);
            case NUMBER, WHOLE -> {
                BigDecimal cents = BigDecimal.valueOf(random.nextLong(-100_000, 1_000_000), 2);
                BigDecimal odd = BigDecimal.valueOf(random.nextInt(0, 3), 5);
                yield new Value.Num(random.nextInt(20) == 0 ? new BigDecimal("1e40") : cents.add(odd));
            }
            case DAY -> new Value.Day(LocalDate.of(2026, 11, 21).minusDays(random.nextInt(-20, 800)));
            case MOMENT -> new Value.Moment(NOW.minusSeconds(random.nextLong(-100_000, 80_000_000)));
            case TRUTH, LIST -> Value.NULL;
        };
    }

    private static Value text(RandomGenerator random) {
        List<String> words = List.of(
                "shipped",
                "SHIP",
                "ed",
                "delivered",
                "%",
                "_",
                "\\",
                "d",
                "dhl",
                "",
                "usr_001",
                "usr_101",
                "hub",
                "The carrier's",
                "' or 1=1 --");
        String word = words.get(random.nextInt(words.size()));
        return Value.of(word);
    }

    @Test
    void a_condition_finds_in_the_database_what_it_means_in_memory() {
        Property.forAll(
                400,
                random -> random.nextInt(3) == 0 ? List.of(filter(random), filter(random)) : List.of(filter(random)),
                filters -> {
                    // Given
                    Set<String> meant = new TreeSet<>();
                    for (Found.Raw row : all) {
                        if (ConditionModel.holds(filters, row.values())) {
                            meant.add(row.id());
                        }
                    }

                    // When
                    List<Found.Raw> found = find(filters, List.of(), 1_000, 0);
                    var count = door.answer(new Ask.Tally("order", ID, filters), Credential.NONE, LIMITS);

                    // Then
                    assertThat(found.stream().map(Found.Raw::id)).containsExactlyElementsOf(meant);
                    assertThat(count.count().orElseThrow()).isEqualTo(meant.size());
                });
    }

    @Test
    void pages_cut_one_order_into_pieces() {
        Property.forAll(
                60,
                random -> new Object[] {
                    new Ask.Sort(COLUMNS.get(random.nextInt(COLUMNS.size())), random.nextBoolean()),
                    random.nextInt(1, 400)
                },
                drawn -> {
                    // Given
                    List<Ask.Sort> sorts = List.of((Ask.Sort) drawn[0]);
                    int page = (Integer) drawn[1];
                    List<String> whole = find(List.of(), sorts, 1_000, 0).stream()
                            .map(Found.Raw::id)
                            .toList();

                    // When
                    List<String> pieces = new ArrayList<>();
                    for (int offset = 0; offset < whole.size(); offset += page) {
                        find(List.of(), sorts, page, offset).forEach(row -> pieces.add(row.id()));
                    }

                    // Then
                    assertThat(pieces).isEqualTo(whole).doesNotHaveDuplicates();
                });
    }
}
