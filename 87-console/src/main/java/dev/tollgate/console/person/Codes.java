// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.console.person;

import dev.tollgate.store.Store;
import dev.tollgate.terms.Digest;
import dev.tollgate.terms.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// One-time codes with which a person enrols a passkey. The store has only their digests; each works once and for
/// a short time, and a new one for the same person ends those before it.
public final class Codes {
    /// Time to walk over and type it in.
    public static final Duration LIFE = Duration.ofMinutes(15);

    private static final int BYTES = 16;
    private static final int CHARS_MAX = 64;

    private final Store store;
    private final InstantSource clock;
    private final RandomGenerator random;

    /// @param random unpredictable: a code is all that stands between a stranger and a passkey
    public Codes(Store store, InstantSource clock, RandomGenerator random) {
        this.store = store;
        this.clock = clock;
        this.random = random;
    }

    /// A new code for a person.
    public String issue(UserId user) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String code = HexFormat.of().formatHex(bytes);
        Instant expires = clock.instant().plus(LIFE);
        store.write(session -> {
            session.update("delete from console_code where user_id = ?", user.value());
            return session.update(
                    "insert into console_code (code, user_id, expires_at) values (?, ?, ?)",
                    digest(code),
                    user.value(),
                    expires);
        });
        return code;
    }

    /// Whom a code is for; nobody when it is unknown, used or late.
    public Optional<UserId> holder(String code) {
        Instant now = clock.instant();
        return code.length() > CHARS_MAX
                ? Optional.empty()
                : store.read(session -> session.one(
                                "select user_id from console_code where code = ? and expires_at > ?", digest(code), now)
                        .map(row -> new UserId(row.text("user_id"))));
    }

    /// Uses a code up, in the caller's transaction: of all that try exactly one passes.
    static boolean use(Store.Session session, String code, UserId user, Instant now) {
        return session.update(
                        "delete from console_code where code = ? and user_id = ? and expires_at > ?",
                        digest(code),
                        user.value(),
                        now)
                == 1;
    }

    private static String digest(String code) {
        return Digest.of(code.getBytes(StandardCharsets.UTF_8)).text();
    }
}
