// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.secrets.vault;

import dev.tollgate.secrets.Lease;
import dev.tollgate.secrets.SecretStore;
import dev.tollgate.secrets.vault.VaultWire.Came;
import dev.tollgate.terms.SecretValue;
import dev.tollgate.terms.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A HashiCorp Vault or an OpenBao. A key-value secret is read at each lease, so that what is rotated there counts
/// from the next call on, and what is taken back there never counts again. What an engine makes for the asker and
/// leases, such as an account of a database, is kept for its lease, which is renewed while the vault renews it, and
/// given back at the end. No lease that is handed on outlasts the vault's.
public final class VaultSecretStore implements SecretStore, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VaultSecretStore.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final VaultPlace place;
    private final VaultWire wire;
    private final VaultSession session;
    private final InstantSource clock;

    /// What engines leased, by name; no more names than the place names.
    private final Map<String, Made> made = new ConcurrentHashMap<>();

    /// Asks nothing before the first lease.
    public VaultSecretStore(VaultPlace place, InstantSource clock) {
        this(place, clock, VaultWire.WITHIN);
    }

    VaultSecretStore(VaultPlace place, InstantSource clock, Duration within) {
        this.place = place;
        this.clock = clock;
        this.wire = new VaultWire(place, within);
        this.session = new VaultSession(wire, place.login(), clock);
    }

    /// Something that an engine made for this gateway.
    ///
    /// @param lease its id at the vault
    private record Made(SecretValue secret, String lease, Instant ends, Duration length, boolean renewable) {
        /// A third of its life is left.
        boolean old(Instant now) {
            return !now.isBefore(ends.minus(length.dividedBy(3)));
        }
    }

    @Override
    public Step<Lease> lease(String name, Duration most) {
        if (!NAME.matcher(name).matches()) {
            return SecretStore.rejected();
        }
        return place.paths().containsKey(name) ? madeFor(name, most) : read(name, most);
    }

    private Step<Lease> read(String name, Duration most) {
        Came came = session.ask("GET", place.spot(name).path(), Optional.empty());
        return came instanceof Came.Well(JsonNode body) ? taken(name, body, most) : refused(name, came);
    }

    private Step<Lease> madeFor(String name, Duration most) {
        // One thread a name: two that come at once would have the engine make two.
        Made kept = made.get(name);
        Instant now = clock.instant();
        if (kept != null && !kept.old(now)) {
            return Step.pass(bounded(name, kept.secret(), most, kept.ends()));
        }
        synchronized (made) {
            Made again = renewed(name);
            return again == null ? read(name, most) : Step.pass(bounded(name, again.secret(), most, again.ends()));
        }
    }

    /// What is kept, with as much of its lease left as the vault gives; nothing when a new one is needed.
    private @Nullable Made renewed(String name) {
        Made kept = made.get(name);
        Instant now = clock.instant();
        if (kept == null || !now.isBefore(kept.ends())) {
            made.remove(name);
            return null;
        }
        if (!kept.old(now)) {
            return kept;
        }
        if (kept.renewable()) {
            String body = JSON.writeValueAsString(JSON.createObjectNode()
                    .put("lease_id", kept.lease())
                    .put("increment", kept.length().toSeconds()));
            Came came = session.ask("POST", "sys/leases/renew", Optional.of(SecretValue.of(body)));
            if (came instanceof Came.Well(JsonNode answer)) {
                Duration length =
                        Duration.ofSeconds(answer.path("lease_duration").asLong(0));
                if (length.compareTo(kept.length().dividedBy(2)) > 0) {
                    Made longer = new Made(
                            kept.secret(),
                            kept.lease(),
                            now.plus(length),
                            length,
                            answer.path("renewable").asBoolean(false));
                    made.put(name, longer);
                    return longer;
                }
            }
        }
        // Its end is near and the vault gives no more: the next one is made now, this one ends by itself.
        made.remove(name);
        return null;
    }

    private Step<Lease> taken(String name, JsonNode body, Duration most) {
        JsonNode data = body.path("data");
        JsonNode fields = data.path("metadata").isObject() && data.path("data").isObject() ? data.path("data") : data;
        JsonNode field = fields.path(place.spot(name).field());
        if (!field.isString() || field.stringValue().isEmpty()) {
            LOG.atWarn().addKeyValue("secret", name).log("the vault has no such field there");
            return SecretStore.rejected();
        }
        SecretValue secret = SecretValue.of(field.stringValue());
        Instant now = clock.instant();
        long seconds = body.path("lease_duration").asLong(0);
        String lease = body.path("lease_id").asString("");
        if (lease.isEmpty() || seconds <= 0) {
            return Step.pass(Lease.of(name, secret, now, most));
        }
        Duration length = Duration.ofSeconds(seconds);
        Instant ends = now.plus(length);
        if (place.paths().containsKey(name)) {
            made.put(
                    name,
                    new Made(secret, lease, ends, length, body.path("renewable").asBoolean(false)));
        }
        return Step.pass(bounded(name, secret, most, ends));
    }

    private Lease bounded(String name, SecretValue secret, Duration most, Instant ends) {
        Instant now = clock.instant();
        Duration left = Duration.between(now, ends);
        return Lease.of(name, secret, now, left.compareTo(most) < 0 && left.isPositive() ? left : most);
    }

    private static Step<Lease> refused(String name, Came came) {
        return switch (came) {
            case Came.Well _, Came.Nothing _ -> SecretStore.rejected();
            case Came.Forbidden _ -> {
                LOG.atWarn().addKeyValue("secret", name).log("the vault does not let this gateway read the secret");
                yield SecretStore.rejected();
            }
            case Came.Down(String why) -> {
                LOG.atWarn().addKeyValue("why", why).log("the vault does not answer");
                yield SecretStore.unreachable();
            }
        };
    }

    /// Gives back what engines made for this gateway.
    @Override
    public void close() {
        made.forEach((_, one) -> session.ask(
                "POST",
                "sys/leases/revoke",
                Optional.of(SecretValue.of(
                        JSON.writeValueAsString(JSON.createObjectNode().put("lease_id", one.lease()))))));
        made.clear();
        wire.close();
    }
}
