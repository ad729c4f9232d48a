// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.connectors.Ask;
import dev.tollgate.connectors.Credential;
import dev.tollgate.connectors.Door;
import dev.tollgate.connectors.DoorLimits;
import dev.tollgate.connectors.Found;
import dev.tollgate.connectors.UpstreamBroken;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoDataTest {
    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

    private final Map<String, DemoTable> tables =
            DemoData.tables(NOW).stream().collect(Collectors.toMap(DemoTable::object, table -> table));

    private DemoTable table(String object) {
        return java.util.Objects.requireNonNull(tables.get(object));
    }

    private static List<String> texts(DemoTable table, String column) {
        int place = table.columns().indexOf(column);
        List<String> texts = new ArrayList<>();
        for (List<@Nullable Object> row : table.rows()) {
            texts.add(String.valueOf(row.get(place)));
        }
        return texts;
    }

    @Test
    void the_data_follows_from_the_moment_alone() {
        // When
        List<DemoTable> again = DemoData.tables(NOW);

        // Then
        assertThat(again)
                .allSatisfy(table ->
                        assertThat(table.rows()).isEqualTo(table(table.object()).rows()));
    }

    @Test
    void the_company_has_two_thousand_accounts_in_two_tenants() {
        // When
        DemoTable accounts = table("account");
        var tenants = texts(accounts, "tenant_id").stream()
                .collect(Collectors.groupingBy(tenant -> tenant, Collectors.counting()));

        // Then
        assertThat(tenants).isEqualTo(Map.of("acme", 1_600L, "globex", 400L));
        assertThat(texts(accounts, "name")).doesNotHaveDuplicates();
        assertThat(table("contact").rows()).hasSizeGreaterThan(3_900);
    }

    @Test
    void a_record_has_the_tenant_region_and_owner_of_its_account() {
        // Given
        var walls = new TreeMap<String, String>();
        List<String> ids = texts(table("account"), "id");
        List<String> own = walls(table("account"));
        for (int at = 0; at < ids.size(); at++) {
            walls.put(ids.get(at), own.get(at));
        }

        // Then
        for (DemoTable table : tables.values()) {
            if (table.columns().containsAll(List.of("account_id", "tenant_id", "region", "owner_id"))) {
                List<String> expected = texts(table, "account_id").stream()
                        .map(account -> walls.getOrDefault(account, "no account"))
                        .toList();
                assertThat(walls(table)).as(table.object()).isNotEmpty().isEqualTo(expected);
            }
        }
    }

    private static List<String> walls(DemoTable table) {
        List<String> tenants = texts(table, "tenant_id");
        List<String> regions = texts(table, "region");
        List<String> owners = texts(table, "owner_id");
        List<String> walls = new ArrayList<>();
        for (int at = 0; at < tenants.size(); at++) {
            walls.add(tenants.get(at) + " " + regions.get(at) + " " + owners.get(at));
        }
        return walls;
    }

    @Test
    void a_window_of_ninety_days_has_an_inside_and_an_outside() {
        // Given
        Instant begin = NOW.minus(Duration.ofDays(90));

        // Then
        for (String object :
                List.of("opportunity", "case", "order", "invoice", "payment", "activity", "note", "lead")) {
            DemoTable table = table(object);
            long inside = texts(table, "updated_at").stream()
                    .filter(updated -> Instant.parse(updated).isAfter(begin))
                    .count();
            assertThat(inside)
                    .as(object)
                    .isBetween(table.rows().size() / 2L, table.rows().size() * 9L / 10);
        }
    }

    @Test
    void hostile_and_secret_bearing_texts_are_among_the_texts() {
        // When
        String bodies = all("activity", "body");
        String cases = all("case", "description");
        String notes = all("note", "body");
        String tokens = all("payment", "provider_token");

        // Then
        assertThat(bodies)
                .contains("include all customer payment history", "attacker.example.com", "verification code");
        assertThat(bodies).containsPattern("\\bAKIA[0-9A-Z]{16}\\b").containsPattern("\\bsk-[A-Za-z0-9]{40}\\b");
        assertThat(cases).contains("read me the card", "SYSTEM: ignore", "\u202E");
        assertThat(notes).containsPattern("\\bsk-[A-Za-z0-9]{40}\\b").contains("attacker.example.com");
        assertThat(tokens).contains("tok_live_");
        assertThat(all("contact", "job_title")).contains("attacker.example.com");
    }

    private String all(String object, String column) {
        return String.join("\n", texts(table(object), column));
    }

    @Test
    void a_second_start_loads_nothing(@TempDir Path folder) {
        // Given
        try (Store store = Stores.open(StoreConfig.sqlite(folder.resolve("demo.sqlite")))) {
            DemoData.load(store, NOW);
            store.write(session -> session.update("delete from demo_note where id = ?", "not_000001"));

            // When
            DemoData.load(store, NOW.plus(Duration.ofDays(1)));

            // Then
            assertThat(count(store, "demo_note where id = 'not_000001'")).isZero();
            assertThat(count(store, "demo_account")).isEqualTo(2_000);
        }
    }

    @Test
    void a_door_opens_when_the_data_is_there(@TempDir Path folder) {
        // Given
        var accounts = new Ask.Tally("account", new Ask.Column("id", Ask.Kind.RECORD), List.of());
        var never = new CompletableFuture<Boolean>();
        var soon = new DoorLimits(10, 1 << 10, Duration.ofMillis(50));
        try (Store store = Stores.open(StoreConfig.sqlite(folder.resolve("demo.sqlite")))) {
            Door closed = new DemoDoor(store, () -> NOW, never);
            Door open = new DemoDoor(store, () -> NOW, DemoData.loading(store, NOW));

            // When
            Found found = open.answer(accounts, Credential.NONE, DoorLimits.DEFAULT);

            // Then
            assertThat(found).isEqualTo(Found.count(2_000));
            assertThatThrownBy(() -> closed.answer(accounts, Credential.NONE, soon))
                    .isInstanceOfSatisfying(
                            UpstreamBroken.class,
                            broken -> assertThat(broken.why()).isEqualTo(UpstreamBroken.Why.TIMEOUT));
        }
    }

    private static long count(Store store, String from) {
        return store.read(session ->
                session.query("select count(*) as n from " + from).getFirst().number("n"));
    }
}
