// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.secrets;

import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.SecretValue;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresArtifactsTest extends ArtifactsConformance {
    private static EmbeddedPostgres server;
    private static Store store;

    @BeforeAll
    static void open() throws IOException {
        server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
        store = Stores.open(StoreConfig.postgres(
                "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres",
                "postgres",
                SecretValue.of("postgres")));
    }

    @AfterAll
    static void close() throws IOException {
        store.close();
        server.close();
    }

    @Override
    Store database() {
        return store;
    }
}
