// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.console.person;

import dev.tollgate.store.Store;
import dev.tollgate.terms.Digest;
import dev.tollgate.terms.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Who is signed in, on every node. A session ends when its person signs out, after 8 hours, after 30 minutes
/// without a request, or when the bundle does not know its person any more.
public final class Sessions {
    private static final Duration LIFE = Duration.ofHours(8);
    private static final Duration IDLE = Duration.ofMinutes(30);
    /// How exactly silence is measured: a write for each request would be one too many.
    private static final Duration SEEN = Duration.ofMinutes(1);
    /// Sessions of one person: windows on a few devices.
    private static final int PER_USER_MAX = 10;

    private static final int BYTES = 32;

    private final Store store;
    private final People people;
    private final InstantSource clock;
    private final RandomGenerator random;

    /// @param random unpredictable: whoever knows a session's text is its person
    public Sessions(Store store, People people, InstantSource clock, RandomGenerator random) {
        this.store = store;
        this.people = people;
        this.clock = clock;
        this.random = random;
    }

    /// Begins a session; the oldest of a person who has too many ends.
    ///
    /// @return what the browser keeps
    public String begin(UserId user) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String cookie = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant now = clock.instant();
        store.write(session -> {
            session.lock("console/" + user);
            session.update("delete from console_session where began_at <= ?", now.minus(LIFE));
            List<Store.Record> old = session.query(
                    "select session from console_session where user_id = ? order by began_at desc, session",
                    user.value());
            old.stream().skip(PER_USER_MAX - 1L).forEach(row -> end(session, row.text("session")));
            return session.update(
                    "insert into console_session (session, user_id, began_at, seen_at) values (?, ?, ?, ?)",
                    digest(cookie),
                    user.value(),
                    now,
                    now);
        });
        return cookie;
    }

    /// Whose session it is, and notes that it lives.
    public Optional<Person> person(String cookie) {
        Instant now = clock.instant();
        Optional<Person> found = look(cookie, now);
        if (found.isPresent()) {
            store.read(session -> session.one("select seen_at from console_session where session = ?", digest(cookie)))
                    .filter(row -> row.instant("seen_at").plus(SEEN).isBefore(now))
                    .ifPresent(_ -> seen(cookie, now));
        }
        return found;
    }

    /// Whose session it is, without keeping it alive: a window that nobody looks at does not.
    public Optional<Person> look(String cookie) {
        return look(cookie, clock.instant());
    }

    private Optional<Person> look(String cookie, Instant now) {
        return store.read(session -> session.one(
                        "select user_id from console_session where session = ? and began_at > ? and seen_at > ?",
                        digest(cookie),
                        now.minus(LIFE),
                        now.minus(IDLE)))
                .map(row -> new UserId(row.text("user_id")))
                .flatMap(people::find);
    }

    private void seen(String cookie, Instant now) {
        store.write(session ->
                session.update("update console_session set seen_at = ? where session = ?", now, digest(cookie)));
    }

    /// Ends a session.
    public void end(String cookie) {
        store.write(session -> end(session, digest(cookie)));
    }

    private static int end(Store.Session session, String digest) {
        return session.update("delete from console_session where session = ?", digest);
    }

    private static String digest(String cookie) {
        return Digest.of(cookie.getBytes(StandardCharsets.UTF_8)).text();
    }
}
