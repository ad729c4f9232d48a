// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.secrets;

import dev.tollgate.terms.SecretValue;
import dev.tollgate.terms.Step;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The encrypted file of a deployment, read at each lease: `tollgate secret set` counts from the next call on.
public final class SealedSecretStore implements SecretStore {
    private static final Logger LOG = LoggerFactory.getLogger(SealedSecretStore.class);

    private final SealedSecrets sealed;
    private final InstantSource clock;

    /// Leases what `sealed` keeps.
    public SealedSecretStore(SealedSecrets sealed, InstantSource clock) {
        this.sealed = sealed;
        this.clock = clock;
    }

    @Override
    public Step<Lease> lease(String name, Duration most) {
        if (!NAME.matcher(name).matches()) {
            return SecretStore.rejected();
        }
        try {
            Optional<SecretValue> secret = sealed.open(name);
            return secret.isPresent()
                    ? Step.pass(Lease.of(name, secret.get(), clock.instant(), most))
                    : SecretStore.rejected();
        } catch (SealedSecrets.Unreadable wrong) {
            LOG.atWarn().addKeyValue("why", wrong.getMessage()).log("the sealed secrets cannot be used");
            return SecretStore.rejected();
        } catch (IOException broken) {
            LOG.atWarn().addKeyValue("cause", broken.getClass().getSimpleName()).log("secret cannot be read");
            return SecretStore.unreachable();
        }
    }
}
