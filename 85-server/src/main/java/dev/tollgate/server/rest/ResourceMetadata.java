// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.rest;

import dev.tollgate.server.http.Door;
import dev.tollgate.server.http.Problems;
import dev.tollgate.server.http.Turn;
import dev.tollgate.server.wire.JsonWriter;
import dev.tollgate.terms.Value;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The metadata of the protected resource (RFC 9728 §2): which authorization servers' tokens open it. For the
/// MCP endpoint at its well-known path (§3.1), and at the root for clients that look there.
public final class ResourceMetadata implements Door {
    /// Where the MCP endpoint's metadata is.
    public static final String PATH = "/.well-known/oauth-protected-resource/mcp";
    /// Where clients look that know no path.
    public static final String ROOT_PATH = "/.well-known/oauth-protected-resource";

    private final byte[] document;

    /// @param url     how clients reach the server
    /// @param issuers authorization servers
    /// @param scopes  scopes that clients may ask them for
    /// @param proofs  algorithms that proofs of possession may be signed with (RFC 9449 §5.1)
    /// @param bound   whether tokens may be bound to the certificate of a connection (RFC 8705 §3.3)
    public ResourceMetadata(String url, List<String> issuers, List<String> scopes, List<String> proofs, boolean bound) {
        Map<String, Value> members = new TreeMap<>();
        members.put("resource", Value.of(url + "/mcp"));
        members.put("resource_name", Value.of("Tollgate"));
        members.put("bearer_methods_supported", Value.texts(List.of("header")));
        if (!issuers.isEmpty()) {
            members.put("authorization_servers", Value.texts(issuers));
        }
        if (!scopes.isEmpty()) {
            members.put("scopes_supported", Value.texts(scopes));
        }
        if (!proofs.isEmpty()) {
            members.put("dpop_signing_alg_values_supported", Value.texts(proofs));
            members.put("dpop_bound_access_tokens_required", Value.of(false));
        }
        if (bound) {
            members.put("tls_client_certificate_bound_access_tokens", Value.of(true));
        }
        this.document = JsonWriter.bytes(new Value.Fields(members));
    }

    @Override
    public void serve(Turn turn) {
        if (turn.method().equals("GET")) {
            turn.with("Cache-Control", "public, max-age=300").reply(200, java.nio.ByteBuffer.wrap(document));
        } else {
            Problems.methodNotAllowed(turn, "GET");
        }
    }
}
