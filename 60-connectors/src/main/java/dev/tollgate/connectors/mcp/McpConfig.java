// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.mcp;

import static dev.tollgate.terms.Require.require;

import dev.tollgate.connectors.Loopback;
import java.net.URI;

/// Where an MCP server is.
///
/// @param endpoint   its one URL; plain HTTP is for loopback only, since calls carry the credential
/// @param credential whether calls carry a bearer token from the secret store
public record McpConfig(URI endpoint, boolean credential) {

    public McpConfig {
        require(endpoint.getHost() != null, "an MCP server must be a URL with a host");
        require(endpoint.getUserInfo() == null, "an MCP server must not carry a user or a password");
        boolean plain = "http".equals(endpoint.getScheme());
        require(plain || "https".equals(endpoint.getScheme()), "an MCP server must be an https URL");
        require(!plain || Loopback.is(endpoint.getHost()), "plain http reaches MCP on loopback only, use https");
    }
}
