// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.tryton;

import dev.tollgate.connectors.Credential;
import dev.tollgate.connectors.Deadline;
import dev.tollgate.connectors.UpstreamBroken;
import dev.tollgate.connectors.UpstreamBroken.Why;
import dev.tollgate.terms.RevealsSecret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Calls methods inside a login session. Logs in at the first call of a lease, since Tryton hashes the
/// password at each login on purpose slowly; a session ends with the lease under which it began. Logs in
/// again once when the server forgot the session, never more: a second 401 means that the credential is
/// wrong.
final class TrytonSession {
    /// A user id and a session key.
    private static final int ANSWER_BYTES_MAX = 4 << 10;

    private static final Pattern KEY = Pattern.compile("[0-9a-f]{16,128}");

    private final TrytonWire wire;
    private final String user;
    private final InstantSource clock;
    private final ReentrantLock login = new ReentrantLock();
    private volatile @Nullable Open open;

    TrytonSession(TrytonWire wire, String user, InstantSource clock) {
        this.wire = wire;
        this.user = user;
        this.clock = clock;
    }

    /// A session and when its lease ends. The header is as good as the password while it lasts.
    private record Open(String header, Instant until) {
        @Override
        public String toString() {
            return "Open[***]";
        }
    }

    /// The result of a method that needs a session.
    JsonNode call(String method, ArrayNode params, Credential credential, Deadline deadline, int bytesMax) {
        Open session = current(credential, deadline, Optional.empty());
        try {
            return wire.call(method, params, Optional.of(session.header()), deadline, bytesMax);
        } catch (TrytonWire.SessionEnded _) {
            return again(method, params, current(credential, deadline, Optional.of(session)), deadline, bytesMax);
        }
    }

    /// The result of a method that changes records. Sent again only when the server did not know the
    /// session, and so did nothing.
    ///
    /// @throws UpstreamBroken `unknown_outcome` when it was sent and nobody knows what became of it
    /// @throws dev.tollgate.connectors.Unchanged when a record is in another state than the method named
    JsonNode change(String method, ArrayNode params, Credential credential, Deadline deadline, int bytesMax) {
        Open session = current(credential, deadline, Optional.empty());
        try {
            return wire.change(method, params, session.header(), deadline, bytesMax);
        } catch (TrytonWire.SessionEnded _) {
            Open fresh = current(credential, deadline, Optional.of(session));
            try {
                return wire.change(method, params, fresh.header(), deadline, bytesMax);
            } catch (TrytonWire.SessionEnded _) {
                throw new UpstreamBroken(Why.REJECTED);
            }
        }
    }

    private JsonNode again(String method, ArrayNode params, Open session, Deadline deadline, int bytesMax) {
        try {
            return wire.call(method, params, Optional.of(session.header()), deadline, bytesMax);
        } catch (TrytonWire.SessionEnded _) {
            throw new UpstreamBroken(Why.REJECTED);
        }
    }

    /// The open session, or a new one when there is none, its lease ended, or it is `stale`.
    private Open current(Credential credential, Deadline deadline, Optional<Open> stale) {
        Open seen = usable(stale);
        if (seen != null) {
            return seen;
        }
        await(deadline);
        try {
            seen = usable(stale);
            if (seen != null) {
                return seen;
            }
            Open fresh = new Open(login(credential, deadline), credential.until());
            open = fresh;
            return fresh;
        } finally {
            login.unlock();
        }
    }

    private void await(Deadline deadline) {
        try {
            if (!login.tryLock(deadline.nanosLeft(), TimeUnit.NANOSECONDS)) {
                throw new UpstreamBroken(Why.TIMEOUT);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new UpstreamBroken(Why.TIMEOUT);
        }
    }

    private @Nullable Open usable(Optional<Open> stale) {
        Open seen = open;
        if (seen == null || !clock.instant().isBefore(seen.until())) {
            return null;
        }
        return stale.filter(seen::equals).isEmpty() ? seen : null;
    }

    @RevealsSecret("Tryton's login takes the password")
    private String login(Credential credential, Deadline deadline) {
        ObjectNode proof = JsonNodeFactory.instance.objectNode();
        proof.put("password", credential.secret().reveal());
        ArrayNode params = JsonNodeFactory.instance.arrayNode();
        params.add(user).add(proof).add("en");
        JsonNode answer;
        try {
            answer = wire.call("common.db.login", params, Optional.empty(), deadline, ANSWER_BYTES_MAX);
        } catch (TrytonWire.SessionEnded _) {
            throw new UpstreamBroken(Why.REJECTED);
        }
        boolean session = answer.path(0).isIntegralNumber()
                && answer.path(1).isString()
                && KEY.matcher(answer.path(1).stringValue()).matches();
        if (!session) {
            throw new UpstreamBroken(Why.GARBAGE);
        }
        String proven =
                user + ":" + answer.path(0).asLong() + ":" + answer.path(1).stringValue();
        return "Session " + Base64.getEncoder().encodeToString(proven.getBytes(StandardCharsets.UTF_8));
    }
}
