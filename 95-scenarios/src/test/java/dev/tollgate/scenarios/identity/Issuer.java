// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.tollgate.app.IdentityTrust;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Somebody who issues tokens and keeps its public keys in a file.
final class Issuer {
    private static final int RSA_BITS = 2_048;

    private final String name;
    private final Path file;
    private final InstantSource clock;
    private RSAKey key;

    Issuer(String name, Path file, InstantSource clock) {
        this.name = name;
        this.file = file;
        this.clock = clock;
        this.key = made("one");
        publish();
    }

    IdentityTrust.Keys keys() {
        return new IdentityTrust.Keys(name, Optional.empty(), Optional.of(file));
    }

    /// Signs with a new key from now on, and publishes that one only.
    void rotate(String id) {
        key = made(id);
        publish();
    }

    private void publish() {
        try {
            Files.writeString(file, new JWKSet(key.toPublicJWK()).toString());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static RSAKey made(String id) {
        try {
            return new RSAKeyGenerator(RSA_BITS).keyID(id).generate();
        } catch (JOSEException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /// A token of an hour.
    ///
    /// @param type the header's `typ`
    /// @param more further claims
    String token(String type, String subject, String audience, Map<String, Object> more) {
        Instant now = clock.instant();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(name)
                .subject(subject)
                .audience(audience)
                .jwtID(UUID.nameUUIDFromBytes((now + subject + more).getBytes(StandardCharsets.UTF_8))
                        .toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(
                        now.plus(type.equals("oauth-id-jag+jwt") ? Duration.ofMinutes(5) : Duration.ofHours(1))));
        more.forEach(claims::claim);
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(key.getKeyID())
                            .type(type.isEmpty() ? null : new JOSEObjectType(type))
                            .build(),
                    claims.build());
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
