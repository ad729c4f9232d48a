// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import dev.tollgate.secrets.FileSecretStore;
import dev.tollgate.secrets.vault.VaultPlace;
import dev.tollgate.terms.Require;
import java.nio.file.Path;
import java.util.Optional;

/// Where the credentials and the signing keys of a deployment are (docs/secrets.md).
///
/// @param credentials of connected systems and of the gateway itself
/// @param keys        the token that signs; nothing means files in the folder `keys` of the data
public record SecretPlace(Kept credentials, Optional<SecretPlace.Hsm> keys) {
    /// Nothing but files of this deployment.
    public static final SecretPlace EMBEDDED = new SecretPlace(new Kept.Embedded(Optional.empty()), Optional.empty());

    /// Where credentials are. Closed.
    public sealed interface Kept {
        /// The encrypted file of the data folder, and behind it a folder of files.
        ///
        /// @param folder nothing means `secrets` in the data folder
        record Embedded(Optional<Path> folder) implements Kept {}

        /// A volume of files that an orchestrator mounts.
        ///
        /// @param readers who may read the files besides their owner
        record Mounted(Path folder, FileSecretStore.Readers readers) implements Kept {}

        /// Variables of the process.
        record Environment() implements Kept {}

        /// A HashiCorp Vault or an OpenBao.
        record Vault(VaultPlace place) implements Kept {}
    }

    /// A PKCS#11 token.
    ///
    /// @param library the module's library
    /// @param token   the token's label
    /// @param pin     name of the secret that holds the user's PIN
    public record Hsm(Path library, String token, String pin) {
        public Hsm {
            Require.require(!token.isBlank() && token.length() <= 32, "`keys.token` is a label of up to 32 characters");
        }
    }
}
