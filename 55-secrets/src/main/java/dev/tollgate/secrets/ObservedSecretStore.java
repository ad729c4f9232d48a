// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.secrets;

import dev.tollgate.terms.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/// A store whose every lease is told to someone, for the audit and for alerts (requirement S1-34).
public final class ObservedSecretStore implements SecretStore {
    /// One try to lease.
    ///
    /// @param name     that was asked for; at most 64 characters of it
    /// @param decision for which it is used; nothing outside of calls
    /// @param expires  of the lease; nothing when the store refused
    public record Observed(String name, Optional<String> decision, Optional<Instant> expires) {}

    private static final int NAME_CHARS_MAX = 64;

    private final SecretStore store;
    private final Consumer<Observed> observer;

    /// @param observer told before the lease is handed over; what it throws withholds the lease
    public ObservedSecretStore(SecretStore store, Consumer<Observed> observer) {
        this.store = store;
        this.observer = observer;
    }

    @Override
    public Step<Lease> lease(String name, Duration most) {
        return lease(name, most, Optional.empty());
    }

    @Override
    public Step<Lease> lease(String name, Duration most, Optional<String> decision) {
        Step<Lease> lease = store.lease(name, most, decision);
        String known = name.length() <= NAME_CHARS_MAX ? name : name.substring(0, NAME_CHARS_MAX);
        observer.accept(new Observed(
                known,
                decision,
                switch (lease) {
                    case Step.Passed<Lease> passed -> Optional.of(passed.state().expires());
                    case Step.Refused<Lease> _ -> Optional.empty();
                }));
        return lease;
    }
}
