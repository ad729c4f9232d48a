// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.containment;

import dev.tollgate.store.Micros;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreFailure;
import dev.tollgate.terms.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts different things across nodes: a thing counts once until it has not been touched for the window.
/// Within any window never more than `max` different ones pass. What a node has seen lately it does not look
/// up again: a thing is written once in a 120th of the window at most, so it may count for that much longer.
final class Sightings {
    private static final Logger LOG = LoggerFactory.getLogger(Sightings.class);

    /// Things that a node remembers, about 300 bytes each. When there are more, all are forgotten here: the
    /// store still has them.
    private static final int KNOWN_MAX = 100_000;

    private static final int PARTS = 120;

    private record Key(String subject, String budget, String item) {}

    private final Store store;
    private final ConcurrentMap<Key, Instant> known = new ConcurrentHashMap<>();

    Sightings(Store store) {
        this.store = store;
    }

    /// Takes all things or none; refuses with `OverBudget`, or `Undecidable` when the store cannot say.
    Optional<Refusal> take(Sighting sighting, Instant now, Reservation reservation) {
        Duration part = sighting.budget().window().dividedBy(PARTS);
        Set<String> unknown = sighting.items().stream()
                .filter(item -> !lately(key(sighting, item), now, part))
                .collect(Collectors.toSet());
        if (unknown.isEmpty()) {
            return Optional.empty();
        }
        try {
            int fresh = store.write(session -> write(session, sighting, unknown, now, part));
            remember(sighting, unknown, now);
            // Of several things nobody can say which were new; they stay counted.
            if (fresh == unknown.size()) {
                reservation.add(() -> forget(sighting, unknown, now));
            }
            return Optional.empty();
        } catch (TooMany tooMany) {
            Duration wait =
                    Duration.between(now, tooMany.oldest.plus(sighting.budget().window()));
            Duration retry = wait.isPositive() ? wait.plus(part) : Duration.ofSeconds(1);
            return Optional.of(new Refusal.OverBudget(sighting.budget().name(), retry));
        } catch (StoreFailure failure) {
            String name = sighting.budget().name();
            LOG.atWarn()
                    .addKeyValue("budget", name)
                    .addKeyValue("kind", failure.kind())
                    .log("budget not counted");
            return Optional.of(new Refusal.Undecidable("budget `" + name + "` cannot be counted now"));
        }
    }

    private boolean lately(Key key, Instant now, Duration part) {
        Instant seen = known.get(key);
        return seen != null && !now.isBefore(seen) && now.isBefore(seen.plus(part));
    }

    private void remember(Sighting sighting, Set<String> items, Instant now) {
        if (known.size() + items.size() > KNOWN_MAX) {
            known.clear();
        }
        items.forEach(item -> known.put(key(sighting, item), now));
    }

    /// The call did not happen: its things are forgotten, unless another call has touched them since. A store
    /// that fails now leaves them counted.
    private void forget(Sighting sighting, Set<String> items, Instant at) {
        items.forEach(item -> known.remove(key(sighting, item), at));
        List<List<Object>> rows = items.stream()
                .<List<Object>>map(
                        item -> List.of(sighting.subject(), sighting.budget().name(), item, Micros.of(at)))
                .toList();
        try {
            store.write(session -> session.updateEach(
                    "delete from budget_seen where subject = ? and budget = ? and item = ? and seen_at = ?", rows));
        } catch (StoreFailure failure) {
            LOG.atWarn().addKeyValue("kind", failure.kind()).log("a budget was not given back");
        }
    }

    /// @return how many were not counted before
    private static int write(Store.Session session, Sighting sighting, Set<String> items, Instant now, Duration part) {
        String subject = sighting.subject();
        String budget = sighting.budget().name();
        session.lock("seen:" + budget + ":" + subject);
        session.update(
                "delete from budget_seen where subject = ? and budget = ? and seen_at < ?",
                subject,
                budget,
                now.minus(sighting.budget().window()).minus(part));
        Store.Record counted = session.query(
                        "select count(*) as amount, coalesce(min(seen_at), 0) as oldest from budget_seen"
                                + " where subject = ? and budget = ?",
                        subject,
                        budget)
                .getFirst();
        int again = session.updateEach(
                "update budget_seen set seen_at = ? where subject = ? and budget = ? and item = ?",
                items.stream()
                        .<List<Object>>map(item -> List.of(Micros.of(now), subject, budget, item))
                        .toList());
        int fresh = items.size() - again;
        if (counted.number("amount") + fresh > sighting.budget().max()) {
            throw new TooMany(counted.number("amount") == 0 ? now : counted.instant("oldest"));
        }
        session.updateEach(
                "insert into budget_seen (subject, budget, item, seen_at) values (?, ?, ?, ?) on conflict do nothing",
                items.stream()
                        .<List<Object>>map(item -> List.of(subject, budget, item, Micros.of(now)))
                        .toList());
        return fresh;
    }

    private static Key key(Sighting sighting, String item) {
        return new Key(sighting.subject(), sighting.budget().name(), item);
    }

    /// Undoes the transaction that found too many.
    private static final class TooMany extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Instant oldest;

        TooMany(Instant oldest) {
            super("more different things than the budget has", null, false, false);
            this.oldest = oldest;
        }
    }
}
