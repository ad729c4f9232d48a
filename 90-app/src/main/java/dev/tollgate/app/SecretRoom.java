// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import dev.tollgate.secrets.CryptoProviders;
import dev.tollgate.secrets.EnvironmentSecretStore;
import dev.tollgate.secrets.FileSecretStore;
import dev.tollgate.secrets.FirstSecretStore;
import dev.tollgate.secrets.KeyHome;
import dev.tollgate.secrets.Lease;
import dev.tollgate.secrets.SealedSecretStore;
import dev.tollgate.secrets.SealedSecrets;
import dev.tollgate.secrets.SealingKeys;
import dev.tollgate.secrets.SecretStore;
import dev.tollgate.secrets.SigningKeys;
import dev.tollgate.secrets.hsm.HsmKeys;
import dev.tollgate.secrets.hsm.HsmToken;
import dev.tollgate.secrets.vault.VaultSecretStore;
import dev.tollgate.terms.Step;
import java.nio.file.Path;
import java.security.Provider;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// Opens what a deployment's credentials and signing keys are in.
final class SecretRoom {
    /// The PIN is used at once.
    private static final Duration PIN_TIME = Duration.ofMinutes(1);

    private SecretRoom() {}

    /// The store of credentials, not observed by anybody yet.
    static SecretStore store(Configuration configuration, InstantSource clock) {
        Path data = configuration.data();
        return switch (configuration.secrets().credentials()) {
            case SecretPlace.Kept.Embedded embedded ->
                new FirstSecretStore(List.of(
                        new SealedSecretStore(sealed(configuration), clock),
                        new FileSecretStore(embedded.folder().orElse(data.resolve("secrets")), clock)));
            case SecretPlace.Kept.Mounted(Path folder, FileSecretStore.Readers readers) ->
                new FileSecretStore(folder, readers, clock);
            case SecretPlace.Kept.Environment _ -> new EnvironmentSecretStore(System.getenv(), clock);
            case SecretPlace.Kept.Vault(var place) -> new VaultSecretStore(place, clock);
        };
    }

    /// The encrypted file of a deployment, which the embedded store reads.
    static SealedSecrets sealed(Configuration configuration) {
        Path data = configuration.data();
        return new SealedSecrets(
                data.resolve("secrets.sealed"),
                new SealingKeys(data.resolve("keys")).openOrCreate("secrets"),
                new SecureRandom());
    }

    /// Where the signing keys are.
    static KeyHome keys(Configuration configuration, SecretStore secrets) {
        Provider provider = CryptoProviders.best();
        return configuration
                .secrets()
                .keys()
                .map(hsm -> hsm(hsm, secrets, provider))
                .orElseGet(() -> new SigningKeys(configuration.data().resolve("keys"), provider));
    }

    private static KeyHome hsm(SecretPlace.Hsm place, SecretStore secrets, Provider provider) {
        return switch (secrets.lease(place.pin(), PIN_TIME)) {
            case Step.Passed<Lease> leased ->
                new HsmKeys(
                        HsmToken.open(
                                place.library(), place.token(), leased.state().secret()),
                        provider);
            case Step.Refused<Lease> _ ->
                throw new ConfigurationFile.InvalidConfiguration(
                        "the secret that `keys.pin` names is missing or readable by others");
        };
    }
}
