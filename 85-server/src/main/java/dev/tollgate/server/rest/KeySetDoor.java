// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.rest;

import dev.tollgate.server.http.Door;
import dev.tollgate.server.http.Problems;
import dev.tollgate.server.http.Turn;
import dev.tollgate.terms.CanonicalJson;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.VerifyingKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// The public halves of the keys whose signatures count (RFC 7517, RFC 8037), for whoever checks what this gateway
/// signed: the next one before it signs, and the one before until it is retired.
public final class KeySetDoor implements Door {
    /// Where it is.
    public static final String PATH = "/.well-known/jwks.json";

    /// A rotation takes a start of every node: no copy is older than the time between two.
    private static final String CACHE = "public, max-age=300";

    private final ByteBuffer body;

    /// @param keys in the order in which they are told
    public KeySetDoor(List<VerifyingKey> keys) {
        Value.Items items = new Value.Items(
                keys.stream().map(KeySetDoor::key).map(Value.class::cast).toList());
        this.body = ByteBuffer.wrap(CanonicalJson.text(new Value.Fields(Map.of("keys", items)))
                        .getBytes(StandardCharsets.UTF_8))
                .asReadOnlyBuffer();
    }

    private static Value.Fields key(VerifyingKey key) {
        return new Value.Fields(Map.of(
                "kty",
                Value.of("OKP"),
                "crv",
                Value.of("Ed25519"),
                "alg",
                Value.of("EdDSA"),
                "use",
                Value.of("sig"),
                "kid",
                Value.of(key.keyId()),
                "x",
                Value.of(Base64.getUrlEncoder().withoutPadding().encodeToString(key.raw()))));
    }

    @Override
    public void serve(Turn turn) {
        if (!turn.method().equals("GET")) {
            Problems.methodNotAllowed(turn, "GET");
            return;
        }
        turn.with("Cache-Control", CACHE).reply(200, "application/jwk-set+json", body.duplicate());
    }
}
