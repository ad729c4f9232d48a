// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.Scheduler;

/// Closes connections on which one request keeps arriving for too long, headers included. The idle timeout alone
/// would let a client hold a connection for ever with a byte now and then; a body's deadline starts only after
/// the headers.
public final class SlowSenders implements Connection.Listener {
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final Map<Connection, Seen> seen = new ConcurrentHashMap<>();
    private final Duration within;
    private final InstantSource clock;

    /// @param answers replies sent so far
    /// @param before  bytes received up to the last reply
    /// @param bytes   bytes received so far
    /// @param began   about when the first byte after the last reply came
    private record Seen(long answers, long before, long bytes, Instant began) {}

    /// @param within longest time for a whole request to arrive
    public SlowSenders(Duration within, InstantSource clock) {
        this.within = within;
        this.clock = clock;
    }

    /// Begins to look. Ends when the scheduler stops.
    public void begin(Scheduler scheduler) {
        scheduler.schedule(() -> look(scheduler), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void onOpened(Connection connection) {
        seen.put(connection, new Seen(0, 0, 0, clock.instant()));
    }

    @Override
    public void onClosed(Connection connection) {
        seen.remove(connection);
    }

    private void look(Scheduler scheduler) {
        Instant now = clock.instant();
        seen.replaceAll((connection, before) -> next(connection, before, now));
        if (scheduler.isRunning()) {
            begin(scheduler);
        }
    }

    private Seen next(Connection connection, Seen last, Instant now) {
        long answers = connection.getMessagesOut();
        long bytes = connection.getBytesIn();
        if (answers != last.answers()) {
            return new Seen(answers, bytes, bytes, now);
        }
        if (bytes == last.before()) {
            return new Seen(answers, last.before(), bytes, now);
        }
        // Bytes that stopped are a request under way, which may take as long as it takes.
        boolean arriving = bytes != last.bytes();
        if (arriving && Duration.between(last.began(), now).compareTo(within) > 0) {
            connection.getEndPoint().close();
        }
        return new Seen(answers, last.before(), bytes, last.began());
    }
}
