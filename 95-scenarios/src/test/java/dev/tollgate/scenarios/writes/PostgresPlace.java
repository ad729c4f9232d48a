// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.writes;

import dev.tollgate.app.Configuration;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.SecretValue;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A PostgreSQL of a test's own, and a deployment on it.
///
/// @param server        runs until it is closed
/// @param configuration the deployment
record PostgresPlace(EmbeddedPostgres server, Configuration configuration) implements AutoCloseable {
    /// The same deployment on a PostgreSQL.
    static PostgresPlace of(Configuration embedded) throws IOException {
        EmbeddedPostgres server = EmbeddedPostgres.builder().start();
        return new PostgresPlace(server, Kept.on(server, embedded));
    }

    /// The gateway's store, beside it.
    Store store() {
        return Stores.open(StoreConfig.postgres(Kept.url(server), "postgres", SecretValue.of("postgres")));
    }

    /// What tells operators' commands of the store.
    List<String> options() {
        Path file = configuration.data().resolveSibling("tollgate.yaml");
        try {
            Files.writeString(
                    file,
                    "store: {kind: postgres, url: '" + Kept.url(server) + "', user: postgres, password: database}");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return List.of("--config", file.toString());
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
