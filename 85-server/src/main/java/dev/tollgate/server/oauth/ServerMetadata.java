// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.oauth;

import dev.tollgate.server.http.Door;
import dev.tollgate.server.http.Problems;
import dev.tollgate.server.http.Turn;
import dev.tollgate.server.wire.JsonWriter;
import dev.tollgate.terms.Value;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What clients find the token endpoint by (RFC 8414 §2).
public final class ServerMetadata implements Door {
    /// Where it is.
    public static final String PATH = "/.well-known/oauth-authorization-server";

    private final byte[] document;

    /// @param url        how clients reach the server
    /// @param algorithms of proofs that tokens can be bound by (RFC 9449 §5.1)
    /// @param tls        whether connections show certificates, which tokens are bound to (RFC 8705 §3.3)
    public ServerMetadata(String url, List<String> algorithms, boolean tls) {
        Map<String, Value> members = new TreeMap<>();
        members.put("issuer", Value.of(url));
        members.put("token_endpoint", Value.of(url + TokenDoor.PATH));
        members.put("grant_types_supported", Value.texts(List.of(TokenDoor.EXCHANGE, TokenDoor.ASSERTION)));
        members.put("token_endpoint_auth_methods_supported", Value.texts(List.of("private_key_jwt", "none")));
        members.put(
                "token_endpoint_auth_signing_alg_values_supported",
                Value.texts(List.of(
                        "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")));
        members.put("dpop_signing_alg_values_supported", Value.texts(algorithms));
        members.put("tls_client_certificate_bound_access_tokens", Value.of(tls));
        members.put("response_types_supported", Value.texts(List.of()));
        members.put(
                "authorization_grant_profiles_supported",
                Value.texts(List.of("urn:ietf:params:oauth:grant-profile:id-jag")));
        this.document = JsonWriter.bytes(new Value.Fields(members));
    }

    @Override
    public void serve(Turn turn) {
        if (turn.method().equals("GET")) {
            turn.with("Cache-Control", "public, max-age=300").reply(200, ByteBuffer.wrap(document));
        } else {
            Problems.methodNotAllowed(turn, "GET");
        }
    }
}
