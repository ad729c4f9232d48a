// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity;

import dev.tollgate.terms.Base64Url;
import dev.tollgate.terms.CanonicalJson;
import dev.tollgate.terms.SigningKey;
import dev.tollgate.terms.Value;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Compact JWS (RFC 7515) with Ed25519 (RFC 8037), in one spelling only. A header is not interpreted but
/// compared with the one that our issuer writes for a key, so there is no algorithm to negotiate, no `crit`,
/// `jwk`, `kid` path or nested token to fall for.
final class Jws {
    /// The `typ` of access tokens (RFC 9068 §2.1).
    static final String TYPE = "at+jwt";

    private Jws() {}

    /// The header part for a key, as it stands in a token.
    static String header(String keyId) {
        Value.Fields header =
                new Value.Fields(Map.of("alg", Value.of("EdDSA"), "kid", Value.of(keyId), "typ", Value.of(TYPE)));
        return Base64Url.encode(CanonicalJson.bytes(header));
    }

    /// A signed token.
    static String sign(SigningKey key, String header, byte[] payload) {
        String input = header + "." + Base64Url.encode(payload);
        return input + "." + Base64Url.encode(key.sign(input.getBytes(StandardCharsets.US_ASCII)));
    }
}
