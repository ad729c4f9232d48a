// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.containment;

import dev.tollgate.store.Micros;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreFailure;
import dev.tollgate.terms.AgentId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What one agent tried in the last ten minutes, by the minute: what the store knew at the last look, and what
/// this node has not yet shared.
final class RiskTally {
    private static final Logger LOG = LoggerFactory.getLogger(RiskTally.class);

    /// What lies further back does not count.
    static final int MINUTES = 10;

    /// How old the last look at the store may be.
    private static final Duration LOOK_AGE_MAX = Duration.ofSeconds(1);

    /// How long permitted calls wait to be shared. Denied ones do not wait.
    private static final Duration SHARE_AGE_MAX = Duration.ofSeconds(1);

    /// Calls of one minute.
    private record Count(long calls, long denied, long sensitive) {
        Count plus(Count other) {
            return new Count(calls + other.calls, denied + other.denied, sensitive + other.sensitive);
        }
    }

    private final AgentId agent;
    private final Store store;
    private final ReentrantLock lock = new ReentrantLock();

    /// Counts by the minute that they began in.
    private TreeMap<Instant, Count> shared = new TreeMap<>();

    private TreeMap<Instant, Count> pending = new TreeMap<>();
    private TreeMap<Instant, Count> sharing = new TreeMap<>();
    private final RiskSigns signs = new RiskSigns();
    private final AgentVersions versions;
    private Instant looked = Instant.EPOCH;
    private Instant sent = Instant.EPOCH;

    RiskTally(AgentId agent, Store store) {
        this.agent = agent;
        this.store = store;
        this.versions = new AgentVersions(agent.value());
    }

