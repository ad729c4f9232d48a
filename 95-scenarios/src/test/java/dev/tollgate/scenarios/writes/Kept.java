// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.writes;

import dev.tollgate.app.Configuration;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.SecretValue;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/// Where a gateway of a test keeps what it knows, and the demo CRM its records.
enum Kept {
    SQLITE,
    POSTGRES;

    /// A deployment that does not run yet, and its database.
    ///
    /// @param server nothing for SQLite
    record Place(Configuration configuration, StoreConfig database, Optional<EmbeddedPostgres> server)
            implements AutoCloseable {
        /// The store, beside the gateway.
        Store store() {
            return Stores.open(database);
        }

        @Override
        public void close() {
            server.ifPresent(running -> {
                try {
                    running.close();
                } catch (IOException broken) {
                    throw new UncheckedIOException(broken);
                }
            });
        }
    }

    Place open(Path data, BundleFolder bundle) throws IOException {
        Configuration embedded = GatewayUnderTest.withBundle(GatewayUnderTest.embedded(data), bundle);
        return switch (this) {
            case SQLITE -> new Place(embedded, StoreConfig.sqlite(data.resolve("tollgate.db")), Optional.empty());
            case POSTGRES -> {
                EmbeddedPostgres server = EmbeddedPostgres.builder().start();
                yield new Place(
                        on(server, embedded),
                        StoreConfig.postgres(url(server), "postgres", SecretValue.of("postgres")),
                        Optional.of(server));
            }
        };
    }

    /// The same on a PostgreSQL.
    static Configuration on(EmbeddedPostgres server, Configuration embedded) throws IOException {
        Path secrets = embedded.data().resolve("secrets");
        Files.createDirectories(
                secrets, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path secret = secrets.resolve("database");
        Files.writeString(secret, "postgres");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        return on(url(server), embedded);
    }

    /// The same on a PostgreSQL at `url`, whose password is in the secrets already.
    static Configuration on(String url, Configuration embedded) {
        return new Configuration(
                embedded.listen(),
                embedded.data(),
                embedded.bundle(),
                new Configuration.Database.Postgres(url, "postgres", "database"),
                embedded.secrets(),
                embedded.systems(),
                embedded.demo(),
                embedded.log(),
                embedded.telemetry(),
                embedded.fixtures());
    }

    static String url(EmbeddedPostgres server) {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres";
    }
}
