// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.containment;

import dev.tollgate.store.Store;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Budgets that hold across nodes. A node takes units from the store in small leases and hands them out from
/// memory, so that a call seldom waits for the disk: the first of a slot (a twelfth of the window), and then
/// about one in as many as the agent has been using.
///
/// Over-use is impossible: units are counted in the store when they are leased, and within any window, on all
/// nodes together, no more than `max` are leased, as long as the nodes' clocks differ by less than a slot.
/// Under-use is bounded: a unit counts for up to 14 slots instead of 12, and each other node may hold up to an
/// eighth of `max` unused; when it next serves the same subject it returns them.
///
/// A store that fails refuses the call. Safe for many threads.
public final class Budgets {
    /// Subjects that a node remembers, about 200 bytes each. One that is forgotten loses what it leased and did
    /// not use.
    private static final int TRAYS_MAX = 20_000;

    /// The longest window, its extra slots, and an hour for clocks of nodes that differ.
    private static final Duration KEPT = Duration.ofHours(30);

    /// Rows that one clean-up removes at most, so that it never holds up the changes behind it.
    private static final int FORGET_MAX = 1_000;

    private final Store store;
    private final InstantSource clock;
    private final Sightings sightings;
    private final ConcurrentMap<Tray.Key, Tray> trays = new ConcurrentHashMap<>();

    /// @param store shared by every node that counts against the same budgets
    public Budgets(Store store, InstantSource clock) {
        this.store = store;
        this.sightings = new Sightings(store);
        this.clock = clock;
    }

    /// Takes one call of an agent from a budget.
    public Step<Reservation> reserve(AgentId agent, Budget budget) {
        return reserve(List.of(Charge.call(agent, budget)));
    }

    /// Takes all charges or none. Refuses with `OverBudget` when one of the budgets is spent, and with
    /// `Undecidable` when the store cannot say.
    public Step<Reservation> reserve(List<Charge> charges) {
        return reserve(charges, List.of());
    }

    /// The same with different things that are counted once each.
    public Step<Reservation> reserve(List<Charge> charges, List<Sighting> sighted) {
        Reservation reservation = new Reservation();
        for (Charge charge : charges) {
            Instant now = clock.instant();
            Tray tray = tray(charge, now);
            Optional<Refusal> refusal = tray.take(charge, now, reservation);
            if (refusal.isPresent()) {
                reservation.giveBack();
                return Step.refuse(refusal.get());
            }
        }
        for (Sighting sighting : sighted) {
            Optional<Refusal> refusal = sightings.take(sighting, clock.instant(), reservation);
            if (refusal.isPresent()) {
                reservation.giveBack();
                return Step.refuse(refusal.get());
            }
        }
        return Step.pass(reservation);
    }

    /// Forgets what no window reaches any more, up to 1,000 rows of a kind. Call it now and then.
    ///
    /// @return how many rows were forgotten
    public int forget() {
        Instant before = clock.instant().minus(KEPT);
        return store.write(session -> session.update(
                        "delete from budget_slot where (subject, budget, slot) in (select subject, budget, slot"
                                + " from budget_slot where slot < ? order by slot limit " + FORGET_MAX + ")",
                        before.toEpochMilli())
                + session.update(
                        "delete from budget_seen where (subject, budget, item) in (select subject, budget, item"
                                + " from budget_seen where seen_at < ? order by seen_at limit " + FORGET_MAX + ")",
                        before));
    }

    private Tray tray(Charge charge, Instant now) {
        Tray.Key key = new Tray.Key(charge.subject(), charge.budget().name());
        Tray known = trays.get(key);
        if (known != null) {
            return known;
        }
        if (trays.size() >= TRAYS_MAX) {
            forget(now);
        }
        return trays.computeIfAbsent(key, made -> new Tray(made, store));
    }

    /// Forgets trays whose units have all expired, and when there are none, some tray: its subject can only
    /// lose by it.
    private void forget(Instant now) {
        trays.values().removeIf(tray -> tray.idleSince(now));
        if (trays.size() >= TRAYS_MAX) {
            trays.keySet().stream().findAny().ifPresent(trays::remove);
        }
    }
}
