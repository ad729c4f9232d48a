// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import org.jooq.SQLDialect;

/// A change in its savepoint, or a snapshot, on a connection to the file.
final class SqliteSession extends JdbcSession {
    private final SqliteConnection connection;

    SqliteSession(SqliteConnection connection) {
        super(SQLDialect.SQLITE);
        this.connection = connection;
    }

    @Override
    PreparedStatement statement(String sql) throws SQLException {
        return connection.statement(sql);
    }

    @Override
    void done(PreparedStatement statement) throws SQLException {
        statement.clearParameters();
    }

    @Override
    void drop(String sql, PreparedStatement statement) {
        connection.forget(sql);
    }

    /// Changes run one after the other: whoever runs holds every lock.
    @Override
    public void lock(String name) {}

    @Override
    public Instant now() {
        return Micros.instant(query("select cast(unixepoch('subsec') * 1000000 as integer) as micros")
                .getFirst()
                .number("micros"));
    }
}
