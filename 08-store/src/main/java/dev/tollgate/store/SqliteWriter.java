// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.store;

import dev.tollgate.store.StoreFailure.Kind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The only thread that changes the file. Takes every change that waits, runs each in its own savepoint, and
/// makes all of them durable with one sync: the more callers, the fewer syncs for each.
final class SqliteWriter {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteWriter.class);

    /// Changes under one sync at most: bounds how long the first of them waits for the last.
    private static final int BATCH_MAX = 256;

    /// Changes that wait at most; more callers wait themselves, up to `PLACE_MILLIS_MAX`.
    private static final int QUEUE_MAX = 4_096;

    /// A queue that stays full for so long belongs to a disk that stands still.
    private static final int PLACE_MILLIS_MAX = 2_000;

    private record Change<T>(Function<Store.Session, T> work, CompletableFuture<T> done) {}

    /// A change that ran and waits for the commit of its batch.
    private record Ran<T>(CompletableFuture<T> done, T result) {
        void complete() {
            done.complete(result);
        }
    }

    private final SqliteConnection connection;
    private final BlockingQueue<Change<?>> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
    private final Thread thread;
    private volatile boolean closing;

    /// Why no change is taken any more. INVARIANT: once set, never unset: after a failed sync nobody knows what the
    /// kernel still holds, and a later sync may report success for pages that were lost.
    private volatile @Nullable StoreFailure broken;

    SqliteWriter(SqliteConnection connection) {
        this.connection = connection;
        this.thread = Thread.ofPlatform().name("store-writer").daemon().unstarted(this::loop);
        thread.start();
    }

    boolean isCurrentThread() {
        return Thread.currentThread().equals(thread);
    }

    <T> CompletableFuture<T> submit(Function<Store.Session, T> work) {
        Change<T> change = new Change<>(work, new CompletableFuture<>());
        try {
            if (closing) {
                throw closed();
            }
            boolean placed = isCurrentThread()
                    ? queue.offer(change)
                    : queue.offer(change, PLACE_MILLIS_MAX, TimeUnit.MILLISECONDS);
            if (!placed) {
                throw new StoreFailure(Kind.TIMEOUT, "the store's queue of changes stayed full");
            }
            if (!thread.isAlive() && queue.remove(change)) {
                throw closed();
            }
            return change.done;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new StoreFailure(Kind.TIMEOUT, "interrupted while waiting for a place in the store's queue");
        }
    }

    /// Lets queued changes finish and ends the thread. The connection stays open.
    void close() {
        closing = true;
        // Wakes the thread if it sleeps. A full queue keeps it awake anyway.
        queue.offer(new Change<>(_ -> closing, new CompletableFuture<>()));
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        queue.forEach(change -> change.done.completeExceptionally(closed()));
        queue.clear();
    }

    private static StoreFailure closed() {
        return new StoreFailure(Kind.UNREACHABLE, "the store is closed");
    }

    private void loop() {
        List<Change<?>> batch = new ArrayList<>(BATCH_MAX);
        while (!closing || !queue.isEmpty()) {
            try {
                if (queue.drainTo(batch, BATCH_MAX) == 0) {
                    batch.add(queue.take());
                    queue.drainTo(batch, BATCH_MAX - 1);
                }
                commit(batch);
            } catch (InterruptedException _) {
                LOG.atWarn().log("the store's writer was interrupted and goes on");
            } finally {
                batch.clear();
            }
        }
    }

    private void commit(List<Change<?>> batch) {
        StoreFailure stopped = broken;
        if (stopped != null) {
            fail(batch, new StoreFailure(Kind.BROKEN, "the store stopped after: " + stopped.getMessage()));
            return;
        }
        List<Ran<?>> ran = new ArrayList<>(batch.size());
        try {
            connection.run("begin immediate");
            if (batch.size() == 1) {
                ran.addAll(runAlone(batch.getFirst()));
            } else {
                for (Change<?> change : batch) {
                    run(change).ifPresent(ran::add);
                }
            }
        } catch (SQLException thrown) {
            rollback();
            fail(batch, Failures.of(thrown, "begin"));
            return;
        }
        if (ran.isEmpty() && batch.size() == 1) {
            return;
        }
        try {
            connection.run("commit");
        } catch (SQLException thrown) {
            StoreFailure failure = Failures.ofCommit(thrown, "commit");
            rollback();
            if (failure.kind() == Kind.UNKNOWN_OUTCOME) {
                broken = failure;
                LOG.atError().addKeyValue("failure", failure.getMessage()).log("store stops: a sync failed");
            }
            fail(batch, failure);
            return;
        }
        ran.forEach(Ran::complete);
    }

    /// Runs one change in its savepoint. What it throws undoes it alone.
    ///
    /// @throws SQLException when the transaction as a whole is lost
    private <T> Optional<Ran<T>> run(Change<T> change) throws SQLException {
        connection.run("savepoint change");
        try {
            SqliteSession session = new SqliteSession(connection);
            T result = change.work.apply(session);
            session.end();
            connection.run("release change");
            return Optional.of(new Ran<>(change.done, result));
        } catch (RuntimeException | Error thrown) {
            // The undo comes first: a caller that hears of the failure must not find traces of the change.
            connection.run("rollback to change");
            connection.run("release change");
            change.done.completeExceptionally(thrown);
            return Optional.empty();
        }
    }

    /// Runs the only change of a batch: the transaction is its savepoint.
    private <T> List<Ran<T>> runAlone(Change<T> change) {
        try {
            SqliteSession session = new SqliteSession(connection);
            T result = change.work.apply(session);
            session.end();
            return List.of(new Ran<>(change.done, result));
        } catch (RuntimeException | Error thrown) {
            rollback();
            change.done.completeExceptionally(thrown);
            return List.of();
        }
    }

    private void rollback() {
        try {
            connection.run("rollback");
        } catch (SQLException thrown) {
            // SQLite has rolled back by itself after some errors (full disk, no memory) and says that there is nothing
            // to roll back.
            LOG.atDebug().addKeyValue("code", thrown.getErrorCode()).log("nothing to roll back");
        }
    }

    private static void fail(List<Change<?>> batch, StoreFailure failure) {
        batch.forEach(change -> change.done.completeExceptionally(failure));
    }
}
