// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity.proof;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Verifies tokens of trusted issuers, in bounded time (RFC 7519, RFC 8725). Everything that is not expressly right
/// is wrong. Safe for many threads.
public final class JwtCheck {
    /// How far another's clock may be off.
    static final Duration SKEW_MAX = Duration.ofSeconds(30);

    /// RSA keys below this are broken for money; above the other, a verification costs more than a call.
    private static final int RSA_BITS_MIN = 2_048;

    private static final int RSA_BITS_MAX = 8_192;

    /// Seconds that an `Instant` and a JSON number both hold: 9999-12-31.
    private static final long SECONDS_MAX = 253_402_300_799L;

    private final InstantSource clock;

    public JwtCheck(InstantSource clock) {
        this.clock = clock;
    }

    /// What came of a token. Closed.
    public sealed interface Checked {
        /// Signed by the issuer, for us, for now.
        ///
        /// @param claims  as JSON reads: texts, numbers, truths, lists and maps
        /// @param subject `sub`
        /// @param issued  `iat`
        /// @param expires `exp`
        record Proven(Map<String, Object> claims, String subject, Instant issued, Instant expires) implements Checked {
            /// A claim that is text.
            public Optional<String> text(String name) {
                return claims.get(name) instanceof String text && !text.isBlank()
                        ? Optional.of(text)
                        : Optional.empty();
            }
        }

        /// No valid token of the issuer.
        record Faulty(ProofFault fault) implements Checked {}
    }

    /// Who a token says that it is of, before anything of it is believed; only for choosing whom to ask.
    public static Optional<String> issuer(String token) {
        return ForeignJwt.parse(token) instanceof ForeignJwt.Parsed.Whole(ForeignJwt jwt)
                        && jwt.claims().get("iss") instanceof String issuer
                ? Optional.of(issuer)
                : Optional.empty();
    }

    /// What keeps a token from being read at all, whoever it is of; for the log.
    public static ProofFault unread(String token) {
        return ForeignJwt.parse(token) instanceof ForeignJwt.Parsed.Broken(ProofFault fault)
                ? fault
                : ProofFault.ISSUER;
    }

    /// Verifies a token of `issuer`.
    public Checked check(String token, TrustedIssuer issuer) {
        return switch (ForeignJwt.parse(token)) {
            case ForeignJwt.Parsed.Broken broken -> new Checked.Faulty(broken.fault());
            case ForeignJwt.Parsed.Whole whole -> signed(whole.jwt(), issuer);
        };
    }

    private Checked signed(ForeignJwt jwt, TrustedIssuer issuer) {
        if (!issuer.types().contains(jwt.type().toLowerCase(Locale.ROOT))) {
            return new Checked.Faulty(ProofFault.TYPE);
        }
        if (!issuer.issuer().equals(jwt.claims().get("iss"))) {
            return new Checked.Faulty(ProofFault.ISSUER);
        }
        Optional<JWKSet> known = issuer.keys().keys(false);
        Optional<JWK> key = known.flatMap(set -> key(set, jwt));
        if (known.isPresent() && key.isEmpty()) {
            known = issuer.keys().keys(true);
            key = known.flatMap(set -> key(set, jwt));
        }
        if (known.isEmpty()) {
            return new Checked.Faulty(ProofFault.UNAVAILABLE);
        }
        if (key.isEmpty()) {
            return new Checked.Faulty(ProofFault.KEY);
        }
        return verified(jwt, key.get()) ? claimed(jwt.claims(), issuer) : new Checked.Faulty(ProofFault.SIGNATURE);
    }

    /// The one key that the header means: of the algorithm's own type, for signatures, by id or the only one.
    private static Optional<JWK> key(JWKSet set, ForeignJwt jwt) {
        KeyType wanted = KeyType.forAlgorithm(jwt.algorithm());
        List<JWK> fitting = set.getKeys().stream()
                .filter(key -> key.getKeyType().equals(wanted))
                .filter(key -> key.getKeyUse() == null || KeyUse.SIGNATURE.equals(key.getKeyUse()))
                .filter(key -> key.getAlgorithm() == null || jwt.algorithm().equals(key.getAlgorithm()))
                .filter(key -> jwt.keyId().isEmpty() || jwt.keyId().get().equals(key.getKeyID()))
                .toList();
        return fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty();
    }

    private static boolean verified(ForeignJwt jwt, JWK key) {
        try {
            byte[] input = jwt.input().getBytes(StandardCharsets.US_ASCII);
            if (key instanceof OctetKeyPair pair) {
                return EdwardsKeys.of(pair)
                        .filter(known -> known.verify(input, jwt.signature().decode()))
                        .isPresent();
            }
            Optional<JWSVerifier> verifier = verifier(key);
            JWSHeader header = new JWSHeader.Builder(jwt.algorithm()).build();
            return verifier.isPresent() && verifier.get().verify(header, input, jwt.signature());
        } catch (JOSEException | IllegalArgumentException _) {
            return false;
        }
    }

    private static Optional<JWSVerifier> verifier(JWK key) throws JOSEException {
        if (key instanceof RSAKey rsa) {
            boolean sound = rsa.size() >= RSA_BITS_MIN && rsa.size() <= RSA_BITS_MAX;
            return sound ? Optional.of(new RSASSAVerifier(rsa)) : Optional.empty();
        }
        return key instanceof ECKey curve ? Optional.of(new ECDSAVerifier(curve)) : Optional.empty();
    }

    private Checked claimed(Map<String, Object> claims, TrustedIssuer issuer) {
        Optional<Instant> issued = instant(claims, "iat");
        Optional<Instant> expires = instant(claims, "exp");
        Optional<Instant> begins = claims.containsKey("nbf") ? instant(claims, "nbf") : issued;
        if (issued.isEmpty()
                || expires.isEmpty()
                || begins.isEmpty()
                || !(claims.get("sub") instanceof String subject)
                || subject.isBlank()) {
            return new Checked.Faulty(ProofFault.CLAIMS);
        }
        if (!addressed(claims, issuer)) {
            return new Checked.Faulty(ProofFault.AUDIENCE);
        }
        Instant now = clock.instant();
        if (!now.isBefore(expires.get())) {
            return new Checked.Faulty(ProofFault.EXPIRED);
        }
        if (now.plus(SKEW_MAX).isBefore(issued.get()) || now.plus(SKEW_MAX).isBefore(begins.get())) {
            return new Checked.Faulty(ProofFault.EARLY);
        }
        boolean lasts = Duration.between(issued.get(), expires.get()).compareTo(issuer.lifeMax()) <= 0
                && expires.get().isAfter(issued.get());
        return lasts
                ? new Checked.Proven(claims, subject, issued.get(), expires.get())
                : new Checked.Faulty(ProofFault.LIFETIME);
    }

    /// One addressee: whoever else a token is for could present it here.
    private static boolean addressed(Map<String, Object> claims, TrustedIssuer issuer) {
        Object audience = claims.get("aud");
        Object one = audience instanceof List<?> list && list.size() == 1 ? list.getFirst() : audience;
        return one instanceof String name && issuer.audiences().contains(name);
    }

    private static Optional<Instant> instant(Map<String, Object> claims, String name) {
        // RFC 7519 §2 allows fractions; some providers write them.
        if (!(claims.get(name) instanceof Number number) || number instanceof BigInteger) {
            return Optional.empty();
        }
        long seconds = number.longValue();
        return seconds > 0 && seconds <= SECONDS_MAX ? Optional.of(Instant.ofEpochSecond(seconds)) : Optional.empty();
    }
}
