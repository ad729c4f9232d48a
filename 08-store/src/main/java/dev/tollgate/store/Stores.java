// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.store;

/// Opens stores.
public final class Stores {
    private Stores() {}

    /// Opens the database and brings its schema up to date.
    ///
    /// @throws StoreFailure when it cannot be reached, or its schema is not one this release knows how to migrate
    public static Store open(StoreConfig config) {
        return switch (config) {
            case StoreConfig.Sqlite sqlite -> SqliteStore.open(sqlite);
            case StoreConfig.Postgres postgres -> PostgresStore.open(postgres);
        };
    }
}
