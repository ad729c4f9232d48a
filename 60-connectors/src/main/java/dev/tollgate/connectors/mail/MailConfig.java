// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.mail;

import static dev.tollgate.terms.Require.require;

import dev.tollgate.connectors.Loopback;
import dev.tollgate.terms.MailAddress;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/// Where a mail server is, and who sends.
///
/// @param server `smtps://host` speaks TLS from the first byte; `smtp://host` must change to TLS,
///     unless it is loopback; `smtp+plain://host` never does, for a relay in the same network, and
///     takes no password
/// @param from   the sender of every message
/// @param user   the account there; nothing for a relay that asks for none
public record MailConfig(URI server, MailAddress from, Optional<String> user) {
    private static final int SMTPS = 465;
    private static final int SUBMISSION = 587;
    private static final int RELAY = 25;
    private static final String PLAIN = "smtp+plain";

    public MailConfig {
        String scheme = String.valueOf(server.getScheme());
        require(
                server.getHost() != null && Set.of("smtps", "smtp", PLAIN).contains(scheme),
                "a mail server is `smtps://host`, `smtp://host` or `smtp+plain://host`");
        require(
                server.getUserInfo() == null && String.valueOf(server.getPath()).isEmpty(),
                "the URL of a mail server has a host and a port, and nothing else");
        require(!scheme.equals(PLAIN) || user.isEmpty(), "a password goes to a mail server over TLS only");
    }

    String host() {
        return server.getHost();
    }

    int port() {
        int usual = implicit() ? SMTPS : server.getScheme().equals(PLAIN) ? RELAY : SUBMISSION;
        return server.getPort() < 0 ? usual : server.getPort();
    }

    /// Whether TLS begins with the first byte.
    boolean implicit() {
        return server.getScheme().equals("smtps");
    }

    /// Whether the connection must change to TLS before anything is said.
    boolean upgrades() {
        return server.getScheme().equals("smtp") && !Loopback.is(host());
    }
}
