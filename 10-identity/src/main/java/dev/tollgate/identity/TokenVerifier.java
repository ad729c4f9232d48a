// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity;

import dev.tollgate.terms.Base64Url;
import dev.tollgate.terms.Delegation;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.VerifyingKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Verifies bearer tokens in bounded time. What it found once it remembers until the token expires,
/// because the signature of a token does not change; times are checked at every call. Safe for many
/// threads.
public final class TokenVerifier {
    /// 64 scopes and every name at its longest fit; web servers take headers of 8 KiB.
    static final int CHARS_MAX = 7_168;

    /// How far the issuing node's clock may be ahead. Expiry has no leeway: it is the limit that
    /// requirements name.
    private static final Duration SKEW_MAX = Duration.ofSeconds(5);

    private static final int SIGNATURE_BYTES = 64;

    private final Map<String, VerifyingKey> byHeader;
    private final String issuer;
    private final String audience;
    private final InstantSource clock;
    private final Remembered remembered = new Remembered();

    /// @param keys     trusted keys by id: the issuer's key, and the one before it while a rotation
    ///     lasts
    /// @param issuer   the only `iss` that is taken
    /// @param audience the only `aud` that is taken
    public TokenVerifier(Map<String, VerifyingKey> keys, String issuer, String audience, InstantSource clock) {
        Map<String, VerifyingKey> headers = new HashMap<>();
        keys.forEach((id, key) -> headers.put(Jws.header(id), key));
        this.byHeader = Map.copyOf(headers);
        this.issuer = issuer;
        this.audience = audience;
        this.clock = clock;
    }

    /// What a token proved, or what was wrong with it. Closed.
    public sealed interface Checked {
        /// A valid delegation.
        record Proven(Delegation delegation) implements Checked {}

        /// No valid token.
        record Faulty(TokenFault fault) implements Checked {}
    }

    /// The delegation that a bearer token proves by itself. Whatever is wrong with it, the refusal is
    /// the same; one that only its owner may use is refused too, as nothing here shows who that is.
    public Step<Delegation> verify(String bearer) {
        return switch (check(bearer)) {
            case Checked.Proven proven when !proven.delegation().cnf().bound() -> Step.pass(proven.delegation());
            case Checked.Proven _, Checked.Faulty _ -> Step.refuse(new Refusal.Unauthenticated());
        };
    }

    /// What a token says, whoever presents it, with the fault for the log.
    public Checked check(String bearer) {
        if (bearer.length() > CHARS_MAX) {
            return faulty(TokenFault.OVERSIZED);
        }
        Remembered.Key key = Remembered.Key.of(bearer.getBytes(StandardCharsets.UTF_8));
        Optional<Delegation> known = remembered.get(key);
        if (known.isPresent()) {
            return timely(known.get());
        }
        Checked checked = signed(bearer);
        if (checked instanceof Checked.Proven proven) {
            Checked timely = timely(proven.delegation());
            if (timely instanceof Checked.Proven) {
                remembered.put(key, proven.delegation());
            }
            return timely;
        }
        return checked;
    }

    private Checked signed(String bearer) {
        int first = bearer.indexOf('.');
        int second = bearer.indexOf('.', first + 1);
        if (first <= 0 || second < 0 || bearer.indexOf('.', second + 1) >= 0) {
            return faulty(TokenFault.SHAPE);
        }
        String header = bearer.substring(0, first);
        VerifyingKey key = byHeader.get(header);
        if (key == null) {
            return faulty(ours(header) ? TokenFault.KEY : TokenFault.HEADER);
        }
        Optional<byte[]> payload = Base64Url.decode(bearer.substring(first + 1, second));
        Optional<byte[]> signature = Base64Url.decode(bearer.substring(second + 1));
        if (payload.isEmpty() || signature.isEmpty() || signature.get().length != SIGNATURE_BYTES) {
            return faulty(TokenFault.SHAPE);
        }
        byte[] input = bearer.substring(0, second).getBytes(StandardCharsets.US_ASCII);
        if (!key.verify(input, signature.get())) {
            return faulty(TokenFault.SIGNATURE);
        }
        return Claims.read(payload.get()).map(this::addressed).orElseGet(() -> faulty(TokenFault.CLAIMS));
    }

    /// Whether a header differs from ours in the key id alone.
    private static boolean ours(String header) {
        String shape = new String(Base64Url.decode(Jws.header("x")).orElseThrow(), StandardCharsets.UTF_8);
        String text = Base64Url.decode(header)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse("");
        int at = shape.indexOf("\"x\"");
        return text.startsWith(shape.substring(0, at)) && text.endsWith(shape.substring(at + 3));
    }

    private Checked addressed(Claims claims) {
        if (!claims.issuer().equals(issuer)) {
            return faulty(TokenFault.ISSUER);
        }
        if (!claims.audience().equals(audience)) {
            return faulty(TokenFault.AUDIENCE);
        }
        Duration life = Duration.between(claims.issued(), claims.expires());
        if (!life.isPositive() || life.compareTo(Grant.TTL_MAX) > 0) {
            return faulty(TokenFault.LIFETIME);
        }
        return new Checked.Proven(claims.delegation());
    }

    private Checked timely(Delegation delegation) {
        Instant now = clock.instant();
        if (!now.isBefore(delegation.expires())) {
            return faulty(TokenFault.EXPIRED);
        }
        if (now.plus(SKEW_MAX).isBefore(delegation.issued())) {
            return faulty(TokenFault.EARLY);
        }
        return new Checked.Proven(delegation);
    }

    private static Checked faulty(TokenFault fault) {
        return new Checked.Faulty(fault);
    }
}
