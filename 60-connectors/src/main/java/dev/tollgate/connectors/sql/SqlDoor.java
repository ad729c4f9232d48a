// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.sql;

import dev.tollgate.catalog.Metadata;
import dev.tollgate.connectors.Ask;
import dev.tollgate.connectors.Credential;
import dev.tollgate.connectors.Deadline;
import dev.tollgate.connectors.Door;
import dev.tollgate.connectors.DoorLimits;
import dev.tollgate.connectors.Found;
import dev.tollgate.connectors.SqlBuilder;
import dev.tollgate.connectors.SqlStatement;
import dev.tollgate.connectors.UpstreamBroken;
import dev.tollgate.connectors.UpstreamBroken.Why;
import dev.tollgate.terms.SystemId;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Reads and inserts rows of a PostgreSQL database. Reads run in read-only transactions.
public final class SqlDoor implements Door {
    /// Rows that the driver fetches at once: with the whole result at once, a limit on bytes would come too late.
    private static final int FETCH_ROWS = 50;

    private final SqlConnections connections;
    private final SqlBuilder sql = new SqlBuilder(new PostgresDialect());

    /// A door to that database. Nothing is sent before the first call.
    ///
    /// @param driver PostgreSQL's JDBC driver
    public SqlDoor(SqlConfig config, Driver driver, InstantSource clock) {
        this.connections = new SqlConnections(config, driver, clock);
    }

    @Override
    public Found answer(Ask ask, Credential credential, DoorLimits limits) {
        Deadline deadline = Deadline.in(limits.timeMax());
        return switch (ask) {
            case Ask.Find find -> find(find, credential, limits, deadline);
            case Ask.Tally tally -> tally(tally, credential, limits, deadline);
            case Ask.Add add -> add(add, credential, limits, deadline);
        };
    }

    private Found find(Ask.Find find, Credential credential, DoorLimits limits, Deadline deadline) {
        SqlStatement select = sql.select(find);
        SqlRows rows = new SqlRows(find.columns(), limits.bytesMax());
        return connections.use(
                credential,
                limits,
                deadline,
                true,
                connection -> read(connection, deadline, Found.records(List.of()), () -> {
                    try (PreparedStatement statement = prepared(connection, select, deadline);
                            ResultSet result = statement.executeQuery()) {
                        return Found.records(rows.read(result));
                    }
                }));
    }

    private Found tally(Ask.Tally tally, Credential credential, DoorLimits limits, Deadline deadline) {
        SqlStatement count = sql.count(tally);
        return connections.use(
                credential,
                limits,
                deadline,
                true,
                connection -> read(connection, deadline, Found.count(0), () -> {
                    try (PreparedStatement statement = prepared(connection, count, deadline);
                            ResultSet result = statement.executeQuery()) {
                        if (!result.next()) {
                            throw new UpstreamBroken(Why.GARBAGE);
                        }
                        return Found.count(result.getLong(1));
                    }
                }));
    }

    /// A step that talks to the database.
    private interface Work {
        Found done() throws SQLException;
    }

    /// @param none what is found when a parameter is no value of its column's type
    private static Found read(Connection connection, Deadline deadline, Found none, Work work) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, millisLeft(deadline));
        connection.setReadOnly(true);
        try {
            Found found = work.done();
            connection.rollback();
            return found;
        } catch (SQLException failed) {
            if (SqlFailures.noSuchValue(failed)) {
                connection.rollback();
                return none;
            }
            if (!SqlFailures.lost(failed)) {
                connection.rollback();
            }
            throw failed;
        } catch (UpstreamBroken broken) {
            connection.rollback();
            throw broken;
        }
    }

    private Found add(Ask.Add add, Credential credential, DoorLimits limits, Deadline deadline) {
        SqlStatement insert = sql.insert(add);
        SqlRows rows = new SqlRows(add.columns(), limits.bytesMax());
        // Never tried again: nobody knows whether a lost connection took the row with it.
        return connections.use(credential, limits, deadline, false, connection -> {
            connection.setNetworkTimeout(Runnable::run, millisLeft(deadline));
            connection.setReadOnly(false);
            try (PreparedStatement statement = prepared(connection, insert, deadline);
                    ResultSet result = statement.executeQuery()) {
                Found made = Found.records(rows.read(result));
                connection.commit();
                return made;
            } catch (SQLException failed) {
                if (!SqlFailures.lost(failed)) {
                    connection.rollback();
                }
                throw failed;
            } catch (UpstreamBroken broken) {
                connection.rollback();
                throw broken;
            }
        });
    }

    private static PreparedStatement prepared(Connection connection, SqlStatement statement, Deadline deadline)
            throws SQLException {
        PreparedStatement prepared = connection.prepareStatement(statement.text());
        prepared.setFetchSize(FETCH_ROWS);
        prepared.setQueryTimeout((millisLeft(deadline) + 999) / 1_000);
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

    private static int millisLeft(Deadline deadline) {
        return Math.toIntExact(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline.nanosLeft())));
    }

    @Override
    public void knock(Credential credential, DoorLimits limits) {
        Deadline deadline = Deadline.in(limits.timeMax());
        connections.use(
                credential,
                limits,
                deadline,
                true,
                connection -> read(connection, deadline, Found.count(0), () -> {
                    try (PreparedStatement statement =
                                    prepared(connection, new SqlStatement("select 1", List.of()), deadline);
                            ResultSet result = statement.executeQuery()) {
                        return Found.count(result.next() ? 1 : 0);
                    }
                }));
    }

    @Override
    public Metadata describe(SystemId system, Credential credential, DoorLimits limits) {
        Deadline deadline = Deadline.in(limits.timeMax());
        return connections.use(credential, limits, deadline, true, connection -> {
            connection.setNetworkTimeout(Runnable::run, millisLeft(deadline));
            connection.setReadOnly(true);
            Metadata metadata = SqlMetadata.describe(system, connection);
            connection.rollback();
            return metadata;
        });
    }

    @Override
    public boolean needsCredential() {
        return true;
    }

    @Override
    public void close() {
        connections.close();
    }
}
