// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance;

import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.SecretValue;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The databases that every test of a store runs on, each opened once for all tests of the process.
public enum Database {
    SQLITE,
    POSTGRES;

    private static final Map<Database, List<Store>> OPENED = new ConcurrentHashMap<>();

    /// The store.
    public Store store() {
        return nodes().getFirst();
    }

    /// Another node's: a pool of its own on PostgreSQL. SQLite has one node, so it is the same.
    public Store otherNode() {
        return nodes().getLast();
    }

    private List<Store> nodes() {
        return OPENED.computeIfAbsent(this, database -> {
            List<Store> stores = switch (database) {
                case SQLITE -> sqlite();
                case POSTGRES -> postgres();
            };
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stores.forEach(Store::close)));
            return stores;
        });
    }

    private static List<Store> sqlite() {
        try {
            return List.of(Stores.open(
                    StoreConfig.sqlite(Files.createTempDirectory("governance").resolve("store.db"))));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// With the syncs that the embedded build leaves out, and a role that the wall between tenants holds. The server
    /// stops with the process.
    private static List<Store> postgres() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .start();
            try (Connection connection = server.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create role tollgate login nosuperuser nobypassrls password 'tollgate'");
                statement.execute("create database tollgate owner tollgate");
            }
            StoreConfig config = StoreConfig.postgres(
                    "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/tollgate",
                    "tollgate",
                    SecretValue.of("tollgate"),
                    true);
            return List.of(Stores.open(config), Stores.open(config));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (SQLException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
