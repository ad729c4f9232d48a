// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.audit;

import dev.tollgate.merkle.TransparencyLog;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows the log and writes what questions look for into SQL tables. Derived and never the truth: it
/// pulls from the log, so nothing waits for it and nothing queues, and it can be thrown away and
/// rebuilt.
public final class AuditIndex implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditIndex.class);

    /// Entries a transaction: enough to be quick, few enough not to hold up the store's other writers.
    private static final int BATCH_ENTRIES = 200;

    /// After a failure of the store.
    private static final long RETRY_NANOS = 1_000_000_000L;

    /// The index follows at this pace: it shares the store's one writer with calls that wait for theirs, and a larger
    /// batch costs it less. Answers say how far it is.
    private static final long PACE_NANOS = 20_000_000;

    /// Entries that are handed over and wait to be indexed. What comes on top is read back from the log.
    private static final int WAITING_MAX = 4_096;

    /// An entry is handed over once the values beside it are durable too, a moment after the entry itself. One that is
    /// missing for so long will not come, and is read back.
    private static final long GAP_NANOS = 500_000_000;

    private static final String EVENT = "insert into audit_event (log_id, log_index, at, kind, request_id,"
            + " decision_index, agent, user_id, result, decision_id, token_id, value_id)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (log_id, log_index) do nothing";
    private static final String ADVANCE = "update audit_log set indexed = ? where id = ? and indexed < ?";

    private final TransparencyLog log;
    private final Store store;
    private final long logId;
    private final Map<Long, List<@Nullable Object>> waiting = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private final ReentrantLock working = new ReentrantLock();
    private final Thread thread;
    private boolean behind = true;
    private long gapAt = -1;
    private long gapSince;
    private volatile long reached;
    private boolean closed;

    /// Follows `log` from where `store` stopped.
    ///
    /// @param number tells the log from those of other nodes that share the store
    public AuditIndex(TransparencyLog log, Store store, LogNumber number) {
        this.log = log;
        this.store = store;
        this.logId = number.value();
        this.thread = Thread.ofPlatform().name("audit-index").daemon().start(this::run);
    }

    /// An entry was made durable. Cheap; may be called from any thread and in any order.
    public void recorded(StoredEntry entry) {
        if (waiting.size() < WAITING_MAX && entry.index() >= reached) {
            waiting.put(entry.index(), event(entry));
            if (entry.index() < reached) {
                // It was read back from the log meanwhile.
                waiting.remove(entry.index());
            }
        }
        wake();
    }

    private void wake() {
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
        return indexed(store, logId);
    }

    static long indexed(Store store, long logId) {
        return store.read(session -> session.one("select indexed from audit_log where id = ?", logId)
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

    /// Throws the index of this log away and makes it again from the log.
    public long rebuild() {
        working.lock();
        try {
            store.write(session -> session.update("delete from audit_event where log_id = ?", logId)
                    + session.update("update audit_log set indexed = 0 where id = ?", logId));
            return catchUp();
        } finally {
            working.unlock();
        }
    }

    /// Indexes what was handed over in a row, or reads back what was not for too long. Says whether there is more.
    private boolean follow(long now) {
        working.lock();
        try {
            long size = log.size();
            long from = indexed();
            long to = from;
            long end = Math.min(size, from + BATCH_ENTRIES);
            while (to < end && waiting.containsKey(to)) {
                to++;
            }
            boolean late = gapAt == from && now - gapSince > GAP_NANOS;
            if (to == from && from < size && (late || size - from > WAITING_MAX)) {
                to = end;
            }
            if (to > from) {
                index(from, to);
            }
            if (to < size && gapAt != to) {
                gapAt = to;
                gapSince = now;
            }
            return to < size;
        } finally {
            working.unlock();
        }
    }

    private void index(long from, long to) {
        List<List<@Nullable Object>> events = new ArrayList<>();
        long at = from;
        while (at < to) {
            List<@Nullable Object> handed = waiting.remove(at);
            if (handed != null) {
                events.add(handed);
                at++;
            } else {
                long end = at + 1;
                while (end < to && !waiting.containsKey(end)) {
                    end++;
                }
                log.scan(at, end, (index, bytes) -> events.add(event(StoredEntry.read(index, bytes))));
                at = end;
            }
        }
        reached = to;
        store.write(session -> session.updateEach(EVENT, events) + session.update(ADVANCE, to, logId, to));
    }

    private List<@Nullable Object> event(StoredEntry entry) {
        return Arrays.asList(
                logId,
                entry.index(),
                micros(entry.at().orElse(Instant.EPOCH)),
                entry.kind(),
                entry.text("request").orElse(null),
                entry.number("decision_index").orElse(null),
                entry.text("caller/agent").orElse(null),
                entry.text("caller/user").orElse(null),
                entry.text("result").or(() -> entry.text("ruling/outcome")).orElse(null),
                entry.text("ruling/decision").orElse(null),
                entry.text("token/id").orElse(null),
                entry.number("values").orElse(null));
    }

    static long micros(Instant at) {
        return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1_000);
    }

    private void run() {
        try {
            while (awaitWork()) {
                try {
                    pause(PACE_NANOS);
                    if (follow(System.nanoTime())) {
                        wake();
                    }
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
