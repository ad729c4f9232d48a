// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.connectors.Ask;
import dev.tollgate.connectors.Ask.Column;
import dev.tollgate.connectors.Ask.Kind;
import dev.tollgate.connectors.Ask.Setting;
import dev.tollgate.connectors.Credential;
import dev.tollgate.connectors.DoorLimits;
import dev.tollgate.connectors.Found;
import dev.tollgate.connectors.UpstreamBroken;
import dev.tollgate.store.Crossing;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.SecretValue;
import dev.tollgate.terms.Value;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The demo CRM in a role that PostgreSQL keeps within one tenant at a time.
final class DemoWallTest {
    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
    private static final Column ID = new Column("id", Kind.RECORD);
    private static final Column TENANT = new Column("tenant_id", Kind.TEXT);

    private static EmbeddedPostgres server;
    private static Store store;
    private static DemoDoor door;

    @BeforeAll
    static void open() throws IOException, SQLException {
        server = EmbeddedPostgres.builder().start();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create role tollgate login nosuperuser nobypassrls password 'tollgate'");
            statement.execute("create database tollgate owner tollgate");
        }
        store = Stores.open(StoreConfig.postgres(
                server.getJdbcUrl("tollgate", "tollgate"), "tollgate", SecretValue.of("tollgate"), true));
        DemoData.load(store, NOW);
        door = new DemoDoor(store, () -> NOW);
    }

    @AfterAll
    static void close() throws IOException {
        store.close();
        server.close();
    }

    private static Ask.Filter of(String tenant) {
        return new Ask.Filter(TENANT, Comparison.EQUALS, Value.of(tenant));
    }

    private static List<Found.Raw> found(String object, Ask.Filter... filters) {
        Ask find = new Ask.Find(object, ID, List.of(TENANT), List.of(filters), List.of(), 500, 0, false);
        return door.answer(find, Credential.NONE, DoorLimits.DEFAULT).records();
    }

    private static Found refund(String tenant, Store.Record order) {
        Ask add = new Ask.Add(
                "refund_request",
                ID,
                List.of(
                        new Setting(TENANT, Value.of(tenant)),
                        new Setting(new Column("account_id", Kind.RECORD), Value.of(order.text("account_id"))),
                        new Setting(new Column("order_id", Kind.RECORD), Value.of(order.text("id"))),
                        new Setting(new Column("amount", Kind.NUMBER), new Value.Num(BigDecimal.TEN))),
                List.of(TENANT),
                false);
        return door.answer(add, Credential.NONE, DoorLimits.DEFAULT);
    }

    private static Store.Record order(String tenant) {
        return store.read(
                Crossing.DEMO,
                session -> session.query(
                                "select id, account_id from demo_order where tenant_id = ? order by id limit 1", tenant)
                        .getFirst());
    }

    @Test
    void an_ask_that_names_no_tenant_or_two_finds_nothing() {
        assertThat(found("account", of("acme"))).isNotEmpty();
        assertThat(found("account", of("globex"))).isNotEmpty();
        assertThat(found("account")).isEmpty();
        assertThat(found("account", of("acme"), of("globex"))).isEmpty();
    }

    @Test
    void what_is_made_gets_a_number_that_no_tenant_has_and_belongs_to_nobody_else() {
        String first = refund("acme", order("acme")).records().getFirst().id();
        String second = refund("globex", order("globex")).records().getFirst().id();
        assertThat(second).isNotEqualTo(first);
        assertThatThrownBy(() -> refund("globex", order("acme")))
                .isInstanceOfSatisfying(
                        UpstreamBroken.class,
                        broken -> assertThat(broken.why()).isEqualTo(UpstreamBroken.Why.REJECTED));
    }
}
