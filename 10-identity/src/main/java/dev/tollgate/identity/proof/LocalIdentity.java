// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity.proof;

import com.nimbusds.jose.jwk.JWKSet;
import dev.tollgate.terms.Base64Url;
import dev.tollgate.terms.CanonicalJson;
import dev.tollgate.terms.Require;
import dev.tollgate.terms.SigningKey;
import dev.tollgate.terms.SpiffeId;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.Value;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/// The trust domain of a deployment that has no other: whoever may read its keys vouches for agents and people, by
/// command. Its tokens are read like those of everybody else; the two kinds have types of their own, so that neither
/// passes for the other.
public final class LocalIdentity {
    /// `iss` of these tokens.
    public static final String ISSUER = "tollgate/local";

    /// `aud` of these tokens: the deployment whose key signs them.
    public static final String AUDIENCE = "tollgate/local";

    /// As long as an operator takes to hand it over.
    public static final Duration LIFE = Duration.ofMinutes(5);

    private static final String WORKLOAD = "JWT";
    private static final String PERSON = "person+jwt";
    private static final int ID_BYTES = 16;

    private final SigningKey key;
    private final InstantSource clock;
    private final RandomGenerator random;

    /// @param key    of this purpose only
    /// @param random makes token ids, unpredictable in the product
    public LocalIdentity(SigningKey key, InstantSource clock, RandomGenerator random) {
        this.key = key;
        this.clock = clock;
        this.random = random;
    }

    /// A JWT-SVID that vouches for a workload.
    public String workload(SpiffeId id) {
        return signed(WORKLOAD, id.toString());
    }

    /// A token that says that this is the person.
    public String person(UserId id) {
        return signed(PERSON, id.value());
    }

    /// Who vouches for workloads here.
    public static TrustedIssuer workloads(SigningKey key) {
        return trusted(key, Set.of("jwt"));
    }

    /// Who says here which person it is.
    public static TrustedIssuer people(SigningKey key) {
        return trusted(key, Set.of(PERSON));
    }

    private static TrustedIssuer trusted(SigningKey key, Set<String> types) {
        JWKSet keys = new JWKSet(EdwardsKeys.published(key.verifyingKey()));
        return new TrustedIssuer(ISSUER, Set.of(AUDIENCE), types, LIFE, IssuerKeys.fixed(keys));
    }

    private String signed(String type, String subject) {
        Instant now = Instant.ofEpochSecond(clock.instant().getEpochSecond());
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        String input = part(Map.of("alg", Value.of("EdDSA"), "kid", Value.of(key.keyId()), "typ", Value.of(type)))
                + "."
                + part(Map.of(
                        "iss", Value.of(ISSUER),
                        "aud", Value.of(AUDIENCE),
                        "sub", Value.of(Require.id("sub", subject)),
                        "jti", Value.of(HexFormat.of().formatHex(id)),
                        "iat", Value.of(now.getEpochSecond()),
                        "exp", Value.of(now.plus(LIFE).getEpochSecond())));
        return input + "." + Base64Url.encode(key.sign(input.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String part(Map<String, Value> members) {
        return Base64Url.encode(CanonicalJson.bytes(new Value.Fields(members)));
    }
}
