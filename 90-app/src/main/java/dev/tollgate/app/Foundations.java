// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import dev.tollgate.app.Configuration.Database;
import dev.tollgate.policy.Bundles;
import dev.tollgate.policy.token.LocalTokens;
import dev.tollgate.secrets.ObservedSecretStore;
import dev.tollgate.secrets.SecretStore;
import dev.tollgate.secrets.vault.VaultSecretStore;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// What both the gateway and the operators' commands stand on: configuration, store, keys, secrets and bundles.
///
/// @param secrets    observed: each retrieval is told to `retrievals`
/// @param kept       the store behind them
/// @param tokens     which decision tokens of this process were used
record Foundations(
        Configuration configuration,
        Store store,
        Keys keys,
        SecretStore secrets,
        SecretStore kept,
        Retrievals retrievals,
        Bundles bundles,
        LocalTokens tokens,
        InstantSource clock,
        RandomGenerator random)
        implements AutoCloseable {
    /// `iss` of the tokens of a deployment.
    static final String ISSUER = "tollgate";

    /// `aud` of the bearer tokens.
    static final String AUDIENCE = "tollgate-gateway";

    static Foundations open(Configuration configuration, InstantSource clock) {
        makePrivate(configuration.data());
        SecureRandom random = new SecureRandom();
        Retrievals retrievals = new Retrievals(configuration, clock);
        SecretStore kept = SecretRoom.store(configuration, clock);
        SecretStore secrets = new ObservedSecretStore(kept, retrievals);
        Store store = Stores.open(database(configuration, secrets));
        return new Foundations(
                configuration,
                store,
                Keys.in(configuration, secrets),
                secrets,
                kept,
                retrievals,
                new Bundles(store, clock, random, configuration.region()),
                LocalTokens.of(random, clock),
                clock,
                random);
    }

    private static StoreConfig database(Configuration configuration, SecretStore secrets) {
        return switch (configuration.store()) {
            case Database.Sqlite _ -> StoreConfig.sqlite(configuration.data().resolve("tollgate.db"));
            case Database.Postgres postgres ->
                switch (secrets.lease(postgres.password(), Duration.ofMinutes(15))) {
                    case Step.Passed<dev.tollgate.secrets.Lease> lease ->
                        StoreConfig.postgres(
                                postgres.url(), postgres.user(), lease.state().secret(), postgres.walled());
                    case Step.Refused<dev.tollgate.secrets.Lease> _ ->
                        throw new ConfigurationFile.InvalidConfiguration(
                                "the secret that `store.password` names is missing or readable by others");
                };
        };
    }

    private static void makePrivate(Path folder) {
        try {
            if (!Files.exists(folder)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException("the data folder cannot be made", unwritable);
        }
    }

    @Override
    public void close() {
        store.close();
        keys.home().close();
        if (kept instanceof VaultSecretStore vault) {
            vault.close();
        }
    }
}
