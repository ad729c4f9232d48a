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
import dev.tollgate.connectors.SqlChanges;
import dev.tollgate.connectors.SqlStatement;
import dev.tollgate.connectors.Unchanged;
import dev.tollgate.connectors.UpstreamBroken;
import dev.tollgate.connectors.UpstreamBroken.Why;
import dev.tollgate.terms.SystemId;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;

/// Reads and changes rows of a PostgreSQL database. Reads run in read-only transactions; a change is one
/// transaction.
public final class SqlDoor implements Door {
    private final SqlConnections connections;
    private final SqlBuilder sql = new SqlBuilder(new PostgresDialect());
    private final SqlChanges changes = new SqlChanges(new PostgresDialect());

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
            case Ask.Add add ->
                change(
                        ask,
                        credential,
                        limits,
                        deadline,
                        open -> Found.records(open.rows(sql.insert(add), add.columns(), add.versioned())));
            case Ask.Alter alter -> change(ask, credential, limits, deadline, open -> changes.alter(alter, open));
            case Ask.Remove remove -> change(ask, credential, limits, deadline, open -> changes.remove(remove, open));
            case Ask.Send send -> change(ask, credential, limits, deadline, open -> changes.send(send, open));
            case Ask.Join join -> change(ask, credential, limits, deadline, open -> changes.join(join, open));
        };
    }

    private Found find(Ask.Find find, Credential credential, DoorLimits limits, Deadline deadline) {
        SqlStatement select = sql.select(find);
        SqlRows rows = new SqlRows(find.columns(), find.versioned(), limits.bytesMax());
        return connections.use(
                credential,
                limits,
                deadline,
                true,
                connection -> read(connection, deadline, Found.records(List.of()), () -> {
                    try (PreparedStatement statement = prepared(connection, select, deadline);
                            ResultSet result = statement.executeQuery()) {
                        return Found.records(rows.read(result));
                    } catch (SQLException failed) {
                        if (find.versioned() && SqlFailures.noSuchColumn(failed)) {
                            // A view has no stamps of its own.
                            connection.rollback();
                            return unstamped(find, connection, limits, deadline);
                        }
                        throw failed;
                    }
                }));
    }

    private Found unstamped(Ask.Find find, Connection connection, DoorLimits limits, Deadline deadline)
            throws SQLException {
        SqlStatement select = sql.select(find.unversioned());
        try (PreparedStatement statement = prepared(connection, select, deadline);
                ResultSet result = statement.executeQuery()) {
            return Found.records(new SqlRows(find.columns(), false, limits.bytesMax()).read(result));
        }
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

    /// A step that changes rows inside a transaction.
    private interface Change {
        Found done(SqlTransaction open) throws SQLException;
    }

    /// Never tried again: nobody knows whether a lost connection took the change with it. Until the
    /// commit is asked for, a change that fails is undone by the database itself.
    private Found change(Ask ask, Credential credential, DoorLimits limits, Deadline deadline, Change change) {
        return connections.use(credential, limits, deadline, false, connection -> {
            connection.setNetworkTimeout(Runnable::run, millisLeft(deadline));
            connection.setReadOnly(false);
            Found made;
            try {
                made = change.done(new SqlTransaction(connection, limits.bytesMax(), deadline));
            } catch (SQLException failed) {
                if (!SqlFailures.lost(failed)) {
                    connection.rollback();
                }
                if (SqlFailures.noSuchValue(failed) && absent(ask, connection, deadline)) {
                    return Found.records(List.of());
                }
                throw failed;
            } catch (UpstreamBroken broken) {
                connection.rollback();
                throw broken;
            } catch (Unchanged unchanged) {
                connection.rollback();
                return unchanged.found();
            }
            commit(connection);
            return made;
        });
    }

    /// Whether the value that no column of its type holds was the id or a rule's: such a record cannot be
    /// there.
    private boolean absent(Ask ask, Connection connection, Deadline deadline) throws SQLException {
        for (SqlStatement wanted : changes.wanted(ask)) {
            boolean there = read(connection, deadline, Found.count(0), () -> {
                                try (PreparedStatement statement = prepared(connection, wanted, deadline);
                                        ResultSet result = statement.executeQuery()) {
                                    return Found.count(result.next() ? 1 : 0);
                                }
                            })
                            .count()
                            .orElse(0)
                    > 0;
            if (!there) {
                return true;
            }
        }
        return false;
    }

    private static void commit(Connection connection) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException failed) {
            if (SqlFailures.refused(failed)) {
                connection.rollback();
                throw failed;
            }
            throw new UpstreamBroken(Why.UNKNOWN_OUTCOME);
        }
    }

    private static PreparedStatement prepared(Connection connection, SqlStatement statement, Deadline deadline)
            throws SQLException {
        return SqlTransaction.prepared(connection, statement, deadline);
    }

    private static int millisLeft(Deadline deadline) {
        return SqlTransaction.millisLeft(deadline);
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
