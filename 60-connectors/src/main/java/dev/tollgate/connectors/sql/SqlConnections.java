// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.sql;

import dev.tollgate.connectors.Credential;
import dev.tollgate.connectors.Deadline;
import dev.tollgate.connectors.DoorLimits;
import dev.tollgate.connectors.UpstreamBroken;
import dev.tollgate.connectors.UpstreamBroken.Why;
import dev.tollgate.terms.RevealsSecret;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A few connections, each of which ends with the lease under which it was opened.
final class SqlConnections implements AutoCloseable {
    /// A PostgreSQL server takes 100 by default, and others want some.
    private static final int CONNECTIONS_MAX = 8;

    /// The driver keeps the fetched rows in memory, and one of a gigabyte must not be read to be refused. Below that,
    /// `SqlRows` counts and finds the right word.
    private static final int SLACK_BYTES = 16 << 20;

    private static final int MILLIS_A_SECOND = 1_000;

    private final SqlConfig config;
    private final Driver driver;
    private final InstantSource clock;
    private final Semaphore places = new Semaphore(CONNECTIONS_MAX);
    private final ConcurrentLinkedDeque<Open> idle = new ConcurrentLinkedDeque<>();

    SqlConnections(SqlConfig config, Driver driver, InstantSource clock) {
        this.config = config;
        this.driver = driver;
        this.clock = clock;
    }

    /// A connection and when its lease ends.
    ///
    /// @param reused whether it lay idle before, and so may have died meanwhile
    record Open(Connection connection, Instant until, boolean reused) {}

    /// One use of a connection.
    interface Use<T> {
        T of(Connection connection) throws SQLException;
    }

    /// Uses a connection; a use on one that died while it lay idle is tried once more on a new one, if `again` allows.
    <T> T use(Credential credential, DoorLimits limits, Deadline deadline, boolean again, Use<T> use) {
        acquire(deadline);
        try {
            Open open = idle(credential, limits, deadline);
            try {
                return used(open, use);
            } catch (SQLException failed) {
                if (!(open.reused() && again && SqlFailures.lost(failed))) {
                    throw SqlFailures.of(failed);
                }
            }
            return used(opened(credential, limits, deadline), use);
        } catch (SQLException failed) {
            throw SqlFailures.of(failed);
        } finally {
            places.release();
        }
    }

    private <T> T used(Open open, Use<T> use) throws SQLException {
        boolean sound = false;
        try {
            T result = use.of(open.connection());
            sound = true;
            return result;
        } catch (SQLException failed) {
            sound = !SqlFailures.lost(failed);
            throw failed;
        } finally {
            giveBack(open, sound);
        }
    }

    private void giveBack(Open open, boolean sound) {
        if (sound && clock.instant().isBefore(open.until())) {
            idle.push(new Open(open.connection(), open.until(), true));
        } else {
            closed(open);
        }
    }

    private Open idle(Credential credential, DoorLimits limits, Deadline deadline) throws SQLException {
        for (int tried = 0; tried < CONNECTIONS_MAX; tried++) {
            Open open = idle.poll();
            if (open == null) {
                break;
            }
            if (clock.instant().isBefore(open.until())) {
                return open;
            }
            closed(open);
        }
        return opened(credential, limits, deadline);
    }

    @RevealsSecret("the database's login takes the password")
    private Open opened(Credential credential, DoorLimits limits, Deadline deadline) throws SQLException {
        long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline.nanosLeft()));
        String seconds = Long.toString((millis + MILLIS_A_SECOND - 1) / MILLIS_A_SECOND);
        Properties login = new Properties();
        login.setProperty("user", config.user());
        login.setProperty("password", credential.secret().reveal());
        login.setProperty("sslmode", config.loopback() ? "disable" : "verify-full");
        login.setProperty("connectTimeout", seconds);
        login.setProperty("socketTimeout", seconds);
        login.setProperty("loginTimeout", seconds);
        login.setProperty("cancelSignalTimeout", "1");
        login.setProperty("ApplicationName", "tollgate");
        login.setProperty("maxResultBuffer", Long.toString(limits.bytesMax() + SLACK_BYTES));
        login.setProperty("options", "-c statement_timeout=" + limits.timeMax().toMillis() + " -c TimeZone=UTC");
        Connection connection = driver.connect(config.url(), login);
        if (connection == null) {
            throw new UpstreamBroken(Why.UNSUPPORTED);
        }
        connection.setAutoCommit(false);
        return new Open(connection, credential.until(), false);
    }

    private void acquire(Deadline deadline) {
        try {
            if (!places.tryAcquire(deadline.nanosLeft(), TimeUnit.NANOSECONDS)) {
                throw new UpstreamBroken(Why.TIMEOUT);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new UpstreamBroken(Why.TIMEOUT);
        }
    }

    /// Closes a connection whatever state it is in.
    private static void closed(@Nullable Open open) {
        if (open != null) {
            try {
                open.connection().close();
            } catch (SQLException _) {
                // It was of no more use, and its other end notices by itself.
                return;
            }
        }
    }

    @Override
    public void close() {
        for (Open open = idle.poll(); open != null; open = idle.poll()) {
            closed(open);
        }
    }
}
