// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity.proof;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.util.Base64URL;
import dev.tollgate.terms.Base64Url;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A signed token (JWS compact form, RFC 7515) of somebody else, taken apart and not believed yet.
record ForeignJwt(
        JWSAlgorithm algorithm,
        Optional<String> keyId,
        String type,
        Map<String, Object> claims,
        String input,
        Base64URL signature) {
    /// Tokens of real providers with groups have 1 to 8 KB.
    static final int CHARS_MAX = 16_384;

    /// Signatures with a key that only the issuer holds: `none` and shared secrets prove nothing to us.
    static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512,
            JWSAlgorithm.EdDSA);

    /// Members that would have the token say by which key, or how, it is verified; and a token in the token.
    private static final Set<String> REFUSED =
            Set.of("jwk", "jku", "x5u", "x5c", "crit", "b64", "zip", "enc", "cty", "epk", "p2c", "p2s");

    /// Either a token or what is wrong with it.
    sealed interface Parsed {
        record Whole(ForeignJwt jwt) implements Parsed {}

        record Broken(ProofFault fault) implements Parsed {}
    }

    static Parsed parse(String token) {
        if (token.length() > CHARS_MAX) {
            return new Parsed.Broken(ProofFault.OVERSIZED);
        }
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return new Parsed.Broken(ProofFault.SHAPE);
        }
        Optional<byte[]> header = decode(parts[0]);
        Optional<byte[]> payload = decode(parts[1]);
        Optional<byte[]> signature = decode(parts[2]);
        if (header.isEmpty() || payload.isEmpty() || signature.isEmpty()) {
            return new Parsed.Broken(ProofFault.SHAPE);
        }
        Optional<Map<String, Object>> says = ForeignJson.object(header.get());
        Optional<Map<String, Object>> claims = ForeignJson.object(payload.get());
        if (says.isEmpty() || claims.isEmpty()) {
            return new Parsed.Broken(ProofFault.JSON);
        }
        return headed(says.get(), claims.get(), parts[0] + "." + parts[1], new Base64URL(parts[2]));
    }

    private static Parsed headed(
            Map<String, Object> header, Map<String, Object> claims, String input, Base64URL signature) {
        Optional<JWSAlgorithm> algorithm = ALGORITHMS.stream()
                .filter(known -> known.getName().equals(header.get("alg")))
                .findFirst();
        if (algorithm.isEmpty()) {
            return new Parsed.Broken(ProofFault.ALGORITHM);
        }
        Object keyId = header.get("kid");
        Object type = header.getOrDefault("typ", "");
        boolean plain = header.keySet().stream().noneMatch(REFUSED::contains)
                && (keyId == null || keyId instanceof String)
                && type instanceof String;
        return plain
                ? new Parsed.Whole(new ForeignJwt(
                        algorithm.get(), Optional.ofNullable((String) keyId), (String) type, claims, input, signature))
                : new Parsed.Broken(ProofFault.HEADER);
    }

    private static Optional<byte[]> decode(String part) {
        return Base64Url.decode(part).filter(bytes -> bytes.length > 0);
    }
}
