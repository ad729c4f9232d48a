// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.audit;

import dev.tollgate.store.Store;
import dev.tollgate.terms.CanonicalJson;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Personal values beside the log, each under its commitment, in the store's table `audit_payload`. Erasing
/// one takes
/// its salt and its value and leaves the row, so that a check can tell erased from lost.
public final class Vault {
    private static final String KEEP = "insert into audit_payload"
            + " (commitment, entry, name, subject_scope, subject_id, salt, content) values (?, ?, ?, ?, ?, ?, ?)"
            + " on conflict (commitment) do nothing";
    private static final String ERASED =
            "set salt = null, content = null, subject_scope = null, subject_id = null, erased_at = ? where ";

    /// Arguments and answers of an entry may name anyone that the entry is about.
    private static final String BESIDE = "name in ('call', 'answer') and entry in"
            + " (select entry from audit_payload where subject_id = ? and (? = '' or subject_scope = ?))";

    /// Commitments asked for at once; SQLite takes 32,766 parameters, a cached statement is best small.
    private static final int ASKED_MAX = 64;

    private final Store store;
    private final InstantSource clock;

    /// A vault in `store`.
    public Vault(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /// Keeps the values of one entry; completes when they are durable.
    CompletableFuture<Integer> keep(List<Payload> payloads) {
        String entry = payloads.getFirst().commitment();
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Payload payload : payloads) {
            Optional<Personal.Subject> subject = payload.personal().subject();
            rows.add(Arrays.asList(
                    payload.commitment(),
                    entry,
                    payload.personal().name(),
                    subject.map(Personal.Subject::scope).orElse(null),
                    subject.map(Personal.Subject::id).orElse(null),
                    Base64.getEncoder().encodeToString(payload.salt()),
                    CanonicalJson.text(payload.value())));
        }
        return store.writeAsync(session -> session.updateEach(KEEP, rows));
    }

    /// What the vault knows of a commitment.
    ///
    /// @param payload  the value, unless it was erased
    /// @param erasedAt when it was erased
    record Held(Optional<Payload> payload, Optional<Instant> erasedAt) {}

    /// Looks commitments up; those that the vault never held are not in the result.
    Map<String, Held> open(List<String> commitments) {
        Map<String, Held> found = new HashMap<>();
        for (int from = 0; from < commitments.size(); from += ASKED_MAX) {
            List<String> some = commitments.subList(from, Math.min(commitments.size(), from + ASKED_MAX));
            String places = String.join(", ", Collections.nCopies(some.size(), "?"));
            String sql = "select commitment, name, subject_scope, subject_id, salt, content, erased_at"
                    + " from audit_payload where commitment in (" + places + ")";
            @Nullable Object[] arguments = some.toArray(new @Nullable Object[0]);
            store.read(session -> session.query(sql, arguments))
                    .forEach(row -> found.put(row.text("commitment"), held(row)));
        }
        return found;
    }

    private static Held held(Store.Record row) {
        if (row.isNull("salt")) {
            return new Held(Optional.empty(), Optional.of(row.instant("erased_at")));
        }
        Optional<Personal.Subject> subject =
                row.textIfAny("subject_id").map(id -> new Personal.Subject(row.text("subject_scope"), id));
        Personal personal = new Personal(row.text("name"), subject, StoredEntry.value(row.text("content")));
        byte[] salt = Base64.getDecoder().decode(row.text("salt"));
        return new Held(Optional.of(new Payload(row.text("commitment"), personal, salt)), Optional.empty());
    }

    /// Erases every value about a subject, and the arguments and answers of the calls that it was part of.
    /// The log
    /// stays as it is and still verifies; what was erased is gone for good.
    ///
    /// @param scope where the id means something, as in `Personal.Subject`; nothing for everywhere
    /// @param id    the subject's id
    /// @return values that were erased
    public int erase(Optional<String> scope, String id) {
        String where = scope.orElse("");
        long now = AuditIndex.micros(clock.instant());
        return store.write(session -> session.update("update audit_payload " + ERASED + BESIDE, now, id, where, where)
                + session.update(
                        "update audit_payload " + ERASED + "subject_id = ? and (? = '' or subject_scope = ?)",
                        now,
                        id,
                        where,
                        where));
    }
}
