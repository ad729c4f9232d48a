// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import dev.tollgate.app.SecretPlace.Kept;
import dev.tollgate.secrets.FileSecretStore;
import dev.tollgate.secrets.vault.VaultPlace;
import dev.tollgate.secrets.vault.VaultPlace.Login;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads where credentials and signing keys are.
final class ConfigurationSecrets {
    /// Where Kubernetes puts the token of a pod's service account.
    private static final String SERVICE_ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount/token";

    private final ConfigurationText file;

    ConfigurationSecrets(ConfigurationText file) {
        this.file = file;
    }

    SecretPlace place(Map<String, Object> root) {
        return new SecretPlace(credentials(root), token(root));
    }

    /// A folder, as a text, or one of the stores of docs/secrets.md.
    private Kept credentials(Map<String, Object> root) {
        if (!(root.get("secrets") instanceof Map)) {
            return new Kept.Embedded(file.text(root, "", "secrets").map(file::path));
        }
        Map<String, Object> secrets = file.section(root, "secrets");
        file.keys(secrets, "secrets.", Set.of("store", "folder", "readers", "vault"));
        String store = file.required(secrets, "secrets.", "store");
        Optional<Path> folder = file.text(secrets, "secrets.", "folder").map(file::path);
        return switch (store) {
            case "embedded" -> new Kept.Embedded(folder);
            case "environment" -> new Kept.Environment();
            case "mounted" ->
                new Kept.Mounted(
                        file.path(file.required(secrets, "secrets.", "folder")),
                        file.text(secrets, "secrets.", "readers")
                                        .orElse("group")
                                        .equals("owner")
                                ? FileSecretStore.Readers.NOBODY
                                : FileSecretStore.Readers.GROUP);
            case "vault" -> vault(file.section(secrets, "vault"));
            default -> {
                file.problem("`secrets.store` must be `embedded`, `mounted`, `environment` or `vault`");
                yield new Kept.Environment();
            }
        };
    }

    private Kept vault(Map<String, Object> vault) {
        String prefix = "secrets.vault.";
        file.keys(
                vault,
                "secrets.vault.",
                Set.of("url", "namespace", "authority", "mount", "prefix", "paths", "login", "file", "role", "auth"));
        Map<String, Object> named = file.section(vault, "paths");
        Map<String, String> paths = new HashMap<>();
        named.keySet().forEach(name -> file.text(named, prefix + "paths.", name).ifPresent(at -> paths.put(name, at)));
        String login = file.required(vault, prefix, "login");
        if (!login.equals("token") && !login.equals("kubernetes")) {
            file.problem("`secrets.vault.login` must be `token` or `kubernetes`");
        }
        Login proof = login.equals("token")
                ? new Login.TokenFile(file.path(file.required(vault, prefix, "file")))
                : new Login.Kubernetes(
                        file.required(vault, prefix, "role"),
                        file.text(vault, prefix, "auth").orElse("kubernetes"),
                        file.path(file.text(vault, prefix, "file").orElse(SERVICE_ACCOUNT)));
        return new Kept.Vault(new VaultPlace(
                file.uri(file.required(vault, prefix, "url"), "secrets.vault.url")
                        .orElse(URI.create("https://localhost")),
                file.text(vault, prefix, "namespace"),
                file.text(vault, prefix, "authority").map(file::path),
                proof,
                file.text(vault, prefix, "mount").orElse("secret"),
                file.text(vault, prefix, "prefix").orElse("tollgate"),
                paths));
    }

    private Optional<SecretPlace.Hsm> token(Map<String, Object> root) {
        Map<String, Object> keys = file.section(root, "keys");
        file.keys(keys, "keys.", Set.of("library", "token", "pin"));
        return root.containsKey("keys")
                ? Optional.of(new SecretPlace.Hsm(
                        file.path(file.required(keys, "keys.", "library")),
                        file.required(keys, "keys.", "token"),
                        file.required(keys, "keys.", "pin")))
                : Optional.empty();
    }
}
