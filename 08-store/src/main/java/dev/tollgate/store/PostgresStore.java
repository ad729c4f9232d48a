// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.tollgate.store.StoreFailure.Kind;
import dev.tollgate.terms.RevealsSecret;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;

/// The store on a PostgreSQL server, for one node or many. Every wait has an end: connecting, a
/// place in the pool, a lock, a statement, the socket.
final class PostgresStore implements Store {
    /// Connections for changes, and as many for reads; a server of 100 connections carries three
    /// nodes. More threads than this wait for a place.
    private static final int POOL = 16;

    /// Of those for reads, the one that `readAhead` has for itself.
    private static final int AHEAD = 1;

    private static final int PLACE_MILLIS_MAX = 3_000;
    private static final int CONNECT_SECONDS_MAX = 3;
    private static final int STATEMENT_MILLIS_MAX = 5_000;
    private static final int LOCK_MILLIS_MAX = 3_000;

    /// More than a statement may take, so that the server's own timeout speaks first when the
    /// server lives.
    private static final int SOCKET_SECONDS_MAX = 8;

    private static final int CANCEL_SECONDS_MAX = 2;

    /// A transaction whose node fell silent gives its locks back.
    private static final int IDLE_MILLIS_MAX = 10_000;

    /// Changes that wait for a connection at most.
    private static final int QUEUE_MAX = 4_096;

    private static final int CLOSE_SECONDS_MAX = 10;

    private final HikariDataSource reads;
    private final HikariDataSource ahead;
    private final HikariDataSource writes;

    /// Carries `writeAsync`. As many threads as connections: more would only wait for one.
    private final ThreadPoolExecutor carriers;

    private PostgresStore(HikariDataSource reads, HikariDataSource ahead, HikariDataSource writes) {
        this.reads = reads;
        this.ahead = ahead;
        this.writes = writes;
        this.carriers = new ThreadPoolExecutor(
                POOL,
                POOL,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(QUEUE_MAX),
                Thread.ofPlatform().name("store-write-", 0).daemon().factory());
        this.carriers.allowCoreThreadTimeOut(true);
    }

    static Store open(StoreConfig.Postgres config) {
        try {
            HikariDataSource writes = pool(config, "store-writes", POOL, false);
            try (Connection connection = writes.getConnection()) {
                connection.setAutoCommit(true);
                Migrations.run(connection, writes, Database.POSTGRES);
                TenantWall.inspect(connection, config.walled());
                return new PostgresStore(
                        pool(config, "store-reads", POOL - AHEAD, true),
                        pool(config, "store-ahead", AHEAD, true),
                        writes);
            } catch (SQLException thrown) {
                writes.close();
                throw Failures.of(thrown, "open the database");
            } catch (RuntimeException thrown) {
                writes.close();
                throw thrown;
            }
        } catch (HikariPool.PoolInitializationException thrown) {
            throw thrown.getCause() instanceof SQLException cause
                    ? Failures.of(cause, "connect")
                    : new StoreFailure(Kind.UNREACHABLE, "the database cannot be reached");
        }
    }

    @RevealsSecret("the driver sends the password to the database")
    private static HikariDataSource pool(StoreConfig.Postgres config, String name, int places, boolean readOnly) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName(name);
        pool.setJdbcUrl(config.url());
        pool.setUsername(config.user());
        pool.setPassword(config.password().reveal());
        pool.setMaximumPoolSize(places);
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(PLACE_MILLIS_MAX);
        pool.setValidationTimeout(PLACE_MILLIS_MAX / 2);
        pool.setAutoCommit(false);
        pool.setReadOnly(readOnly);
        pool.setTransactionIsolation(readOnly ? "TRANSACTION_REPEATABLE_READ" : "TRANSACTION_READ_COMMITTED");
        // Text only: the driver silently ignores properties of other types.
        pool.addDataSourceProperty("connectTimeout", String.valueOf(CONNECT_SECONDS_MAX));
        pool.addDataSourceProperty("loginTimeout", String.valueOf(CONNECT_SECONDS_MAX));
        pool.addDataSourceProperty("socketTimeout", String.valueOf(SOCKET_SECONDS_MAX));
        pool.addDataSourceProperty("cancelSignalTimeout", String.valueOf(CANCEL_SECONDS_MAX));
        pool.addDataSourceProperty("tcpKeepAlive", String.valueOf(true));
        // The server's detail and context lines quote values.
        pool.addDataSourceProperty("logServerErrorDetail", String.valueOf(false));
        pool.addDataSourceProperty("ApplicationName", "tollgate");
        // Durable whatever the server's default is: an acknowledged change must survive the power.
        pool.addDataSourceProperty(
                "options",
                "-c synchronous_commit=on -c statement_timeout=" + STATEMENT_MILLIS_MAX + " -c lock_timeout="
                        + LOCK_MILLIS_MAX + " -c idle_in_transaction_session_timeout=" + IDLE_MILLIS_MAX);
        return new HikariDataSource(pool);
    }

    @Override
    public Database database() {
        return Database.POSTGRES;
    }

    @Override
    public <T> T read(Function<Session, T> work) {
        return transact(reads, work, Failures::of);
    }

    @Override
    public <T> T readAhead(Function<Session, T> work) {
        return transact(ahead, work, Failures::of);
    }

    @Override
    public <T> T write(Function<Session, T> work) {
        return transact(writes, work, Failures::ofCommit);
    }

    @Override
    public <T> CompletableFuture<T> writeAsync(Function<Session, T> work) {
        try {
            return CompletableFuture.supplyAsync(() -> write(work), carriers);
        } catch (RejectedExecutionException _) {
            throw carriers.isShutdown()
                    ? new StoreFailure(Kind.UNREACHABLE, "the store is closed")
                    : new StoreFailure(Kind.TIMEOUT, "the store's queue of changes is full");
        }
    }

    private static <T> T transact(
            HikariDataSource pool, Function<Session, T> work, BiFunction<SQLException, String, StoreFailure> failing) {
        if (pool.isClosed()) {
            throw new StoreFailure(Kind.UNREACHABLE, "the store is closed");
        }
        try (Connection connection = pool.getConnection()) {
            T result = undoingOnThrow(connection, work);
            try {
                connection.commit();
            } catch (SQLException thrown) {
                throw failing.apply(thrown, "commit");
            }
            return result;
        } catch (SQLException thrown) {
            throw Failures.of(thrown, "connect");
        }
    }

    private static <T> T undoingOnThrow(Connection connection, Function<Session, T> work) {
        boolean done = false;
        try {
            PostgresSession session = new PostgresSession(connection);
            T result = work.apply(session);
            session.end();
            done = true;
            return result;
        } finally {
            if (!done) {
                rollback(connection);
            }
        }
    }

    /// What cannot be rolled back any more was lost with its connection, which the pool throws away.
    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException _) {
            // The failure that led here says more.
        }
    }

    @Override
    public void close() {
        carriers.shutdown();
        try {
            if (!carriers.awaitTermination(CLOSE_SECONDS_MAX, TimeUnit.SECONDS)) {
                carriers.shutdownNow();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        reads.close();
        ahead.close();
        writes.close();
    }
}
