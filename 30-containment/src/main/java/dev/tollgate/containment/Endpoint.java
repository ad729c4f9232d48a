// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.containment;

import static dev.tollgate.terms.Require.require;

import java.util.List;
import java.util.Optional;

/// One place outside that agents' runtimes may be let through to. Read from `egress.yaml`; zones name it.
///
/// @param name     named by `egress` and `deny` of zones
/// @param scheme   sealed traffic goes through a tunnel, of which host and port are seen; plain traffic is read
/// @param host     a lower-case host name, or an address literal without brackets
/// @param port     1 to 65535
/// @param methods  of plain traffic; none for sealed traffic, where nobody sees them
/// @param paths    of plain traffic: each begins with `/` and stands for itself and what lies below it
/// @param internal an address inside the company is meant: without it a name with such an address is refused
public record Endpoint(
        String name, Scheme scheme, String host, int port, List<String> methods, List<String> paths, boolean internal) {
    /// How traffic to an endpoint looks from outside.
    public enum Scheme {
        /// TLS in a tunnel.
        HTTPS(443),
        /// In the clear.
        HTTP(80);

        private final int port;

        Scheme(int port) {
            this.port = port;
        }

        /// The port that a URL without one means.
        public int port() {
            return port;
        }

        /// The word in a URL.
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        /// The scheme of that word, or nothing.
        public static Optional<Scheme> of(String word) {
            return word.equals("https")
                    ? Optional.of(HTTPS)
                    : word.equals("http") ? Optional.of(HTTP) : Optional.empty();
        }
    }

    public Endpoint {
        methods = List.copyOf(methods);
        paths = List.copyOf(paths);
        require(port >= 1 && port <= 65_535, "a port is between 1 and 65535");
        require(paths.stream().allMatch(path -> path.startsWith("/")), "a path begins with `/`");
    }

    /// Whether traffic of this kind to this place is meant.
    public boolean is(Scheme how, String where, int at) {
        return scheme == how && port == at && host.equals(where);
    }

    /// Whether a path is one of the endpoint's, or lies below one. `/a` covers `/a` and `/a/b`, never `/ab`.
    public boolean covers(String path) {
        return paths.stream().anyMatch(one -> path.equals(one) || path.startsWith(one.endsWith("/") ? one : one + "/"));
    }
}
