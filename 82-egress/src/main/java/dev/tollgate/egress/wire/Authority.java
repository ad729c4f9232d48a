// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.egress.wire;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A host and a port as a request names them (RFC 9110 §7.2). Whatever is not plainly one is nothing.
///
/// @param host lower-case, an IPv6 literal without its brackets
/// @param port 1 to 65535; nothing when the request names none
public record Authority(String host, OptionalInt port) {
    private static final int PORT_MAX = 65_535;
    private static final Pattern SHAPE =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.]{2,45})]|([A-Za-z0-9.-]{1,253}))(?::([1-9][0-9]{0,4}))?");

    /// Reads one.
    public static Optional<Authority> of(String text) {
        Matcher parts = SHAPE.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String host = parts.group(1) == null ? parts.group(2) : parts.group(1);
        OptionalInt port =
                parts.group(3) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(parts.group(3)));
        if (port.orElse(1) > PORT_MAX) {
            return Optional.empty();
        }
        return Optional.of(new Authority(host.toLowerCase(Locale.ROOT), port));
    }

    /// Whether this means the same place as another, when no port means `usual`.
    boolean same(Authority other, int usual) {
        return host.equals(other.host) && port.orElse(usual) == other.port.orElse(usual);
    }

    /// As a `Host` header writes it.
    public String text() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port.isPresent() ? name + ":" + port.getAsInt() : name;
    }
}
