// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.store;

import dev.tollgate.terms.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.jooq.SQLDialect;
import org.jspecify.annotations.Nullable;

/// A transaction on a pooled connection. The driver keeps the prepared statements, by their text, itself.
final class PostgresSession extends JdbcSession {
    private static final List<String> NOBODY = List.of("", "");

    /// Rows under way to the server at once.
    private static final int BATCH_MAX = 500;

    /// Sets both sides of the wall for this transaction alone.
    static final String TURN = "select set_config('tollgate.tenant', ?, true), set_config('tollgate.across', ?, true)";

    private final Connection connection;

    /// Whose rows the next statement is to see, and whose the last one saw: a tenant and a crossing, of which one is
    /// empty.
    private List<String> wanted = NOBODY;

    private List<String> set = NOBODY;

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
    public void within(TenantId tenant) {
        wanted = List.of(tenant.value(), "");
    }

    @Override
    public void across(Crossing why) {
        wanted = List.of("", why.word());
    }

    @Override
    public List<Store.Record> query(String sql, @Nullable Object... args) {
        return wanted.equals(set)
                ? super.query(sql, args)
                : turned(sql, args, statement -> {
                    try (ResultSet result = statement.getResultSet()) {
                        return Row.all(result);
                    }
                });
    }

    @Override
    public int update(String sql, @Nullable Object... args) {
        return wanted.equals(set) ? super.update(sql, args) : turned(sql, args, Statement::getUpdateCount);
    }

    /// Sends the wall and the first statement behind it in one round trip.
    private <T> T turned(String sql, @Nullable Object[] args, Use<T> read) {
        @Nullable Object[] all = new @Nullable Object[args.length + 2];
        all[0] = wanted.getFirst();
        all[1] = wanted.getLast();
        System.arraycopy(args, 0, all, 2, args.length);
        T result = using(TURN + ";" + sql, statement -> {
            bind(statement, all);
            statement.execute();
            statement.getMoreResults();
            return read.of(statement);
        });
        set = wanted;
        return result;
    }

    @Override
    public int updateEach(String sql, List<? extends List<? extends @Nullable Object>> rows) {
        if (!wanted.equals(set)) {
            turned("select 1", new @Nullable Object[0], _ -> true);
        }
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
