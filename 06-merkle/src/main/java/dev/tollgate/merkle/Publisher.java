// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Publishes the newest checkpoint a little after it was signed, many batches at once: what static
/// readers see must not slow down who appends. A failure costs nothing but delay.
final class Publisher implements AutoCloseable {
    private final Shelf shelf;
    private final Supplier<Checkpoint> newest;
    private final Duration every;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    /// Apart from `woken`, so that a pause sleeps through the batches that are committed meanwhile.
    private final Condition ended = lock.newCondition();
    private final Thread thread;
    private boolean dirty = true;
    private boolean closed;
    private final AtomicLong failures = new AtomicLong();

    Publisher(Shelf shelf, Supplier<Checkpoint> newest, Duration every) {
        this.shelf = shelf;
        this.newest = newest;
        this.every = every;
        this.thread = Thread.ofPlatform().name("log-publisher").daemon().start(this::run);
    }

    /// There may be a newer checkpoint.
    void wake() {
        lock.lock();
        try {
            dirty = true;
            woken.signal();
        } finally {
            lock.unlock();
        }
    }

    long failures() {
        return failures.get();
    }

    private void run() {
        long size = -1;
        try {
            boolean more = true;
            while (more) {
                more = awaitWork();
                Checkpoint checkpoint = newest.get();
                if (checkpoint.size() != size) {
                    size = publish(checkpoint) ? checkpoint.size() : -1;
                }
                pause();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// False when this is the last time.
    private boolean awaitWork() throws InterruptedException {
        lock.lock();
        try {
            while (!dirty && !closed) {
                woken.await();
            }
            dirty = false;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void pause() throws InterruptedException {
        lock.lock();
        try {
            long left = every.toNanos();
            while (left > 0 && !closed) {
                left = ended.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean publish(Checkpoint checkpoint) {
        try {
            shelf.publish(checkpoint);
            return true;
        } catch (IOException | UncheckedIOException | LogDamaged _) {
            failures.incrementAndGet();
            return false;
        }
    }

    /// Publishes what is newest, for the last time.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            woken.signal();
            ended.signal();
        } finally {
            lock.unlock();
        }
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
    }
}
