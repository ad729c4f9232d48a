// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.secrets.vault;

import dev.tollgate.secrets.vault.VaultPlace.Login;
import dev.tollgate.secrets.vault.VaultWire.Came;
import dev.tollgate.terms.SecretValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// The gateway's own token at a vault: taken at the first call, renewed while the vault renews it, taken anew when
/// it is refused or over. One thread does so at a time; the others wait for it, at most as long as one exchange.
final class VaultSession {
    private static final Logger LOG = LoggerFactory.getLogger(VaultSession.class);

    /// A vault that refuses a login is not asked again before this is over, however many calls there are.
    static final Duration PAUSE = Duration.ofSeconds(2);

    /// What is left of a token's life when it is renewed.
    private static final int RENEW_AT_PART = 3;

    private static final int TOKEN_BYTES_MAX = 16_384;

    private final VaultWire wire;
    private final Login login;
    private final InstantSource clock;
    private @Nullable Held held;
    private Instant nextLogin = Instant.MIN;
    private Came last = new Came.Down("not-asked");

    VaultSession(VaultWire wire, Login login, InstantSource clock) {
        this.wire = wire;
        this.login = login;
        this.clock = clock;
    }

    /// A token in use.
    ///
    /// @param taken when
    /// @param ends  when the vault forgets it; a token without an end ends in the year 3000
    private record Held(SecretValue token, Instant taken, Instant ends, boolean renewable) {
        static final Instant NEVER = Instant.parse("3000-01-01T00:00:00Z");

        static Held of(SecretValue token, Instant now, long seconds, boolean renewable) {
            return new Held(token, now, seconds <= 0 ? NEVER : now.plusSeconds(seconds), renewable);
        }

        boolean over(Instant now) {
            return !now.isBefore(ends);
        }

        boolean old(Instant now) {
            return renewable
                    && !ends.equals(NEVER)
                    && !now.isBefore(ends.minus(Duration.between(taken, ends).dividedBy(RENEW_AT_PART)));
        }
    }

    /// What asking with the session's token came to: with a new one once, when the vault refuses the one at hand.
    Came ask(String method, String path, Optional<SecretValue> body) {
        Optional<SecretValue> token = token(Optional.empty());
        if (token.isEmpty()) {
            return lastFailure();
        }
        Came came = wire.ask(method, path, token, body);
        if (!(came instanceof Came.Forbidden)) {
            return came;
        }
        Optional<SecretValue> fresh = token(token);
        return fresh.isEmpty() ? came : wire.ask(method, path, fresh, body);
    }

    private synchronized Came lastFailure() {
        return last;
    }

    /// The token at hand.
    ///
    /// @param refused one that the vault refused: nothing comes back when there is no newer one
    private synchronized Optional<SecretValue> token(Optional<SecretValue> refused) {
        Instant now = clock.instant();
        Held mine = held;
        boolean bad = mine == null
                || mine.over(now)
                || (refused.isPresent() && refused.get().equals(mine.token()) && !now.isBefore(nextLogin));
        if (!bad && refused.isPresent() && mine != null && refused.get().equals(mine.token())) {
            return Optional.empty();
        }
        if (!bad && mine != null && mine.old(now)) {
            renew(mine, now);
        }
        if (bad) {
            enter(now);
        }
        return held == null ? Optional.empty() : Optional.of(held.token());
    }

    private void renew(Held mine, Instant now) {
        if (now.isBefore(nextLogin)) {
            return;
        }
        nextLogin = now.plus(PAUSE);
        Came came = wire.ask("POST", "auth/token/renew-self", Optional.of(mine.token()), Optional.empty());
        switch (came) {
            case Came.Well(JsonNode body) ->
                held = Held.of(
                        mine.token(),
                        now,
                        seconds(body.path("auth")),
                        body.at("/auth/renewable").asBoolean(false));
            case Came.Forbidden _, Came.Nothing _ -> enter(now.plus(PAUSE));
            // It still holds for a while.
            case Came.Down(String why) -> LOG.atWarn().addKeyValue("why", why).log("the vault's token is not renewed");
        }
    }

    private void enter(Instant now) {
        if (now.isBefore(nextLogin)) {
            return;
        }
        nextLogin = now.plus(PAUSE);
        held = null;
        try {
            last = switch (login) {
                case Login.TokenFile(Path file) -> look(secret(file), now);
                case Login.Kubernetes kubernetes -> account(kubernetes, now);
            };
        } catch (IOException _) {
            last = new Came.Down("login-unreadable");
        }
        if (held == null) {
            LOG.atWarn().addKeyValue("why", word(last)).log("the vault lets nobody in");
        }
    }

    private static String word(Came came) {
        return switch (came) {
            case Came.Well _ -> "no-token";
            case Came.Forbidden _ -> "forbidden";
            case Came.Nothing _ -> "no-such-login";
            case Came.Down(String why) -> why;
        };
    }

    private Came look(SecretValue token, Instant now) {
        Came came = wire.ask("GET", "auth/token/lookup-self", Optional.of(token), Optional.empty());
        if (came instanceof Came.Well(JsonNode body)) {
            JsonNode data = body.path("data");
            held = Held.of(
                    token,
                    now,
                    data.path("ttl").asLong(0),
                    data.path("renewable").asBoolean(false));
        }
        return came;
    }

    private Came account(Login.Kubernetes kubernetes, Instant now) throws IOException {
        Came came = wire.ask(
                "POST",
                "auth/" + kubernetes.mount() + "/login",
                Optional.empty(),
                Optional.of(VaultWire.object("role", kubernetes.role(), "jwt", secret(kubernetes.file()))));
        if (!(came instanceof Came.Well(JsonNode body))) {
            return came;
        }
        JsonNode auth = body.path("auth");
        String token = auth.path("client_token").asString("");
        if (token.isEmpty()) {
            return new Came.Down("not-a-vault");
        }
        held = Held.of(
                SecretValue.of(token),
                now,
                seconds(auth),
                auth.path("renewable").asBoolean(false));
        return came;
    }

    private static long seconds(JsonNode auth) {
        return auth.path("lease_duration").asLong(0);
    }

    private static SecretValue secret(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(TOKEN_BYTES_MAX), StandardCharsets.US_ASCII).strip();
            if (text.isEmpty()) {
                throw new IOException("the file is empty");
            }
            return SecretValue.of(text);
        }
    }
}
