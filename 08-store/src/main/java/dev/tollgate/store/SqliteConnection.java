// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// One connection to the file, with its prepared statements. Used by one thread at a time.
final class SqliteConnection implements AutoCloseable {
    /// Product code has fewer distinct statements; the oldest go first when generated ones come.
    private static final int STATEMENTS_MAX = 256;

    /// Another process (a CLI command) may hold the write lock for as long as one of its transactions takes.
    private static final int BUSY_MILLIS_MAX = 5_000;

    /// Pages that the log may hold before they move to the file: 8 MB, moved about once in 2,000 small
    /// transactions.
    private static final int CHECKPOINT_PAGES = 2_000;

    private static final int CACHE_KIBIBYTES = 8_192;

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new LinkedHashMap<>(64, 0.75f, true);

    private SqliteConnection(Connection connection) {
        this.connection = connection;
    }

    /// @param sync    `FULL` in the product; less only where a test plants a store that loses what it acknowledged
    /// @param writing whether the connection may change anything
    static SqliteConnection open(Path file, SQLiteConfig.SynchronousMode sync, boolean writing) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(sync);
        config.setBusyTimeout(BUSY_MILLIS_MAX);
        config.enforceForeignKeys(true);
        config.setCacheSize(-CACHE_KIBIBYTES);
        Connection connection = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
        SqliteConnection opened = new SqliteConnection(connection);
        opened.run("pragma wal_autocheckpoint = " + CHECKPOINT_PAGES);
        opened.run("pragma query_only = " + (writing ? "off" : "on"));
        return opened;
    }

    /// For Flyway, which opens connections of its own and syncs fully by SQLite's default.
    static DataSource source(Path file) {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        return source;
    }

    Connection raw() {
        return connection;
    }

    /// Executes a statement that is part of this class, never of a caller.
    void run(String sql) throws SQLException {
        try {
            statement(sql).execute();
        } catch (SQLException thrown) {
            forget(sql);
            throw thrown;
        }
    }

    /// One snapshot. It is taken at the first statement of `work`.
    <T> T snapshot(Function<Store.Session, T> work) {
        SqliteSession session = new SqliteSession(this);
        try {
            run("begin");
            try {
                T result = work.apply(session);
                session.end();
                return result;
            } finally {
                run("rollback");
            }
        } catch (SQLException thrown) {
            throw Failures.of(thrown, "read");
        }
    }

    /// Drops a statement that failed: the driver may have given it back to SQLite, and it would fail ever after.
    void forget(String sql) {
        PreparedStatement failed = statements.remove(sql);
        if (failed != null) {
            try {
                failed.close();
            } catch (SQLException _) {
                // It is gone from here; its failure was told already.
            }
        }
    }

    /// The prepared statement of that text, made once.
    PreparedStatement statement(String sql) throws SQLException {
        PreparedStatement cached = statements.get(sql);
        if (cached != null) {
            return cached;
        }
        PreparedStatement made = connection.prepareStatement(sql);
        statements.put(sql, made);
        if (statements.size() > STATEMENTS_MAX) {
            String eldest = statements.keySet().iterator().next();
            PreparedStatement dropped = statements.remove(eldest);
            if (dropped != null) {
                dropped.close();
            }
        }
        return made;
    }

    @Override
    public void close() throws SQLException {
        List<PreparedStatement> open = new ArrayList<>(statements.values());
        statements.clear();
        for (PreparedStatement statement : open) {
            statement.close();
        }
        connection.close();
    }
}
