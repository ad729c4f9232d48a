// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.store;

import dev.tollgate.terms.SecretValue;
import java.nio.file.Path;

/// Which database a store opens. Closed.
public sealed interface StoreConfig {
    /// The embedded default: one file, one node.
    ///
    /// @param file the database; it and its folder are made when missing, readable by this user only
    record Sqlite(Path file) implements StoreConfig {}

    /// A PostgreSQL server, for one node or many.
    ///
    /// @param url      `jdbc:postgresql://host:port/database`, without credentials
    /// @param user     who connects; owns the schema
    /// @param password of that user
    /// @param walled   whether a role that the wall between tenants does not hold is refused, not only warned of
    record Postgres(String url, String user, SecretValue password, boolean walled) implements StoreConfig {}

    /// The embedded default.
    static StoreConfig sqlite(Path file) {
        return new Sqlite(file);
    }

    /// A PostgreSQL server.
    static StoreConfig postgres(String url, String user, SecretValue password) {
        return postgres(url, user, password, false);
    }

    /// A PostgreSQL server whose wall between tenants must stand.
    static StoreConfig postgres(String url, String user, SecretValue password, boolean walled) {
        return new Postgres(url, user, password, walled);
    }
}
