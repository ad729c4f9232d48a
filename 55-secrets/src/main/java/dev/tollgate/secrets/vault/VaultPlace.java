// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.secrets.vault;

import dev.tollgate.terms.Require;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where a vault is, and how the secrets of this gateway are found in it.
///
/// @param url       `https://` and a host; plain `http` on loopback only
/// @param namespace of the vault, where it has such
/// @param authority certificates that its own must lead to, PEM; nothing means those of the platform
/// @param login     how this gateway proves itself
/// @param mount     of the key-value engine, version 2
/// @param prefix    folder in it; a secret `crm` is at `MOUNT/data/PREFIX/crm`, in the field `value`
/// @param paths     secrets that are elsewhere: `ENGINE/PATH#FIELD`, read as they are and leased where the engine
///     leases
public record VaultPlace(
        URI url,
        Optional<String> namespace,
        Optional<Path> authority,
        Login login,
        String mount,
        String prefix,
        Map<String, String> paths) {
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_-]+(/[A-Za-z0-9_.-]*[A-Za-z0-9_-])*");
    private static final Pattern ELSEWHERE = Pattern.compile(PATH.pattern() + "#[A-Za-z0-9_-]+");
    private static final String FIELD = "value";

    /// As many as a gateway connects systems, and more.
    private static final int PATHS_MAX = 256;

    /// How the gateway proves itself to the vault. Closed.
    public sealed interface Login {
        /// A token in a file that only this process may read, as the vault's agent writes it.
        record TokenFile(Path file) implements Login {}

        /// The service account of the pod that it runs in.
        ///
        /// @param role  in the vault
        /// @param mount of the auth method, usually `kubernetes`
        /// @param file  the service account's token, read anew at each login: it rotates
        record Kubernetes(String role, String mount, Path file) implements Login {
            public Kubernetes {
                Require.require(PATH.matcher(mount).matches(), "the mount of a login is a path of the vault");
                Require.require(!role.isBlank(), "a login has a role");
            }
        }
    }

    public VaultPlace {
        paths = Map.copyOf(paths);
        Require.require(
                url.getHost() != null && ("https".equals(url.getScheme()) || loopback(url)),
                "a vault is reached by `https`, or by `http` on loopback");
        Require.require(String.valueOf(url.getRawPath()).replace("/", "").isEmpty(), "a vault's url has no path");
        Require.require(PATH.matcher(mount).matches() && PATH.matcher(prefix).matches(), "a vault's paths are plain");
        Require.require(
                namespace.map(PATH.asMatchPredicate()::test).orElse(true), "a vault's namespace is a plain path");
        Require.require(paths.size() <= PATHS_MAX, "at most " + PATHS_MAX + " secrets are elsewhere in a vault");
        Require.require(
                paths.values().stream().allMatch(ELSEWHERE.asMatchPredicate()),
                "a secret elsewhere in a vault is `ENGINE/PATH#FIELD`");
    }

    private static boolean loopback(URI url) {
        String host = url.getHost();
        return "http".equals(url.getScheme())
                && (host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]"));
    }

    /// Where a secret is read.
    ///
    /// @param path  below `/v1/`
    /// @param field of what is there
    record Spot(String path, String field) {}

    Spot spot(String name) {
        String elsewhere = paths.get(name);
        if (elsewhere == null) {
            return new Spot(mount + "/data/" + prefix + "/" + name, FIELD);
        }
        int hash = elsewhere.indexOf('#');
        return new Spot(elsewhere.substring(0, hash), elsewhere.substring(hash + 1));
    }
}
