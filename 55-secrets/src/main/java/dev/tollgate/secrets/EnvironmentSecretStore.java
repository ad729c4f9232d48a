// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.secrets;

import dev.tollgate.terms.SecretValue;
import dev.tollgate.terms.Step;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;

/// Environment variables: secret `tryton-main` is `TOLLGATE_SECRET_TRYTON_MAIN`. For containers and CI; a
/// variable can be read by whoever may read the process, and does not rotate while it runs: prefer files.
public final class EnvironmentSecretStore implements SecretStore {
    private static final String PREFIX = "TOLLGATE_SECRET_";

    private final Map<String, String> environment;
    private final InstantSource clock;

    /// @param environment of the process, as `System.getenv()` gives it
    public EnvironmentSecretStore(Map<String, String> environment, InstantSource clock) {
        this.environment = Map.copyOf(environment);
        this.clock = clock;
    }

    @Override
    public Step<Lease> lease(String name, Duration most) {
        if (!NAME.matcher(name).matches()) {
            return SecretStore.rejected();
        }
        String secret = environment.get(PREFIX + name.toUpperCase(Locale.ROOT).replace('-', '_'));
        return secret == null || secret.isEmpty()
                ? SecretStore.rejected()
                : Step.pass(Lease.of(name, SecretValue.of(secret), clock.instant(), most));
    }

    /// Only the names are worth a look, and not even those are printed.
    @Override
    public String toString() {
        return "EnvironmentSecretStore";
    }
}
