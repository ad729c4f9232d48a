// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.writes;

import dev.tollgate.store.Store;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// A person at the demo CRM's own screens, past the gateway: reads and writes deals where they are kept.
///
/// @param store where the demo CRM keeps them
record Human(Store store) {
    private static final int TRIES_MAX = 3_000;
    private static final long PAUSE_NANOS = 10_000_000;

    /// Writes a field of a deal, as the CRM itself would: its version grows.
    void writes(String deal, String field, Object value) {
        store.write(session -> session.update(
                "update \"demo_opportunity\" set \"" + field + "\" = ?, \"row_version\" = \"row_version\" + 1"
                        + " where \"id\" = ?",
                value,
                deal));
    }

    /// What a field of a deal holds, as text.
    Optional<String> sees(String deal, String field) {
        return store.read(session -> session.one(
                        "select cast(\"" + field + "\" as text) as held from \"demo_opportunity\" where \"id\" = ?",
                        deal)
                .flatMap(row -> row.textIfAny("held")));
    }

    /// How often a deal was written.
    long version(String deal) {
        return store.read(session -> session.one(
                        "select \"row_version\" as held from \"demo_opportunity\" where \"id\" = ?", deal)
                .orElseThrow()
                .number("held"));
    }

    /// Deals of one owner, once the demo data is there: a gateway loads it while it starts.
    List<String> deals(String owner, int limit) {
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            List<String> deals = store.read(session -> session
                    .query(
                            "select \"id\" as held from \"demo_opportunity\" where \"owner_id\" = ?"
                                    + " and \"tenant_id\" = 'acme' order by \"id\" limit ?",
                            owner,
                            limit)
                    .stream()
                    .map(row -> row.text("held"))
                    .toList());
            if (deals.size() == limit) {
                return deals;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new AssertionError("the demo has fewer than " + limit + " deals of " + owner);
    }
}
