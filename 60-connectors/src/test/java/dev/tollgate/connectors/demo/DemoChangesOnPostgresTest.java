// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.demo;

import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.SecretValue;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// Changes of the demo CRM on PostgreSQL.
final class DemoChangesOnPostgresTest extends DemoChangesTest {
    private static EmbeddedPostgres server;
    private static Store store;

    @BeforeAll
    static void openStore() throws IOException {
        server = EmbeddedPostgres.builder().start();
        store = Stores.open(StoreConfig.postgres(
                server.getJdbcUrl("postgres", "postgres"), "postgres", SecretValue.of("postgres")));
        DemoData.load(store, NOW);
    }

    @AfterAll
    static void closeStore() throws IOException {
        store.close();
        server.close();
    }

    @Override
    protected Store store() {
        return store;
    }
}
