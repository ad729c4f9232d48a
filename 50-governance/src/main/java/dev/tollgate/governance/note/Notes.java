// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.note;

import dev.tollgate.store.Leases;
import dev.tollgate.store.Store;
import dev.tollgate.terms.CanonicalJson;
import dev.tollgate.terms.Digest;
import dev.tollgate.terms.Value;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Notes that wait to be written into an audit log. A note is stored in the transaction of what it tells of,
/// so that neither is there without the other, and leaves when some node's log has it. Written at least
/// once: a node that dies in between writes it again, with the same `note`.
public final class Notes {
    private static final String LEASE = "governance/notes";

    /// Longer than a batch takes; a node that dies in it is replaced after that.
    private static final Duration LEASE_TIME = Duration.ofSeconds(30);

    /// Notes of one batch: the loop comes again within a second.
    private static final int BATCH_MAX = 200;

    private static final JsonMapper JSON = new JsonMapper();

    private final Store store;
    private final Leases leases;

    /// @param leases of this node, on the same store
    public Notes(Store store, Leases leases) {
        this.store = store;
        this.leases = leases;
    }

    /// Stores a note, in the caller's transaction.
    public static void add(Store.Session session, Note note) {
        String detail = text(note.detail());
        Value id = new Value.Items(java.util.List.of(
                Value.of(note.event().name()),
                Value.of(note.by()),
                Value.of(note.at().toString()),
                Value.of(detail)));
        session.update(
                "insert into governance_note (id, event, by_whom, at, detail) values (?, ?, ?, ?, ?)"
                        + " on conflict (id) do nothing",
                Digest.of(id).text(),
                note.event().name(),
                note.by(),
                note.at(),
                detail);
    }

    private static String text(Map<String, String> detail) {
        Map<String, Value> members = new TreeMap<>();
        detail.forEach((name, word) -> members.put(name, Value.of(word)));
        return CanonicalJson.text(new Value.Fields(members));
    }

    /// Hands what waits to `log`, the oldest first, until it does not take one. One node at a time does.
    ///
    /// @param log whether a note is durable in an audit log
    /// @return how many it took
    public int drain(Predicate<Note> log) {
        if (store.read(session -> session.query("select id from governance_note limit 1"))
                .isEmpty()) {
            return 0;
        }
        Optional<Leases.Held> held = leases.acquire(LEASE, LEASE_TIME);
        if (held.isEmpty()) {
            return 0;
        }
        try {
            int taken = 0;
            for (Store.Record row : store.read(session -> session.query(
                    "select id, event, by_whom, at, detail from governance_note order by at, id limit " + BATCH_MAX))) {
                if (!log.test(note(row))) {
                    break;
                }
                taken += store.write(session -> {
                    Leases.guard(session, held.get());
                    return session.update("delete from governance_note where id = ?", row.text("id"));
                });
            }
            return taken;
        } finally {
            leases.release(held.get());
        }
    }

    private static Note note(Store.Record row) {
        Map<String, String> detail = new TreeMap<>();
        JsonNode members = JSON.readTree(row.text("detail"));
        members.properties()
                .forEach(member -> detail.put(member.getKey(), member.getValue().asString("")));
        detail.put("note", row.text("id"));
        detail.put("at", row.instant("at").toString());
        return new Note(Note.Event.valueOf(row.text("event")), row.text("by_whom"), row.instant("at"), detail);
    }
}
