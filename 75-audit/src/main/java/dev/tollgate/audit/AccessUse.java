// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.audit;

import dev.tollgate.store.Store;
import dev.tollgate.terms.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What agents used of what policies let them do (requirement S0-42), counted by day from the decisions
/// in the audit log. Follows the log behind the calls, on no call's way; nodes that share a store count
/// into one table.
public final class AccessUse {
    /// What a review looks back on.
    public static final Duration LOOKBACK = Duration.ofDays(90);

    /// Longer than a review looks back, so that a late one still sees all of it.
    private static final long DAYS_KEPT = 120;

    /// Entries of one transaction.
    private static final int BATCH_ENTRIES = 500;

    /// Batches of one call: half a minute's entries of a busy node.
    private static final int BATCHES_MAX = 100;

    private final Store store;
    private final String name;
    private final AuditQuestions.Entries entries;

    /// @param name    of the log, in the store
    /// @param entries of that log
    public AccessUse(Store store, String name, AuditQuestions.Entries entries) {
        this.store = store;
        this.name = name;
        this.entries = entries;
    }

    /// What was used of a permission.
    ///
    /// @param workflow  empty when the tokens named none
    /// @param verb      the verb's word
    /// @param dataClass the class
    /// @param times     permitted calls
    /// @param last      the day of the last one
    public record Use(
            String agent,
            String workflow,
            String verb,
            String dataClass,
            String destination,
            long times,
            Instant last) {}

    private record Key(String agent, String workflow, String verb, String dataClass, String destination, long day) {}

    /// Counts what is in the log and was not counted yet, up to 50,000 entries.
    ///
    /// @return whether everything is counted
    public boolean follow() {
        LogNumber log = LogNumber.of(store, name);
        if (log.equals(LogNumber.NONE)) {
            return true;
        }
        for (int batches = 0; batches < BATCHES_MAX; batches++) {
            if (!batch(log)) {
                return true;
            }
        }
        return false;
    }

    /// @return whether there may be more
    private boolean batch(LogNumber log) {
        return store.write(session -> {
            session.lock("access-use/" + log.value());
            long from = session.one("select counted from access_use_position where log_id = ?", log.value())
                    .map(row -> row.number("counted"))
                    .orElse(0L);
            Map<Key, Long> counts = new LinkedHashMap<>();
            long at = from;
            while (at < from + BATCH_ENTRIES) {
                Optional<byte[]> bytes = entries.entry(at);
                if (bytes.isEmpty()) {
                    break;
                }
                count(StoredEntry.read(at, bytes.get()), counts);
                at++;
            }
            keep(session, counts);
            session.update(
                    "insert into access_use_position (log_id, counted) values (?, ?)"
                            + " on conflict (log_id) do update set counted = excluded.counted",
                    log.value(),
                    at);
            return at == from + BATCH_ENTRIES;
        });
    }

    /// A call that was permitted used each class that it was permitted some view of.
    private static void count(StoredEntry entry, Map<Key, Long> counts) {
        boolean permitted = entry.kind().equals("decision")
                && entry.text("ruling/outcome").filter("permit"::equals).isPresent();
        if (!permitted) {
            return;
        }
        long day = entry.at().orElse(Instant.EPOCH).getEpochSecond()
                / Duration.ofDays(1).toSeconds();
        entry.items("ruling/verdicts").stream()
                .filter(Value.Fields.class::isInstance)
                .map(item -> new StoredEntry(entry.index(), (Value.Fields) item))
                .filter(AccessUse::shown)
                .map(verdict -> verdict.text("class").orElse("unclassified"))
                .distinct()
                .forEach(dataClass -> counts.merge(
                        new Key(
                                entry.text("caller/agent").orElse(""),
                                entry.text("caller/workflow").orElse(""),
                                entry.text("call/verb").orElse(""),
                                dataClass,
                                entry.text("call/destination").orElse(""),
                                day),
                        1L,
                        Long::sum));
    }

    private static boolean shown(StoredEntry verdict) {
        return !verdict.text("at_most")
                .or(() -> verdict.text("view"))
                .orElse("withheld")
                .equals("withheld");
    }

    private static void keep(Store.Session session, Map<Key, Long> counts) {
        if (counts.isEmpty()) {
            return;
        }
        List<List<Object>> rows = new ArrayList<>();
        counts.forEach((key, times) ->
                rows.add(List.of(key.agent, key.workflow, key.verb, key.dataClass, key.destination, key.day, times)));
        session.updateEach(
                "insert into access_use (agent, workflow, verb, class, destination, day, times)"
                        + " values (?, ?, ?, ?, ?, ?, ?)"
                        + " on conflict (agent, workflow, verb, class, destination, day)"
                        + " do update set times = access_use.times + excluded.times",
                rows);
        long newest = counts.keySet().stream().mapToLong(Key::day).max().orElse(0);
        session.update("delete from access_use where day < ?", newest - DAYS_KEPT);
    }

    /// What was used since a moment, by whoever shares the store.
    public List<Use> since(Instant from) {
        return store.read(session -> session
                .query(
                        "select agent, workflow, verb, class, destination, sum(times) as times, max(day) as last"
                                + " from access_use where day >= ? group by agent, workflow, verb, class, destination"
                                + " order by agent, workflow, verb, class, destination",
                        from.getEpochSecond() / Duration.ofDays(1).toSeconds())
                .stream()
                .map(row -> new Use(
                        row.text("agent"),
                        row.text("workflow"),
                        row.text("verb"),
                        row.text("class"),
                        row.text("destination"),
                        row.number("times"),
                        Instant.EPOCH.plus(Duration.ofDays(row.number("last")))))
                .toList());
    }
}
