// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import org.jooq.SQLDialect;
import org.jspecify.annotations.Nullable;

/// A transaction on a JDBC connection. Ends with the work it was made for.
abstract class JdbcSession implements Store.Session {
    private final SQLDialect dialect;
    private @Nullable StoreFailure failed;
    private boolean over;

    JdbcSession(SQLDialect dialect) {
        this.dialect = dialect;
    }

    /// A statement ready to be bound. Given back through `done`.
    abstract PreparedStatement statement(String sql) throws SQLException;

    abstract void done(PreparedStatement statement) throws SQLException;

    /// Takes back a statement that failed; must not throw, or it would hide why.
    abstract void drop(String sql, PreparedStatement statement);

    SQLDialect dialect() {
        return dialect;
    }

    /// Ends the transaction's work.
    ///
    /// @throws StoreFailure when a statement of it failed: PostgreSQL has given the transaction up by then, and
    ///     SQLite must not keep half of it
    void end() {
        over = true;
        StoreFailure failure = failed;
        if (failure != null) {
            throw failure;
        }
    }

    /// One use of a prepared statement.
    interface Use<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    <T> T using(String sql, Use<T> use) {
        if (over) {
            throw new IllegalStateException("a session is valid only inside its work");
        }
        StoreFailure before = failed;
        if (before != null) {
            throw before;
        }
        try {
            PreparedStatement statement = statement(sql);
            boolean used = false;
            try {
                T result = use.of(statement);
                used = true;
                return result;
            } finally {
                if (used) {
                    done(statement);
                } else {
                    drop(sql, statement);
                }
            }
        } catch (SQLException thrown) {
            StoreFailure failure = Failures.of(thrown, sql);
            failed = failure;
            throw failure;
        }
    }

    @Override
    public List<Store.Record> query(String sql, @Nullable Object... args) {
        return using(sql, statement -> {
            bind(statement, args);
            try (ResultSet result = statement.executeQuery()) {
                return Row.all(result);
            }
        });
    }

    @Override
    public int update(String sql, @Nullable Object... args) {
        return using(sql, statement -> {
            bind(statement, args);
            return statement.executeUpdate();
        });
    }

    @Override
    public int updateEach(String sql, List<? extends List<? extends @Nullable Object>> rows) {
        return using(sql, statement -> {
            int changed = 0;
            for (List<? extends @Nullable Object> row : rows) {
                bind(statement, row.toArray());
                changed += statement.executeUpdate();
            }
            return changed;
        });
    }

    static void bind(PreparedStatement statement, @Nullable Object[] args) throws SQLException {
        for (int at = 0; at < args.length; at++) {
            switch (args[at]) {
                case null -> statement.setNull(at + 1, Types.NULL);
                case String text -> statement.setString(at + 1, storable(text));
                case Long number -> statement.setLong(at + 1, number);
                case Integer number -> statement.setLong(at + 1, number);
                case Boolean truth -> statement.setLong(at + 1, truth ? 1 : 0);
                case Instant instant -> statement.setLong(at + 1, Micros.of(instant));
                case byte[] bytes -> statement.setBytes(at + 1, bytes);
                case Object other ->
                    throw new IllegalArgumentException("argument " + (at + 1) + " has type "
                            + other.getClass().getSimpleName() + ", which the store does not keep");
            }
        }
    }

    /// PostgreSQL keeps no U+0000, and neither database keeps half a surrogate pair: both are refused alike,
    /// before one of them keeps something else.
    private static String storable(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == 0) {
                throw new IllegalArgumentException("text for the store contains U+0000");
            }
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && at + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(at + 1));
                if (!pair) {
                    throw new IllegalArgumentException("text for the store contains half a surrogate pair");
                }
                at++;
            }
        }
        return text;
    }
}
