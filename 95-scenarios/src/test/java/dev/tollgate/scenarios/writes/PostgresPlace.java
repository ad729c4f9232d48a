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
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// A PostgreSQL of a test's own, and a deployment on it.
///
/// @param server        runs until it is closed
/// @param configuration the deployment
record PostgresPlace(EmbeddedPostgres server, Configuration configuration) implements AutoCloseable {
    private static final String DESK = "desk";

    /// The same deployment on a PostgreSQL.
    static PostgresPlace of(Configuration embedded) throws IOException {
        EmbeddedPostgres server = EmbeddedPostgres.builder().start();
        return new PostgresPlace(server, Kept.on(server, embedded));
    }

    /// The same with a database `desk` beside it, somebody else's, connected as the system `desk`.
    static PostgresPlace withDesk(Configuration embedded) throws IOException {
        EmbeddedPostgres server = EmbeddedPostgres.builder().start();
        Configuration on = Kept.on(server, embedded);
        Path secrets = on.data().resolve("secrets");
        Files.copy(secrets.resolve("database"), secrets.resolve(DESK), StandardCopyOption.COPY_ATTRIBUTES);
        URI url = URI.create("postgresql://127.0.0.1:" + server.getPort() + "/" + DESK);
        PostgresPlace place = new PostgresPlace(
                server,
                new Configuration(
                        on.listen(),
                        on.data(),
                        on.bundle(),
                        on.store(),
                        on.secrets(),
                        List.of(new Configuration.ConnectedSystem(DESK, "sql", url, "postgres", DESK)),
                        on.demo(),
                        on.log(),
                        on.telemetry(),
                        on.fixtures()));
        place.execute("create database desk", "postgres");
        return place;
    }

    /// Runs a statement in `desk`, as its owner does, and gives the first column of what it finds.
    List<String> run(String statement, Object... values) {
        return execute(statement, DESK, values);
    }

    private List<String> execute(String statement, String database, Object... values) {
        try (Connection connection = server.getDatabase("postgres", database).getConnection();
                PreparedStatement prepared = connection.prepareStatement(statement)) {
            for (int at = 0; at < values.length; at++) {
                prepared.setObject(at + 1, values[at]);
            }
            List<String> found = new ArrayList<>();
            if (prepared.execute()) {
                try (ResultSet rows = prepared.getResultSet()) {
                    while (rows.next()) {
                        found.add(rows.getString(1));
                    }
                }
            }
            return found;
        } catch (SQLException broken) {
            throw new IllegalStateException(broken);
        }
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
