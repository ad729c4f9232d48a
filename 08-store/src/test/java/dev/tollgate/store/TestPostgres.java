// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.store;

import dev.tollgate.terms.SecretValue;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/// A real PostgreSQL server on loopback, one for all tests of the process, with the syncs that the embedded build
/// switches off by default switched on again.
final class TestPostgres {
    private static final String ROLE = "tollgate";
    private static final EmbeddedPostgres SERVER = withRole(start());

    private TestPostgres() {}

    static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("max_connections", "100")
                    .start();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static EmbeddedPostgres withRole(EmbeddedPostgres server) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create role " + ROLE + " login nosuperuser nobypassrls password '" + ROLE + "'");
            return server;
        } catch (SQLException broken) {
            throw new IllegalStateException(broken);
        }
    }

    static int port() {
        return SERVER.getPort();
    }

    /// A new, empty database of a role that row-level security holds, as operators are told to give one.
    static StoreConfig database(String name) {
        try (Connection connection = SERVER.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name + " owner " + ROLE);
        } catch (SQLException broken) {
            throw new IllegalStateException(broken);
        }
        return config(SERVER, name, ROLE);
    }

    /// A database of a server, for its superuser.
    static StoreConfig config(EmbeddedPostgres server, String name) {
        return config(server, name, "postgres");
    }

    private static StoreConfig config(EmbeddedPostgres server, String name, String role) {
        return StoreConfig.postgres(
                "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + name, role, SecretValue.of(role));
    }

    /// The same database for its server's superuser, whom no wall holds.
    static StoreConfig asSuperuser(String name, boolean walled) {
        return StoreConfig.postgres(
                "jdbc:postgresql://127.0.0.1:" + port() + "/" + name, "postgres", SecretValue.of("postgres"), walled);
    }
}
