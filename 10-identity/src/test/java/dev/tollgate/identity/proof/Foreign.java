// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity.proof;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/// An issuer for tests, and hand-made tokens of it.
final class Foreign {
    static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    static final String ISSUER = "https://issuer.example";
    static final String AUDIENCE = "https://tollgate.example";
    static final String HEADER = "{\"alg\":\"RS256\",\"kid\":\"one\",\"typ\":\"JWT\"}";
    static final RSAKey KEY = key("one");
    static final RSAKey OTHER = key("one");

    private static final int RSA_BITS = 2_048;

    private Foreign() {}

    static RSAKey key(String id) {
        try {
            return new RSAKeyGenerator(RSA_BITS).keyID(id).generate();
        } catch (JOSEException broken) {
            throw new IllegalStateException(broken);
        }
    }

    static TrustedIssuer issuer(IssuerKeys keys) {
        return new TrustedIssuer(ISSUER, Set.of(AUDIENCE), TrustedIssuer.PLAIN, Duration.ofHours(1), keys);
    }

    static TrustedIssuer issuer() {
        return issuer(IssuerKeys.fixed(new JWKSet(KEY.toPublicJWK())));
    }

    static String claims() {
        return claims("");
    }

    /// @param more further members, each with a comma behind it
    static String claims(String more) {
        long now = NOW.getEpochSecond();
        return "{" + more + "\"iss\":\"" + ISSUER + "\",\"aud\":\"" + AUDIENCE + "\",\"sub\":\"alice\",\"iat\":" + now
                + ",\"exp\":" + (now + 300) + "}";
    }

    static String signed(String header, String claims) {
        return signed(KEY, header, claims);
    }

    static String signed(RSAKey key, String header, String claims) {
        try {
            String input = encoded(header) + "." + encoded(claims);
            return input + "."
                    + new RSASSASigner(key)
                            .sign(new JWSHeader(JWSAlgorithm.RS256), input.getBytes(StandardCharsets.US_ASCII));
        } catch (JOSEException broken) {
            throw new IllegalStateException(broken);
        }
    }

    static String encoded(String text) {
        return Base64URL.encode(text).toString();
    }
}
