// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Hosts that are this machine: what goes there in the clear crosses no wire.
public final class Loopback {
    private static final Set<String> HOSTS = Set.of("127.0.0.1", "localhost", "[::1]");

    private Loopback() {}

    /// Whether a URL's host is this machine by its very name; nothing is looked up.
    public static boolean is(@Nullable String host) {
        return host != null && HOSTS.contains(host);
    }
}
