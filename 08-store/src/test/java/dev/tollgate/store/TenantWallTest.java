// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tollgate.store.StoreFailure.Kind;
import dev.tollgate.terms.TenantId;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TenantWallTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final TenantId GLOBEX = new TenantId("globex");
    private static final String FORGETFUL = "select name from change_key order by name";

    private Store store = StoreConformance.NONE;

    @BeforeAll
    void open() {
        store = Stores.open(TestPostgres.database("wall"));
        Stream.of(ACME, GLOBEX).forEach(tenant -> store.write(tenant, session -> add(session, tenant, tenant.value())));
    }

    @AfterAll
    void close() {
        store.close();
    }

    private static int add(Store.Session session, TenantId tenant, String name) {
        return session.update(
                "insert into change_key (tenant, agent, name, digest, change_id, claimed_at) values (?, 'a', ?, 'd',"
                        + " 'c', 0)",
                tenant.value(),
                name);
    }

    private static List<String> names(Store.Session session) {
        return session.query(FORGETFUL).stream().map(row -> row.text("name")).toList();
    }

    @Test
    void a_query_that_forgets_its_tenant_sees_no_row_of_another() {
        assertThat(store.read(ACME, TenantWallTest::names)).containsExactly("acme");
        assertThat(store.read(GLOBEX, TenantWallTest::names)).containsExactly("globex");
        assertThat(store.read(new TenantId("initech"), TenantWallTest::names)).isEmpty();
    }

    @Test
    void a_query_that_names_another_tenant_sees_nothing() {
        List<Store.Record> found =
                store.read(ACME, session -> session.query("select name from change_key where tenant = 'globex'"));
        assertThat(found).isEmpty();
    }

    @Test
    void without_a_tenant_there_are_no_rows_also_after_a_transaction_that_had_one() {
        for (int at = 0; at < 40; at++) {
            store.read(ACME, TenantWallTest::names);
            assertThat(store.read(TenantWallTest::names)).isEmpty();
            assertThat(store.<List<String>>write(TenantWallTest::names)).isEmpty();
        }
    }

    @Test
    void nothing_is_changed_ended_or_made_for_another_tenant() {
        int changed = store.write(ACME, session -> session.update("update change_key set digest = 'x'"));
        int ended = store.write(GLOBEX, session -> session.update("delete from change_key where name = 'acme'"));
        StoreFailure made = catchThrowableOfType(
                StoreFailure.class, () -> store.write(ACME, session -> add(session, GLOBEX, "planted")));
        StoreFailure moved = catchThrowableOfType(
                StoreFailure.class,
                () -> store.write(ACME, session -> session.update("update change_key set tenant = 'globex'")));
        assertThat(changed).isOne();
        assertThat(ended).isZero();
        assertThat(made.kind()).isEqualTo(Kind.BROKEN);
        assertThat(moved.kind()).isEqualTo(Kind.BROKEN);
        assertThat(store.read(Crossing.RETENTION, TenantWallTest::names)).containsExactly("acme", "globex");
    }

    @ParameterizedTest
    @EnumSource(Crossing.class)
    void work_that_says_why_sees_every_tenant(Crossing why) {
        assertThat(store.read(why, TenantWallTest::names)).containsExactly("acme", "globex");
    }

    @Test
    void one_transaction_may_turn_from_tenant_to_tenant() {
        List<List<String>> seen = store.read(session -> {
            session.within(ACME);
            List<String> first = names(session);
            session.across(Crossing.HALT);
            List<String> all = names(session);
            session.within(GLOBEX);
            session.now();
            return List.of(first, all, names(session));
        });
        assertThat(seen).containsExactly(List.of("acme"), List.of("acme", "globex"), List.of("globex"));
    }

    @Test
    void what_belongs_to_a_row_is_behind_the_wall_of_the_row() {
        store.write(ACME, session -> {
            session.update("insert into rollback_run (id, tenant, which, apply, asked_by, why, asked_at, state)"
                    + " values ('run', 'acme', '', 0, 'a', 'w', 0, 'done')");
            return session.updateEach(
                    "insert into rollback_fate (run, position, change_id, fate) values (?, ?, 'c', 'reverted')",
                    List.of(List.of("run", 1L), List.of("run", 2L)));
        });
        Function<Store.Session, List<Store.Record>> lines = session -> session.query("select 1 from rollback_fate");
        int ended = store.write(GLOBEX, session -> session.update("delete from rollback_fate"));
        assertThat(ended).isZero();
        assertThat(store.read(GLOBEX, lines)).isEmpty();
        assertThat(store.read(ACME, lines)).hasSize(2);
    }

    @Test
    void every_table_with_a_tenant_is_behind_the_wall_and_its_owner_too() {
        List<Store.Record> open = store.read(session -> session.query(
                "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid where a.attname in"
                        + " ('tenant', 'tenant_id') and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace"
                        + " and not (c.relrowsecurity and c.relforcerowsecurity)"));
        List<Store.Record> walled =
                store.read(session -> session.query("select tablename from pg_policies order by tablename"));
        assertThat(open).isEmpty();
        assertThat(walled)
                .extracting(row -> row.text("tablename"))
                .contains("approval", "approval_vote", "exception_evidence", "journal_change", "demo_contact");
    }

    @Test
    void a_role_that_goes_through_the_wall_is_refused_where_it_must_stand_and_let_in_elsewhere() {
        StoreFailure refused = catchThrowableOfType(
                StoreFailure.class,
                () -> Stores.open(TestPostgres.asSuperuser("wall", true)).close());
        assertThat(refused).hasMessageContaining("superuser");
        try (Store warned = Stores.open(TestPostgres.asSuperuser("wall", false))) {
            assertThat(warned.read(TenantWallTest::names)).hasSize(2);
        }
    }

    @Test
    void a_table_whose_wall_was_taken_down_is_refused() {
        // Given
        StoreConfig config = TestPostgres.database("wall_down");
        try (Store opened = Stores.open(config)) {
            opened.write(session -> session.update("alter table approval no force row level security"));
        }
        StoreConfig.Postgres role = (StoreConfig.Postgres) config;

        // When
        StoreFailure refused = catchThrowableOfType(
                StoreFailure.class,
                () -> Stores.open(StoreConfig.postgres(role.url(), role.user(), role.password(), true))
                        .close());

        // Then
        assertThat(refused).hasMessageContaining("row-level security: 1");
    }
}
