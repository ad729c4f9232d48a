// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.sql;

import static dev.tollgate.terms.Require.require;

import dev.tollgate.connectors.Loopback;
import dev.tollgate.terms.Require;
import java.util.regex.Pattern;

/// Where a PostgreSQL database is and who asks it.
///
/// @param host     name or address; anything but loopback is reached over TLS with a verified certificate
/// @param port     1 to 65535
/// @param database name of the database
/// @param user     the connector's own role; give it no more than the contract needs
public record SqlConfig(String host, int port, String database, String user) {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]{1,253}|\\[[0-9a-fA-F:]{2,45}]");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,63}");

    public SqlConfig {
        require(HOST.matcher(host).matches(), "sql host must be a host name or an address");
        require(port >= 1 && port <= 65_535, "sql port must be 1 to 65535");
        // It becomes part of a URL, where `?` would begin driver settings.
        require(NAME.matcher(database).matches(), "sql database must be letters, digits, `_` and `-`");
        Require.id("sql user", user);
    }

    String url() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    boolean loopback() {
        return Loopback.is(host);
    }
}
