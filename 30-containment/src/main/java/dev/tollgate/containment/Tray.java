// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.containment;

import dev.tollgate.store.Store;
import dev.tollgate.store.StoreFailure;
import dev.tollgate.terms.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One subject's units of one budget on this node. Callers of one subject wait for each other while a lease is
/// taken: one lease serves them all.
final class Tray {
    private static final Logger LOG = LoggerFactory.getLogger(Tray.class);

    /// A tray that served nobody for so long holds nothing that still counts: the longest window and its extra
    /// slots.
    private static final Duration IDLE = Duration.ofHours(29);

    /// Whose tray.
    record Key(String subject, String budget) {}

    private final Key key;
    private final Store store;
    private final ReentrantLock lock = new ReentrantLock();

    /// Units to return to the store, by the slot that they were leased in.
    private final TreeMap<Long, Long> unused = new TreeMap<>();

    private long slot = Long.MIN_VALUE;

    /// INVARIANT: leased in `slot`, counted in the store, handed to nobody.
    private long free;

    /// Units handed out since the last lease: the next lease is twice as large.
    private long taken;

    /// In the current slot the store had fewer than this left; asking again before the next slot would be a waste.
    private long tooMuch = Long.MAX_VALUE;

    private Instant retryAt = Instant.EPOCH;
    private volatile Instant lastTaken = Instant.EPOCH;

    Tray(Key key, Store store) {
        this.key = key;
        this.store = store;
    }

    boolean idleSince(Instant now) {
        return lastTaken.plus(IDLE).isBefore(now);
    }

    /// Takes the units of a charge, or says why not.
    Optional<Refusal> take(Charge charge, Instant now, Reservation reservation) {
        lock.lock();
        try {
            lastTaken = now;
            Budget budget = charge.budget();
            turn(budget.slot(now));
            if (free < charge.amount()) {
                Optional<Refusal> refusal = lease(charge, charge.amount() - free, now);
                if (refusal.isPresent()) {
                    return refusal;
                }
            }
            free -= charge.amount();
            taken += charge.amount();
            long from = slot;
            reservation.add(() -> giveBack(from, charge.amount()));
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /// Begins a slot. What is left of the one before must not be handed out any more: it counts at its own time.
    private void turn(long current) {
        if (current != slot) {
            returning(slot, free);
            slot = current;
            free = 0;
            tooMuch = Long.MAX_VALUE;
        }
    }

    private void returning(long from, long amount) {
        if (amount > 0) {
            unused.merge(from, amount, Long::sum);
            if (unused.size() > Budget.SLOTS_COUNTED) {
                // Older slots do not count any more.
                unused.pollFirstEntry();
            }
        }
    }

    private void giveBack(long from, long amount) {
        lock.lock();
        try {
            if (from == slot) {
                free += amount;
            } else {
                returning(from, amount);
            }
            tooMuch = Long.MAX_VALUE;
        } finally {
            lock.unlock();
        }
    }

    /// Adds at least `need` units to `free`, or says why not.
    private Optional<Refusal> lease(Charge charge, long need, Instant now) {
        Budget budget = charge.budget();
        if (need >= tooMuch) {
            return Optional.of(spent(charge.name(), now));
        }
        long wanted = Math.max(need, Math.min(2 * taken, budget.leaseMax()));
        try {
            Leased leased = store.write(session -> lease(session, budget, need, wanted));
            unused.clear();
            if (leased.granted == 0) {
                tooMuch = need;
                long end = leased.oldest + Budget.SLOTS_COUNTED * budget.slotMillis();
                retryAt = Instant.ofEpochMilli(end);
                return Optional.of(spent(charge.name(), now));
            }
            free += leased.granted;
            taken = 0;
            return Optional.empty();
        } catch (StoreFailure failure) {
            if (failure.kind() == StoreFailure.Kind.UNKNOWN_OUTCOME) {
                // The units may have been returned. Returning them twice would be over-use; losing them is not.
                unused.clear();
            }
            LOG.atWarn()
                    .addKeyValue("budget", budget.name())
                    .addKeyValue("kind", failure.kind())
                    .log("budget not counted");
            return Optional.of(new Refusal.Undecidable("budget `" + budget.name() + "` cannot be counted now"));
        }
    }

    private Refusal spent(String name, Instant now) {
        Duration wait = Duration.between(now, retryAt);
        return new Refusal.OverBudget(name, wait.isPositive() ? wait : Duration.ofSeconds(1));
    }

    /// @param granted 0 when fewer than needed are left
    /// @param oldest  the first slot in which anything was used
    private record Leased(long granted, long oldest) {}

    private Leased lease(Store.Session session, Budget budget, long need, long wanted) {
        session.lock("budget:" + key.budget + ":" + key.subject);
        for (Map.Entry<Long, Long> entry : unused.entrySet()) {
            session.update(
                    "update budget_slot set used = used - ? where subject = ? and budget = ? and slot = ?",
                    entry.getValue(),
                    key.subject,
                    key.budget,
                    entry.getKey());
        }
        long first = slot - (Budget.SLOTS_COUNTED - 1) * budget.slotMillis();
        session.update(
                "delete from budget_slot where subject = ? and budget = ? and slot < ?",
                key.subject,
                key.budget,
                first);
        // Slots to come count too: they belong to nodes whose clocks are ahead.
        Store.Record counted = session.query(
                        "select coalesce(sum(used), 0) as used, coalesce(min(slot), 0) as oldest from budget_slot"
                                + " where subject = ? and budget = ? and used > 0",
                        key.subject,
                        key.budget)
                .getFirst();
        long room = budget.max() - counted.number("used");
        if (room < need) {
            return new Leased(0, counted.number("oldest"));
        }
        long granted = Math.min(wanted, room);
        session.update(
                "insert into budget_slot (subject, budget, slot, used) values (?, ?, ?, ?)"
                        + " on conflict (subject, budget, slot) do update set used = budget_slot.used + excluded.used",
                key.subject,
                key.budget,
                slot,
                granted);
        return new Leased(granted, counted.number("oldest"));
    }
}
