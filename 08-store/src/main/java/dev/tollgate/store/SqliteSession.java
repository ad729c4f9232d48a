// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.store;

import dev.tollgate.terms.TenantId;
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

    /// One file that one process opens: the statements' own clauses are the wall.
    @Override
    public void within(TenantId tenant) {}

    @Override
    public void across(Crossing why) {}

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
