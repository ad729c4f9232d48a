// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.http;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Which `Host` and `Origin` a request may carry. Against DNS rebinding: a page of a stranger that resolves its
/// own name to this machine still sends that name (MCP 2026-07-28, Streamable HTTP, "Security & Endpoint").
public final class HostGuard {
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Set<String> hosts;
    private final Set<String> origins;

    /// A guard that accepts this machine's own names and what is listed.
    ///
    /// @param hosts   names without port, for example `gateway.example.com`
    /// @param origins whole origins of browsers' pages, for example `https://console.example.com`
    public HostGuard(List<String> hosts, List<String> origins) {
        Set<String> names = new HashSet<>(LOCAL);
        hosts.forEach(host -> names.add(host.toLowerCase(Locale.ROOT)));
        this.hosts = Set.copyOf(names);
        this.origins = Set.copyOf(origins);
    }

    /// Whether a `Host` names this server.
    public boolean acceptsHost(String host) {
        return hosts.contains(withoutPort(host.toLowerCase(Locale.ROOT)));
    }

    /// Whether a page of this origin may talk to this server: a listed one, or one that this machine serves
    /// itself.
    public boolean acceptsOrigin(String origin) {
        if (origins.contains(origin)) {
            return true;
        }
        String lower = origin.toLowerCase(Locale.ROOT);
        int name = lower.indexOf("://") + "://".length();
        return (lower.startsWith("http://") || lower.startsWith("https://"))
                && LOCAL.contains(withoutPort(lower.substring(name)));
    }

    private static String withoutPort(String authority) {
        int colon = authority.lastIndexOf(':');
        boolean port = colon > authority.lastIndexOf(']')
                && colon < authority.length() - 1
                && authority.chars().skip(colon + 1L).allMatch(c -> c >= '0' && c <= '9');
        return port ? authority.substring(0, colon) : authority;
    }
}
