// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server;

import static dev.tollgate.terms.Require.require;

import dev.tollgate.server.http.HttpLimits;
import dev.tollgate.server.wire.JsonLimits;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where and how the server listens. Read from `server`.
///
/// @param host      address to listen on; loopback unless somebody means it otherwise
/// @param port      0 takes a free one
/// @param publicUrl how clients reach it when that is not `http://host:port`, without a slash at the end
/// @param hosts     names beside this machine's own that requests may be addressed to, without port
/// @param origins   origins of browsers' pages that may talk to it, beside pages of this machine
/// @param issuers   authorization servers whose tokens are accepted, for the metadata of RFC 9728
/// @param scopes    scopes named in that metadata
/// @param version   version of this build, shown to clients
/// @param fixtures  serves the fixtures of the MCP conformance suite instead of the product, to anybody;
///                  loopback only
public record ServerConfig(
        String host,
        int port,
        Optional<String> publicUrl,
        List<String> hosts,
        List<String> origins,
        List<String> issuers,
        List<String> scopes,
        String version,
        HttpLimits http,
        JsonLimits json,
        boolean fixtures) {
    private static final List<String> LOOPBACK = List.of("127.0.0.1", "::1", "localhost");

    public ServerConfig {
        require(port >= 0 && port <= 65_535, "server.port must be between 0 and 65535, got " + port);
        require(!fixtures || LOOPBACK.contains(host), "server.fixtures is for loopback only");
        hosts = List.copyOf(hosts);
        origins = List.copyOf(origins);
        issuers = List.copyOf(issuers);
        scopes = List.copyOf(scopes);
    }

    /// The names that requests may be addressed to, beside this machine's own: those listed, the address
    /// listened on, and the one that clients are told.
    List<String> names() {
        List<String> names = new ArrayList<>(hosts);
        names.add(host);
        publicUrl.map(url -> URI.create(url).getHost()).ifPresent(names::add);
        return names;
    }

    /// A server of this machine, for this machine, on a port.
    public static ServerConfig local(int port) {
        return new ServerConfig(
                "127.0.0.1",
                port,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                "0",
                HttpLimits.DEFAULT,
                JsonLimits.DEFAULT,
                false);
    }

    /// The same with the conformance fixtures in place of the product.
    public ServerConfig withFixtures() {
        return new ServerConfig(host, port, publicUrl, hosts, origins, issuers, scopes, version, http, json, true);
    }

    /// The same with other limits.
    public ServerConfig withLimits(HttpLimits other, JsonLimits text) {
        return new ServerConfig(host, port, publicUrl, hosts, origins, issuers, scopes, version, other, text, fixtures);
    }
}
