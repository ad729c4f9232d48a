// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.containment;

import dev.tollgate.store.Micros;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreFailure;
import dev.tollgate.terms.ToolName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The calls of one task in the last ten minutes: this node's own, and what the store knew of the other nodes'
/// at the last look.
final class LoopTrail {
    private static final Logger LOG = LoggerFactory.getLogger(LoopTrail.class);

    /// What lies further back is no part of a loop.
    static final Duration WINDOW = Duration.ofMinutes(10);

    /// Calls that are looked at; of a task that makes more, the latest.
    static final int CALLS_MAX = 160;

    /// How old the last look at the store may be, and how long calls wait to be shared.
    private static final Duration AGE_MAX = Duration.ofSeconds(1);

    /// What became of a call.
    enum Became {
        ANSWERED(0),
        REFUSED(1),
        /// It waits for people, or failed through no fault of the agent's: calling again is right.
        EXCUSED(2);

        private final long stored;

        Became(long stored) {
            this.stored = stored;
        }

        static Became of(long stored) {
            return stored == REFUSED.stored ? REFUSED : stored == EXCUSED.stored ? EXCUSED : ANSWERED;
        }
    }

    /// One call.
    record Trace(String id, Instant at, CallShape shape, Became became) {
        boolean refused() {
            return became == Became.REFUSED;
        }
    }

    private final String subject;
    private final Store store;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Trace> own = new HashMap<>();
    private final Set<String> unshared = new HashSet<>();
    private Map<String, Trace> others = new HashMap<>();
    private boolean sharing;
    private Instant looked = Instant.EPOCH;
    private Instant sent = Instant.EPOCH;

    LoopTrail(String subject, Store store) {
        this.subject = subject;
        this.store = store;
    }

    /// The loop that a call goes on with; a call that goes on with none is remembered.
    ///
    /// @throws StoreFailure when nobody can say
    Optional<LoopPatterns.Found> next(String id, CallShape shape, LoopLimits limits, Instant now) {
        lock.lock();
        try {
            if (!now.isBefore(looked.plus(AGE_MAX)) || now.isBefore(looked)) {
                look(now);
            }
            Optional<LoopPatterns.Found> found = LoopPatterns.find(past(now), shape, limits);
            if (found.isEmpty()) {
                note(new Trace(id, now, shape, Became.ANSWERED), now);
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    void ended(String id, Became became, Instant now) {
        lock.lock();
        try {
            Trace known = own.get(id);
            if (known != null) {
                note(new Trace(id, known.at(), known.shape(), became), now);
            }
        } finally {
            lock.unlock();
        }
    }

    boolean idleSince(Instant now) {
        return sent.plus(WINDOW).isBefore(now);
    }

    private List<Trace> past(Instant now) {
        Map<String, Trace> all = new HashMap<>(others);
        all.putAll(own);
        List<Trace> past = new ArrayList<>(all.values());
        past.removeIf(one -> one.became() == Became.EXCUSED || one.at().isBefore(now.minus(WINDOW)));
        past.sort(Comparator.comparing(Trace::at).thenComparing(Trace::id));
        return past.size() <= CALLS_MAX ? past : past.subList(past.size() - CALLS_MAX, past.size());
    }

    private void note(Trace trace, Instant now) {
        own.put(trace.id(), trace);
        unshared.add(trace.id());
        if (own.size() > 2 * CALLS_MAX) {
            own.values().stream()
                    .sorted(Comparator.comparing(Trace::at))
                    .limit(CALLS_MAX)
                    .map(Trace::id)
                    .toList()
                    .forEach(own::remove);
            unshared.retainAll(own.keySet());
        }
        own.values().removeIf(one -> one.at().isBefore(now.minus(WINDOW)));
        unshared.retainAll(own.keySet());
        if (!sharing && !now.isBefore(sent.plus(AGE_MAX))) {
            share(now);
        }
    }

    private void look(Instant now) {
        List<Store.Record> rows = store.read(session -> session.query(
                "select id, at, tool, exact, alike, became from recent_call where subject = ? and at >= ?"
                        + " order by at desc, id limit " + CALLS_MAX,
                subject,
                now.minus(WINDOW)));
        Map<String, Trace> read = new HashMap<>();
        for (Store.Record row : rows) {
            CallShape shape = new CallShape(new ToolName(row.text("tool")), row.text("exact"), row.text("alike"));
            Became became = Became.of(row.number("became"));
            read.put(row.text("id"), new Trace(row.text("id"), row.instant("at"), shape, became));
        }
        others = read;
        looked = now;
    }

    private void share(Instant now) {
        List<List<Object>> rows = new ArrayList<>();
        for (String id : unshared) {
            Trace one = own.get(id);
            if (one != null) {
                CallShape shape = one.shape();
                rows.add(List.of(
                        subject,
                        id,
                        Micros.of(one.at()),
                        shape.tool().value(),
                        shape.exact(),
                        shape.alike(),
                        one.became().stored));
            }
        }
        unshared.clear();
        sharing = true;
        sent = now;
        try {
            // Not on the store's own thread: whoever holds the lock may be waiting for the store.
            var _ = store.writeAsync(session -> session.updateEach(
                            "insert into recent_call (subject, id, at, tool, exact, alike, became)"
                                    + " values (?, ?, ?, ?, ?, ?, ?)"
                                    + " on conflict (subject, id) do update set became = excluded.became",
                            rows))
                    .whenCompleteAsync((_, failed) -> shared(failed));
        } catch (StoreFailure failure) {
            shared(failure);
        }
    }

    /// A share that failed is tried again with a later call: writing a row twice is writing it once.
    private void shared(@Nullable Throwable failed) {
        lock.lock();
        try {
            sharing = false;
            if (failed != null) {
                unshared.addAll(own.keySet());
                LOG.atWarn()
                        .addKeyValue("cause", failed.getClass().getSimpleName())
                        .log("recent calls were not shared");
            }
        } finally {
            lock.unlock();
        }
    }
}
