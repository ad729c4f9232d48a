// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.audit;

import dev.tollgate.merkle.TransparencyLog;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows the log and writes what questions look for into SQL tables. Derived and never the truth: it pulls
/// from the
/// log, so nothing waits for it and nothing queues, and it can be thrown away and rebuilt.
public final class AuditIndex implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditIndex.class);

    /// Entries a transaction: enough to be quick, few enough not to hold up the store's other writers.
    private static final int BATCH_ENTRIES = 200;

    /// After a failure of the store.
    private static final long RETRY_NANOS = 1_000_000_000L;

    /// While many calls are made the index follows at this pace: it shares the store's one writer with calls that wait
    /// for theirs, and a larger batch costs it less. Answers say how far it is.
    private static final long PACE_NANOS = 50_000_000;

    /// Entries of one batch that show that many calls are made.
    private static final int BUSY_ENTRIES = 32;

    private static final String EVENT = "insert into audit_event (log_index, at, kind, request_id, decision_index,"
            + " agent, user_id, result, decision_id, token_id) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            + " on conflict (log_index) do nothing";
    private static final String COMMITMENT =
            "insert into audit_commitment (commitment, log_index) values (?, ?) on conflict (commitment) do nothing";
    private static final String ADVANCE = "update audit_position set indexed = ? where id = 1 and indexed < ?";

    private final TransparencyLog log;
    private final Store store;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private final ReentrantLock working = new ReentrantLock();
    private final Thread thread;
    private boolean behind = true;
    private boolean closed;

    /// Follows `log` from where `store` stopped.
    public AuditIndex(TransparencyLog log, Store store) {
        this.log = log;
        this.store = store;
        this.thread = Thread.ofPlatform().name("audit-index").daemon().start(this::run);
    }

    /// There are new entries. Cheap; may be called from any thread.
    public void wake() {
        lock.lock();
        try {
            behind = true;
            woken.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Entries that are indexed.
    public long indexed() {
        return indexed(store);
    }

    static long indexed(Store store) {
        return store.read(session -> session.one("select indexed from audit_position where id = 1")
                .map(row -> row.number("indexed"))
                .orElse(0L));
    }

    /// Indexes everything that is durable now; returns how far that is.
    public long catchUp() {
        working.lock();
        try {
            long size = log.size();
            long from = indexed();
            while (from < size) {
                long to = Math.min(size, from + BATCH_ENTRIES);
                index(from, to);
                from = to;
            }
            return size;
        } finally {
            working.unlock();
        }
    }

    /// Throws the index away and makes it again from the log.
    public long rebuild() {
        working.lock();
        try {
            store.write(session -> session.update("delete from audit_commitment")
                    + session.update("delete from audit_event")
                    + session.update("update audit_position set indexed = 0 where id = 1"));
            return catchUp();
        } finally {
            working.unlock();
        }
    }

    private void index(long from, long to) {
        List<List<@Nullable Object>> events = new ArrayList<>();
        List<List<@Nullable Object>> commitments = new ArrayList<>();
        log.scan(from, to, (index, bytes) -> {
            StoredEntry entry = StoredEntry.read(index, bytes);
            events.add(event(entry));
            entry.commitments().values().forEach(commitment -> commitments.add(Arrays.asList(commitment, index)));
        });
        store.write(session -> session.updateEach(EVENT, events)
                + (commitments.isEmpty() ? 0 : session.updateEach(COMMITMENT, commitments))
                + session.update(ADVANCE, to, to));
    }

    private static List<@Nullable Object> event(StoredEntry entry) {
        return Arrays.asList(
                entry.index(),
                micros(entry.at().orElse(Instant.EPOCH)),
                entry.kind(),
                entry.text("request").orElse(null),
                entry.number("decision_index").orElse(null),
                entry.text("caller/agent").orElse(null),
                entry.text("caller/user").orElse(null),
                entry.text("result").or(() -> entry.text("ruling/outcome")).orElse(null),
                entry.text("ruling/decision").orElse(null),
                entry.text("token/id").orElse(null));
    }

    static long micros(Instant at) {
        return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1_000);
    }

    private void run() {
        long followed = 0;
        try {
            while (awaitWork()) {
                try {
                    long reached = catchUp();
                    if (reached - followed >= BUSY_ENTRIES) {
                        pause(PACE_NANOS);
                    }
                    followed = reached;
                } catch (StoreFailure failed) {
                    LOG.atWarn().addKeyValue("kind", failed.kind()).log("the audit index cannot be written");
                    pause(RETRY_NANOS);
                    wake();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitWork() throws InterruptedException {
        lock.lock();
        try {
            while (!behind && !closed) {
                woken.await();
            }
            behind = false;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void pause(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (left > 0 && !closed) {
                left = woken.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Stops following. What is not indexed yet is indexed at the next start.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            woken.signalAll();
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
