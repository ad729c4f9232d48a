// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What waits for the committer. Many threads add, one takes everything at once: that is the group of a group
/// commit.
final class Waiting {
    /// A fifth of a second of work at 80,000 entries a second: who comes later is better refused than kept.
    static final int ENTRIES_MAX = 16_384;

    /// The memory that waiting entries may hold.
    static final long BYTES_MAX = 64 << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private List<Pending> waiting = new ArrayList<>();
    private long bytes;
    private Unwritable.@Nullable Kind closed;

    /// Adds to the queue, unless there is a reason not to.
    Optional<Unwritable.Kind> add(Pending pending) {
        int size = switch (pending) {
            case Pending.Entry entry -> entry.entry().length;
            case Pending.Sign _ -> 0;
        };
        lock.lock();
        try {
            if (closed != null) {
                return Optional.of(closed);
            }
            if (waiting.size() >= ENTRIES_MAX || bytes + size > BYTES_MAX) {
                return Optional.of(Unwritable.Kind.BUSY);
            }
            waiting.add(pending);
            bytes += size;
            if (waiting.size() == 1) {
                arrived.signal();
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /// Everything that waits; empty after `nanosMax` without anything, and when the queue is closed and
    /// drained.
    List<Pending> take(long nanosMax) throws InterruptedException {
        lock.lock();
        try {
            long left = nanosMax;
            while (waiting.isEmpty() && closed == null && left > 0) {
                left = arrived.awaitNanos(left);
            }
            List<Pending> taken = waiting;
            waiting = new ArrayList<>(Math.max(16, taken.size()));
            bytes = 0;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /// Everything that still waits, after the queue was closed.
    List<Pending> drain() {
        lock.lock();
        try {
            List<Pending> left = waiting;
            waiting = new ArrayList<>();
            return left;
        } finally {
            lock.unlock();
        }
    }

    /// Takes nothing more. What waits already may still be taken. The first reason stands.
    void close(Unwritable.Kind why) {
        lock.lock();
        try {
            closed = closed == null || why == Unwritable.Kind.FAILED ? why : closed;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    Optional<Unwritable.Kind> closed() {
        lock.lock();
        try {
            return Optional.ofNullable(closed);
        } finally {
            lock.unlock();
        }
    }

    /// A checkpoint that finds no room is tried again this often at most.
    static final long IDLE_NANOS_MIN = TimeUnit.MILLISECONDS.toNanos(10);

    /// Long enough to be no load, short enough to be no danger.
    static final long FOREVER_NANOS = TimeUnit.HOURS.toNanos(1);
}
