// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.tryton;

import static dev.tollgate.terms.Require.require;

import dev.tollgate.connectors.Loopback;
import dev.tollgate.terms.Require;
import java.net.URI;

/// Where a Tryton database is and who asks it.
///
/// @param database root of the database, for example `https://crm.example/crm/`; plain HTTP is for loopback only, since
///                 the login carries the password
/// @param user     login of the connector's own user
public record TrytonConfig(URI database, String user) {

    public TrytonConfig {
        Require.id("tryton user", user);
        String host = database.getHost();
        String path = database.getPath();
        require(host != null && path != null && path.endsWith("/"), "tryton database must be a URL that ends with `/`");
        require(database.getUserInfo() == null, "tryton database must not carry a user or a password");
        boolean plain = "http".equals(database.getScheme());
        require(plain || "https".equals(database.getScheme()), "tryton database must be an https URL");
        require(!plain || Loopback.is(host), "plain http reaches tryton on loopback only, use https");
    }
}
