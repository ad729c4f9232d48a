// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.lineage.heard;

import dev.tollgate.store.Store;
import dev.tollgate.store.StoreFailure;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Remembers what tasks were told, in the store, so that every node recognises it. Holds digests under a key of the
/// tenant: nobody without the key can ask what a task was told. Safe for many threads.
public final class HeardWords {
    /// A task that goes on longer is another task.
    static final Duration LIFE = Duration.ofDays(7);

    private static final Logger LOG = LoggerFactory.getLogger(HeardWords.class);
    private static final String ALGORITHM = "HmacSHA256";
    private static final int FORGET_MAX = 1_000;

    private final Store store;
    private final SecretKey key;
    private final InstantSource clock;

    /// @param key shared by every node that has the same store
    public HeardWords(Store store, SecretKey key, InstantSource clock) {
        this.store = store;
        this.key = key;
        this.clock = clock;
    }

    /// What the task of a call was told so far. Refuses with `Undecidable` when the store cannot say.
    public Step<Heard> heard(Principal who) {
        try {
            Map<Hearing, WordFilter> filters = store.read(session -> filters(session, task(who)));
            return Step.pass(new Heard(filters, digests(who)));
        } catch (StoreFailure failure) {
            LOG.atWarn().addKeyValue("kind", failure.kind()).log("what a task was told cannot be read");
            return Step.refuse(new Refusal.Undecidable("what you were told before cannot be read now"));
        }
    }

    /// Remembers what a task is about to be told. Refuses with `Undecidable` when it cannot be written:
    /// then it must not be told.
    public Step<Boolean> hear(Principal who, Map<Hearing, ? extends Set<String>> told) {
        if (told.values().stream().allMatch(Set::isEmpty)) {
            return Step.pass(false);
        }
        Function<String, byte[]> digests = digests(who);
        try {
            return Step.pass(store.write(session -> write(session, task(who), told, digests)));
        } catch (StoreFailure failure) {
            LOG.atWarn().addKeyValue("kind", failure.kind()).log("what a task is told cannot be remembered");
            return Step.refuse(new Refusal.Undecidable("what you are told cannot be remembered now"));
        }
    }

    private boolean write(
            Store.Session session,
            String task,
            Map<Hearing, ? extends Set<String>> told,
            Function<String, byte[]> digests) {
        session.lock("heard " + task);
        Map<Hearing, WordFilter> filters = filters(session, task);
        Instant until = clock.instant().plus(LIFE);
        boolean changed = false;
        for (Map.Entry<Hearing, ? extends Set<String>> one : told.entrySet()) {
            WordFilter filter = filters.computeIfAbsent(one.getKey(), _ -> WordFilter.empty());
            boolean fresh = false;
            for (String part : one.getValue()) {
                fresh |= filter.add(digests.apply(part));
            }
            if (fresh) {
                changed = true;
                session.update(
                        "insert into heard_words (task, hearing, entries, words, ends_at) values (?, ?, ?, ?, ?)"
                                + " on conflict (task, hearing) do update set entries = excluded.entries,"
                                + " words = excluded.words, ends_at = excluded.ends_at",
                        task,
                        one.getKey().word(),
                        filter.entries(),
                        filter.bytes(),
                        until);
            }
        }
        return changed;
    }

    private static Map<Hearing, WordFilter> filters(Store.Session session, String task) {
        Map<Hearing, WordFilter> filters = new EnumMap<>(Hearing.class);
        for (Store.Record row : session.query("select hearing, entries, words from heard_words where task = ?", task)) {
            for (Hearing hearing : Hearing.values()) {
                if (hearing.word().equals(row.text("hearing"))) {
                    filters.put(hearing, WordFilter.read(row.bytes("words"), Math.toIntExact(row.number("entries"))));
                }
            }
        }
        return filters;
    }

    /// The task of a principal, unreadable: tasks of different agents, persons and tenants are different tasks.
    private String task(Principal who) {
        byte[] digest = digests(who).apply("task");
        return java.util.HexFormat.of().formatHex(digest);
    }

    /// Digests under the key of a task.
    private Function<String, byte[]> digests(Principal who) {
        Mac tenant = mac(key);
        String task = String.join(
                "\0",
                who.tenant().value(),
                who.agent().value(),
                who.user().value(),
                who.delegation().task().value());
        byte[] own = tenant.doFinal(task.getBytes(StandardCharsets.UTF_8));
        Mac mac = mac(new SecretKeySpec(own, ALGORITHM));
        return part -> mac.doFinal(part.getBytes(StandardCharsets.UTF_8));
    }

    private static Mac mac(SecretKey key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("the platform has no " + ALGORITHM, broken);
        }
    }

    /// Forgets tasks that ended, up to 1,000 rows. Call it now and then.
    ///
    /// @return how many rows were forgotten
    public int forget() {
        Instant now = clock.instant();
        return store.write(session -> session.update(
                "delete from heard_words where (task, hearing) in"
                        + " (select task, hearing from heard_words where ends_at < ? order by ends_at limit "
                        + FORGET_MAX
                        + ")",
                now));
    }
}
