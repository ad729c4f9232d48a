// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.containment;

import dev.tollgate.store.Micros;
import dev.tollgate.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The signs of one agent: what the store knew at the last look, and what this node has not yet shared. A thing that
/// both know counts once. Not safe for threads: its tally locks.
final class RiskSigns {
    private final Map<RiskSign, Map<String, Instant>> seen = new EnumMap<>(RiskSign.class);
    private final Map<RiskSign, Map<String, Instant>> pending = new EnumMap<>(RiskSign.class);

    /// @param items digests of the things that were noticed
    void add(RiskSign sign, Iterable<String> items, Instant now) {
        for (String item : items) {
            if (put(seen, sign, item, now)) {
                put(pending, sign, item, now);
            }
        }
    }

    private static boolean put(Map<RiskSign, Map<String, Instant>> into, RiskSign sign, String item, Instant at) {
        Map<String, Instant> items = into.computeIfAbsent(sign, _ -> new HashMap<>());
        boolean room = items.containsKey(item) || items.size() < RiskSign.ITEMS_MAX;
        if (room) {
            items.merge(item, at, (one, other) -> one.isAfter(other) ? one : other);
        }
        return room;
    }

    boolean hasNews() {
        return !pending.isEmpty();
    }

    /// What is to be shared, once: rows of agent, sign, item, moment.
    List<List<Object>> take(String agent) {
        List<List<Object>> rows = new ArrayList<>();
        pending.forEach((sign, items) ->
                items.forEach((item, at) -> rows.add(List.of(agent, sign.word(), item, Micros.of(at)))));
        pending.clear();
        return rows;
    }

    /// What was taken and not shared is shared with a later call.
    void giveBack(List<List<Object>> rows) {
        rows.forEach(row -> RiskSign.of((String) row.get(1))
                .ifPresent(sign -> put(pending, sign, (String) row.get(2), Micros.instant((long) row.get(3)))));
    }

    void look(Store.Session session, String agent, Instant since) {
        session.query("select sign, item, seen_at from risk_sign where agent = ? and seen_at >= ?", agent, since)
                .forEach(row -> RiskSign.of(row.text("sign"))
                        .ifPresent(sign -> put(seen, sign, row.text("item"), row.instant("seen_at"))));
    }

    static void write(Store.Session session, String agent, List<List<Object>> rows, Instant since) {
        session.update("delete from risk_sign where agent = ? and seen_at < ?", agent, since);
        session.updateEach(
                "insert into risk_sign (agent, sign, item, seen_at) values (?, ?, ?, ?)"
                        + " on conflict (agent, sign, item) do update set seen_at = excluded.seen_at"
                        + " where risk_sign.seen_at < excluded.seen_at",
                rows);
    }

    /// How many things of which sign were noticed since.
    Map<RiskSign, Long> counts(Instant since) {
        Map<RiskSign, Long> counts = new EnumMap<>(RiskSign.class);
        seen.forEach((sign, items) -> {
            items.values().removeIf(at -> at.isBefore(since));
            if (!items.isEmpty()) {
                counts.put(sign, (long) items.size());
            }
        });
        return counts;
    }
}
