// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import dev.tollgate.server.ServerConfig;
import java.net.URI;

/// Where and how the gateway's own doors listen, as the configuration says.
final class Listening {
    private static final String VERSION = "0.1.0";

    private Listening() {}

    static ServerConfig config(Configuration configuration) {
        ServerConfig local = ServerConfig.local(configuration.listen().port());
        return new ServerConfig(
                configuration.listen().host(),
                configuration.listen().port(),
                configuration.listen().url().map(URI::toString),
                local.hosts(),
                configuration.listen().url().map(URI::toString).stream().toList(),
                local.issuers(),
                configuration.access().scopes(),
                VERSION,
                local.http(),
                local.json(),
                configuration.fixtures());
    }
}
