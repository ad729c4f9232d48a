// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.mcp;

import dev.tollgate.server.wire.Members;
import dev.tollgate.terms.Digest;
import dev.tollgate.terms.Value;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Sessions of the handshake revisions, kept by the client: the session id holds what `initialize` agreed on,
/// sealed. A second node needs nothing to serve it. A session proves nothing: every request carries its own
/// credentials, and one of another principal does not find the session.
final class Sessions {
    /// Long enough for a working day of an agent; clients begin again when a session is gone.
    private static final Duration TTL = Duration.ofHours(12);

    private final Seal seal;
    private final Once once;
    private final InstantSource clock;
    private final RandomGenerator random;

    /// What `initialize` agreed on.
    ///
    /// @param nonce names the session
    record Session(String nonce, String version, ClientAbilities client, Instant until) {}

    Sessions(SealingKey key, Once once, InstantSource clock, RandomGenerator random) {
        this.seal = new Seal(key, "session");
        this.once = once;
        this.clock = clock;
        this.random = random;
    }

    /// The id of a new session.
    String begin(String principal, String version, ClientAbilities client) {
        String nonce = Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
        return seal.close(new Value.Fields(Map.of(
                "p", Value.of(digest(principal)),
                "v", Value.of(version),
                "c", Value.of(client.bits()),
                "e", Value.of(clock.instant().plus(TTL).getEpochSecond()),
                "n", Value.of(nonce))));
    }

    /// The session of this id, when it is ours, of this principal, in time and not ended.
    Optional<Session> find(String principal, String id) {
        return seal.open(id)
                .filter(content -> Members.text(content, "p").equals(Optional.of(digest(principal))))
                .map(content -> new Session(
                        Members.text(content, "n").orElseThrow(),
                        Members.text(content, "v").orElseThrow(),
                        ClientAbilities.of((int) seconds(content, "c")),
                        Instant.ofEpochSecond(seconds(content, "e"))))
                .filter(session -> clock.instant().isBefore(session.until()) && !once.used(key(session)));
    }

    /// Ends a session. False when that cannot be remembered.
    boolean end(Session session) {
        return once.first(key(session), session.until());
    }

    static long seconds(Value.Fields from, String name) {
        return from.values().get(name) instanceof Value.Num num ? num.number().longValue() : 0;
    }

    private static String key(Session session) {
        return "session-" + session.nonce();
    }

    private static String digest(String principal) {
        return Digest.of(principal.getBytes(StandardCharsets.UTF_8)).text();
    }
}
