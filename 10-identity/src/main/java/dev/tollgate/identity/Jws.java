// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity;

import dev.tollgate.terms.CanonicalJson;
import dev.tollgate.terms.SigningKey;
import dev.tollgate.terms.Value;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/// Compact JWS (RFC 7515) with Ed25519 (RFC 8037), in one spelling only. A header is not interpreted but
/// compared with the one that our issuer writes for a key, so there is no algorithm to negotiate, no `crit`,
/// `jwk`, `kid` path or nested token to fall for.
final class Jws {
    /// The `typ` of access tokens (RFC 9068 §2.1).
    static final String TYPE = "at+jwt";

    private static final Base64.Encoder ENCODE = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODE = Base64.getUrlDecoder();

    private Jws() {}

    /// The header part for a key, as it stands in a token.
    static String header(String keyId) {
        Value.Fields header =
                new Value.Fields(Map.of("alg", Value.of("EdDSA"), "kid", Value.of(keyId), "typ", Value.of(TYPE)));
        return ENCODE.encodeToString(CanonicalJson.bytes(header));
    }

    /// A signed token.
    static String sign(SigningKey key, String header, byte[] payload) {
        String input = header + "." + ENCODE.encodeToString(payload);
        return input + "." + ENCODE.encodeToString(key.sign(input.getBytes(StandardCharsets.US_ASCII)));
    }

    /// The bytes of a part, or nothing when it is not base64url as our encoder writes it: two spellings of one
    /// token would be two tokens to whoever counts or revokes them.
    static Optional<byte[]> decode(String part) {
        try {
            byte[] bytes = DECODE.decode(part);
            return ENCODE.encodeToString(bytes).equals(part) ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