    void observe(Instant now, boolean denied, boolean sensitive) {
        lock.lock();
        try {
            pending.merge(minute(now), new Count(1, denied ? 1 : 0, sensitive ? 1 : 0), Count::plus);
            prune(pending, now);
            if (sharing.isEmpty() && (denied || !now.isBefore(sent.plus(SHARE_AGE_MAX)))) {
                share(now);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Something was noticed: other nodes hear of it at once.
    void sight(Instant now, RiskSign sign, Collection<String> items) {
        lock.lock();
        try {
            signs.add(sign, items, now);
            if (sharing.isEmpty() && signs.hasNews()) {
                share(now);
            }
        } finally {
            lock.unlock();
        }
    }

    RiskScore score(Rated rated, RiskTerms terms, Instant now) {
        lock.lock();
        try {
            // While counts are on their way the store may have them or not: looking then would count them twice.
            boolean old = !now.isBefore(looked.plus(LOOK_AGE_MAX)) || now.isBefore(looked);
            if (old && sharing.isEmpty()) {
                look(now);
            }
            return weigh(rated, terms, now);
        } catch (StoreFailure failure) {
            LOG.atWarn().addKeyValue("kind", failure.kind()).log("risk cannot be read");
            return RiskScore.UNKNOWN;
        } finally {
            lock.unlock();
        }
    }

    private RiskScore weigh(Rated rated, RiskTerms terms, Instant now) {
        Instant first = minute(now).minus(MINUTES - 1, ChronoUnit.MINUTES);
        Instant recent = minute(now).minus(1, ChronoUnit.MINUTES);
        Count all = new Count(0, 0, 0);
        Count late = new Count(0, 0, 0);
        for (TreeMap<Instant, Count> counts : List.of(shared, pending, sharing)) {
            for (Count count : counts.tailMap(first).values()) {
                all = all.plus(count);
            }
            for (Count count : counts.tailMap(recent).values()) {
                late = late.plus(count);
            }
        }
        Map<RiskSign, Long> noticed = signs.counts(since(now));
        if (terms.outside(rated.type(), now)) {
            noticed.put(RiskSign.UNUSUAL_HOUR, 1L);
        }
        if (rated.version().filter(version -> isNew(version, terms, now)).isPresent()) {
            noticed.put(RiskSign.NEW_AGENT_VERSION, 1L);
        }
        return RiskWeights.score(
                new RiskWeights.Counted(all.calls, all.denied, all.sensitive, late.calls, late.denied), noticed, terms);
    }

    private boolean isNew(String version, RiskTerms terms, Instant now) {
        return now.isBefore(versions.first(store, version, now).plus(terms.newVersion()));
    }

    private void look(Instant now) {
        Instant first = minute(now).minus(MINUTES - 1, ChronoUnit.MINUTES);
        List<Store.Record> rows = store.read(session -> {
            signs.look(session, agent.value(), since(now));
            return session.query(
                    "select slot, calls, denied, sensitive from risk_slot where agent = ? and slot >= ?",
                    agent.value(),
                    first);
        });
        TreeMap<Instant, Count> read = new TreeMap<>();
        rows.forEach(row -> read.put(
                row.instant("slot"), new Count(row.number("calls"), row.number("denied"), row.number("sensitive"))));
        shared = read;
        looked = now;
    }

    private void share(Instant now) {
        TreeMap<Instant, Count> out = pending;
        pending = new TreeMap<>();
        sharing = out;
        sent = now;
        List<List<Object>> noticed = signs.take(agent.value());
        try {
            // Not on the store's own thread: whoever holds the lock may be waiting for the store.
            var _ = store.writeAsync(session -> write(session, out, noticed, now))
                    .whenCompleteAsync((_, failed) -> shared(out, noticed, failed));
        } catch (StoreFailure failure) {
            shared(out, noticed, failure);
        }
    }

    private void shared(Map<Instant, Count> out, List<List<Object>> noticed, @Nullable Throwable failed) {
        lock.lock();
        try {
            sharing = new TreeMap<>();
            boolean lost = failed != null
                    && !(failed instanceof StoreFailure failure && failure.kind() == StoreFailure.Kind.UNKNOWN_OUTCOME);
            // A failed share is tried again with a later call; one of unknown outcome counts on this node only.
            TreeMap<Instant, Count> into = lost ? pending : shared;
            out.forEach((slot, count) -> into.merge(slot, count, Count::plus));
            if (failed != null) {
                signs.giveBack(noticed);
                LOG.atWarn()
                        .addKeyValue("cause", failed.getClass().getSimpleName())
                        .log("risk was not shared");
            }
        } finally {
            lock.unlock();
        }
    }

    private int write(Store.Session session, Map<Instant, Count> out, List<List<Object>> noticed, Instant now) {
        if (!noticed.isEmpty()) {
            RiskSigns.write(session, agent.value(), noticed, since(now));
        }
        List<List<Object>> rows = new ArrayList<>();
        out.forEach((slot, count) ->
                rows.add(List.of(agent.value(), Micros.of(slot), count.calls, count.denied, count.sensitive)));
        session.update(
                "delete from risk_slot where agent = ? and slot < ?",
                agent.value(),
                minute(now).minus(MINUTES, ChronoUnit.MINUTES));
        return session.updateEach(
                "insert into risk_slot (agent, slot, calls, denied, sensitive) values (?, ?, ?, ?, ?)"
                        + " on conflict (agent, slot) do update set calls = risk_slot.calls + excluded.calls,"
                        + " denied = risk_slot.denied + excluded.denied,"
                        + " sensitive = risk_slot.sensitive + excluded.sensitive",
                rows);
    }

    /// From when on a thing counts that was noticed.
    private static Instant since(Instant now) {
        return now.minus(MINUTES, ChronoUnit.MINUTES);
    }

    private static void prune(NavigableMap<Instant, Count> counts, Instant now) {
        counts.headMap(minute(now).minus(MINUTES, ChronoUnit.MINUTES)).clear();
    }

    private static Instant minute(Instant at) {
        return at.truncatedTo(ChronoUnit.MINUTES);
    }
}
