// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.sql;

import dev.tollgate.connectors.Ask;
import dev.tollgate.connectors.Deadline;
import dev.tollgate.connectors.Found;
import dev.tollgate.connectors.SqlChanges;
import dev.tollgate.connectors.SqlStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Statements of one change, all before the same deadline.
///
/// @param bytesMax bytes of one answer
record SqlTransaction(Connection connection, int bytesMax, Deadline deadline)
        implements SqlChanges.Transaction<SQLException> {
    /// Rows that the driver fetches at once: with the whole result at once, a limit on bytes would come
    /// too late.
    private static final int FETCH_ROWS = 50;

    private static final int MILLIS_A_SECOND = 1_000;

    @Override
    public List<Found.Raw> rows(SqlStatement statement, List<Ask.Column> columns, boolean versioned)
            throws SQLException {
        try (PreparedStatement prepared = prepared(connection, statement, deadline);
                ResultSet result = prepared.executeQuery()) {
            return new SqlRows(columns, versioned, bytesMax).read(result);
        }
    }

    @Override
    public void run(SqlStatement statement) throws SQLException {
        try (PreparedStatement prepared = prepared(connection, statement, deadline)) {
            prepared.executeUpdate();
        }
    }

    static PreparedStatement prepared(Connection connection, SqlStatement statement, Deadline deadline)
            throws SQLException {
        PreparedStatement prepared = connection.prepareStatement(statement.text());
        prepared.setFetchSize(FETCH_ROWS);
        prepared.setQueryTimeout((millisLeft(deadline) + MILLIS_A_SECOND - 1) / MILLIS_A_SECOND);
        List<@Nullable Object> parameters = statement.parameters();
        for (int at = 0; at < parameters.size(); at++) {
            Object parameter = parameters.get(at);
            if (parameter instanceof String text) {
                prepared.setObject(at + 1, text, Types.OTHER);
            } else {
                prepared.setObject(at + 1, parameter);
            }
        }
        return prepared;
    }

    static int millisLeft(Deadline deadline) {
        return Math.toIntExact(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline.nanosLeft())));
    }
}
