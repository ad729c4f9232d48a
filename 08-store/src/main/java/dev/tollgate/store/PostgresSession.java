// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jooq.SQLDialect;
import org.jspecify.annotations.Nullable;

/// A transaction on a pooled connection. The driver keeps the prepared statements, by their text, itself.
final class PostgresSession extends JdbcSession {
    /// Rows under way to the server at once.
    private static final int BATCH_MAX = 500;

    private final Connection connection;

    PostgresSession(Connection connection) {
        super(SQLDialect.POSTGRES);
        this.connection = connection;
    }

    @Override
    PreparedStatement statement(String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setMaxRows(Row.ROWS_MAX + 1);
        return statement;
    }

    @Override
    void done(PreparedStatement statement) throws SQLException {
        statement.close();
    }

    @Override
    void drop(String sql, PreparedStatement statement) {
        try {
            statement.close();
        } catch (SQLException _) {
            // The connection is lost, and with it the statement.
        }
    }

    @Override
    public int updateEach(String sql, List<? extends List<? extends @Nullable Object>> rows) {
        return using(sql, statement -> {
            int changed = 0;
            int waiting = 0;
            for (List<? extends @Nullable Object> row : rows) {
                bind(statement, row.toArray());
                statement.addBatch();
                if (++waiting == BATCH_MAX) {
                    changed += sent(statement);
                    waiting = 0;
                }
            }
            return waiting == 0 ? changed : changed + sent(statement);
        });
    }

    private static int sent(PreparedStatement statement) throws SQLException {
        int changed = 0;
        for (int count : statement.executeBatch()) {
            changed += count;
        }
        return changed;
    }

    /// An advisory lock of the transaction. Two names may share a lock by chance; they then wait for each other.
    @Override
    public void lock(String name) {
        query("select cast(pg_advisory_xact_lock(hashtextextended(?, 0)) as text) as locked", name);
    }

    @Override
    public Instant now() {
        return Micros.instant(query("select cast(extract(epoch from clock_timestamp()) * 1000000 as bigint) as micros")
                .getFirst()
                .number("micros"));
    }
}
