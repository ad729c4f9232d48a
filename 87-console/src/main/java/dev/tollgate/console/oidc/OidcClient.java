// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.console.oidc;

import dev.tollgate.terms.Require;
import dev.tollgate.terms.SecretValue;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/// What Tollgate is to an OpenID provider.
///
/// @param issuer   the provider's own name, where its metadata is; `https`, or loopback
/// @param id       the client's id there
/// @param secret   the client's secret, leased for each use; nothing for a public client
/// @param claim    the claim of the ID token that is the person's id in the bundle
/// @param callback where the provider sends the browser back to
public record OidcClient(
        URI issuer, String id, Optional<Supplier<Optional<SecretValue>>> secret, String claim, URI callback) {
    public OidcClient {
        Require.require(
                "https".equals(issuer.getScheme()) || loopback(issuer), "an OpenID provider is reached by `https`");
        Require.require(issuer.getRawQuery() == null && issuer.getRawFragment() == null, "an issuer has no query");
    }

    private static boolean loopback(URI url) {
        String host = String.valueOf(url.getHost());
        return "http".equals(url.getScheme()) && (host.equals("127.0.0.1") || host.equals("localhost"));
    }
}
