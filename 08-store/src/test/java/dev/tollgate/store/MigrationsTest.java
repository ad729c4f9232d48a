// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tollgate.store.StoreFailure.Kind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {
    @TempDir
    Path folder;

    private StoreConfig config() {
        return StoreConfig.sqlite(folder.resolve("store.db"));
    }

    private static long history(Store store) {
        return store.read(session -> session.query("select count(*) as n from flyway_schema_history")
                .getFirst()
                .number("n"));
    }

    @Test
    void a_database_that_is_up_to_date_is_opened_without_migrating() {
        long scripts;
        try (Store store = Stores.open(config())) {
            scripts = history(store);
            // Without its history Flyway would refuse a schema that is not empty: it must not even look.
            store.write(session -> session.update("drop table flyway_schema_history"));
        }
        try (Store store = Stores.open(config())) {
            int leases =
                    store.read(session -> session.query("select * from lease")).size();
            assertThat(leases).isZero();
        }
        assertThat(scripts).isPositive();
    }

    @Test
    void a_database_of_another_build_is_migrated_and_keeps_its_rows() {
        try (Store store = Stores.open(config())) {
            store.write(session -> session.update("insert into consumed_token values ('kept', 1)"));
            store.write(session -> session.update("update schema_mark set fingerprint = 'sha256:older'"));
        }
        try (Store store = Stores.open(config())) {
            List<Store.Record> kept = store.read(session -> session.query("select token_id from consumed_token"));
            String mark = store.read(session -> session.query("select fingerprint from schema_mark")
                    .getFirst()
                    .text("fingerprint"));
            assertThat(kept).hasSize(1);
            assertThat(mark).isEqualTo(Migrations.fingerprint());
        }
    }

    @Test
    void a_schema_that_was_changed_by_hand_or_by_a_newer_build_is_refused() {
        String newer =
                "insert into flyway_schema_history (installed_rank, version, description, type, script, checksum,"
                        + " installed_by, execution_time, success)"
                        + " values (999, '9999', 'newer', 'SQL', 'V9999__newer.sql', 1, 'x', 1, 1)";
        String changed = "update flyway_schema_history set checksum = 4711 where version = '0001'";
        for (String spoil : List.of(newer, changed)) {
            Path file = folder.resolve("spoilt-" + spoil.length() + ".db");
            try (Store store = Stores.open(StoreConfig.sqlite(file))) {
                store.write(session -> session.update(spoil));
                store.write(session -> session.update("update schema_mark set fingerprint = 'sha256:other'"));
            }
            StoreFailure failure = catchThrowableOfType(
                    StoreFailure.class,
                    () -> Stores.open(StoreConfig.sqlite(file)).close());
            assertThat(failure.kind()).isEqualTo(Kind.BROKEN);
        }
    }
}
