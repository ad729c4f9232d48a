// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity;

import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.CanonicalJson;
import dev.tollgate.terms.Scope;
import dev.tollgate.terms.SigningKey;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.VerifyingKey;
import dev.tollgate.terms.testing.Property;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Security;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Keys, clocks and hand-made tokens for the tests of this room.
final class Tokens {
    static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    static final String ISSUER = "https://tollgate.test";
    static final String AUDIENCE = "tollgate";
    static final SigningKey KEY = key("delegation-1");

    private Tokens() {}

    static SigningKey key(String id) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            return new SigningKey(id, generator.generateKeyPair(), Security.getProvider("SunEC"));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    static TokenIssuer issuer(Instant now) {
        return new TokenIssuer(KEY, InstantSource.fixed(now), Property.random(1), ISSUER, AUDIENCE);
    }

    static TokenVerifier verifier(Instant now) {
        return verifier(InstantSource.fixed(now));
    }

    static TokenVerifier verifier(InstantSource clock) {
        return new TokenVerifier(keys(), ISSUER, AUDIENCE, clock);
    }

    static Map<String, VerifyingKey> keys() {
        return Map.of(KEY.keyId(), KEY.verifyingKey());
    }

    static Scope scope(String text) {
        return Scope.parse(text).orElseThrow();
    }

    static Grant grant() {
        return Grant.of(
                        new AgentId("sales-copilot"),
                        new UserId("alice"),
                        Set.of(scope("crm:opportunity:read:owned"), scope("crm:account:read")))
                .lasting(Duration.ofMinutes(10));
    }

    /// The claims of a good token, to be spoilt one at a time.
    static Map<String, Value> claims() {
        Map<String, Value> claims = new TreeMap<>();
        claims.put("iss", Value.of(ISSUER));
        claims.put("aud", Value.of(AUDIENCE));
        claims.put("jti", Value.of("id-1"));
        claims.put("sub", Value.of("alice"));
        claims.put("client_id", Value.of("sales-copilot"));
        claims.put("act", new Value.Fields(Map.of("sub", Value.of("sales-copilot"))));
        claims.put("scope", Value.of("crm:account:read crm:opportunity:read:owned"));
        claims.put("task", Value.of("task-1"));
        claims.put("session", Value.of("session-1"));
        claims.put("iat", Value.of(NOW.getEpochSecond()));
        claims.put("exp", Value.of(NOW.plusSeconds(600).getEpochSecond()));
        return claims;
    }

    static String signed(Map<String, Value> claims) {
        return signed(CanonicalJson.text(new Value.Fields(claims)));
    }

    static String signed(String payload) {
        return Jws.sign(KEY, Jws.header(KEY.keyId()), payload.getBytes(StandardCharsets.UTF_8));
    }

    /// A token with any header, truly signed.
    static String signed(String header, String payload) {
        return Jws.sign(KEY, encode(header), payload.getBytes(StandardCharsets.UTF_8));
    }

    static String encode(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8));
    }

    static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
