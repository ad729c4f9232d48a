// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.audit;

import dev.tollgate.store.Store;
import dev.tollgate.terms.CanonicalJson;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/// Personal values beside the log, in the store's table `audit_value`, all of one entry under one number. Erasing one
/// takes its salt and its value and leaves the row, so that a check can tell erased from lost.
public final class Vault {
    private static final String KEEP = "insert into audit_value"
            + " (id, name, commitment, subject_scope, subject_id, salt, content) values (?, ?, ?, ?, ?, ?, ?)";
    private static final String ERASED =
            "set salt = null, content = null, subject_scope = null, subject_id = null, erased_at = ? where ";

    /// Arguments and answers of an entry, and what it was decided on, may name anyone that the entry is about.
    private static final String BESIDE = "name in ('call', 'answer', 'situation') and id in"
            + " (select id from audit_value where subject_id = ? and (? = '' or subject_scope = ?))";

    /// Entries asked for at once; SQLite takes 32,766 parameters, a cached statement is best small.
    private static final int ASKED_MAX = 64;

    private final Store store;
    private final InstantSource clock;
    private final AtomicLong next;

    private Vault(Store store, InstantSource clock, long next) {
        this.store = store;
        this.clock = clock;
        this.next = new AtomicLong(next);
    }

    /// The vault of a log that is open for writing. Numbers go on where the store ends, also after a crash.
    public static Vault of(Store store, InstantSource clock, LogNumber log) {
        long last = store.read(session -> session.one(
                        "select coalesce(max(id), ?) as last from audit_value where id >= ? and id < ?",
                        log.firstValue(),
                        log.firstValue(),
                        log.endOfValues()))
                .map(row -> row.number("last"))
                .orElse(log.firstValue());
        return new Vault(store, clock, last + 1);
    }

    /// A vault to read from and to erase in; it keeps nothing.
    public static Vault beside(Store store, InstantSource clock) {
        return new Vault(store, clock, LogNumber.NONE.firstValue());
    }

    /// The number for the values of one more entry. Each is given once; one that nothing was kept under is left out.
    long next() {
        return next.getAndIncrement();
    }

    /// Keeps the values of one entry under its number; completes when they are durable.
    CompletableFuture<Integer> keep(long number, List<Payload> payloads) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Payload payload : payloads) {
            Optional<Personal.Subject> subject = payload.personal().subject();
            rows.add(Arrays.asList(
                    number,
                    payload.personal().name(),
                    payload.commitment(),
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

    /// What is held for some entries, by commitment; what was never held is not in the result.
    Map<String, Held> open(Collection<StoredEntry> entries) {
        List<Long> numbers = entries.stream()
                .flatMap(entry -> entry.number("values").stream())
                .distinct()
                .toList();
        Map<String, Held> found = new HashMap<>();
        for (int from = 0; from < numbers.size(); from += ASKED_MAX) {
            List<Long> some = numbers.subList(from, Math.min(numbers.size(), from + ASKED_MAX));
            String places = String.join(", ", Collections.nCopies(some.size(), "?"));
            String sql = "select commitment, name, subject_scope, subject_id, salt, content, erased_at"
                    + " from audit_value where id in (" + places + ")";
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

    /// Erases every value about a subject, and the arguments and answers of the calls that it was part
    /// of. The log stays as it is and still verifies; what was erased is gone for good.
    ///
    /// @param scope where the id means something, as in `Personal.Subject`; nothing for everywhere
    /// @param id    the subject's id
    /// @return values that were erased
    public int erase(Optional<String> scope, String id) {
        return erase(scope, id, (_, _) -> {});
    }

    /// The same, and something else in the same transaction: who erases leaves a trace, or erases nothing.
    ///
    /// @param alongside given the session and how many values are erased in it
    public int erase(Optional<String> scope, String id, ObjIntConsumer<Store.Session> alongside) {
        String where = scope.orElse("");
        long now = AuditIndex.micros(clock.instant());
        return store.write(session -> {
            int erased = session.update("update audit_value " + ERASED + BESIDE, now, id, where, where)
                    + session.update(
                            "update audit_value " + ERASED + "subject_id = ? and (? = '' or subject_scope = ?)",
                            now,
                            id,
                            where,
                            where);
            alongside.accept(session, erased);
            return erased;
        });
    }
}
