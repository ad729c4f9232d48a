// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.store;

import dev.tollgate.store.StoreFailure.Kind;
import dev.tollgate.terms.Require;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// One node at a time for a piece of work. Time (the database's, not the nodes') only decides when another node
/// may try; what keeps two holders apart is the fence, a number that grows with every new holder and that
/// `guard` checks in the transaction itself. A node that slept through its lease, or whose clock jumped, can do
/// no harm.
public final class Leases {
    private static final Duration TIME_MAX = Duration.ofHours(1);

    private final Store store;
    private final String holder;

    /// @param holder this node, for people who look at the table
    public Leases(Store store, String holder) {
        this.store = store;
        this.holder = Require.id("holder", holder);
    }

    /// A lease that was acquired.
    ///
    /// @param name  of the work
    /// @param fence larger than that of every holder before
    public record Held(String name, long fence) {}

    /// Takes the lease, unless someone holds it.
    ///
    /// @param time how long it lasts unless renewed, up to an hour
    public Optional<Held> acquire(String name, Duration time) {
        Require.id("lease", name);
        return store.write(session -> {
            Instant now = session.now();
            return session.one(
                            "insert into lease (name, holder, fence, expires_at) values (?, ?, 1, ?)"
                                    + " on conflict (name) do update set holder = excluded.holder,"
                                    + " fence = lease.fence + 1, expires_at = excluded.expires_at"
                                    + " where lease.expires_at <= ? returning fence",
                            name,
                            holder,
                            end(now, time),
                            now)
                    .map(row -> new Held(name, row.number("fence")));
        });
    }

    /// Makes a lease last from now on. False when another has taken it over.
    public boolean renew(Held held, Duration time) {
        return store.write(session -> session.update(
                        "update lease set expires_at = ? where name = ? and fence = ?",
                        end(session.now(), time),
                        held.name(),
                        held.fence())
                == 1);
    }

    /// Lets go, so that another need not wait. Does nothing when another has taken it over.
    public void release(Held held) {
        store.write(session -> session.update(
                "update lease set expires_at = 0 where name = ? and fence = ?", held.name(), held.fence()));
    }

    /// Call it first in a transaction that only the holder may commit. Until the transaction ends nobody else
    /// can take the lease.
    ///
    /// @throws StoreFailure of kind `CONFLICT` when another has taken it over
    public static void guard(Store.Session session, Held held) {
        int mine = session.update(
                "update lease set fence = fence where name = ? and fence = ?", held.name(), held.fence());
        if (mine != 1) {
            throw new StoreFailure(Kind.CONFLICT, "the lease `" + held.name() + "` has another holder");
        }
    }

    private static Instant end(Instant now, Duration time) {
        Require.require(time.isPositive() && time.compareTo(TIME_MAX) <= 0, "a lease lasts up to an hour");
        return now.plus(time);
    }
}
