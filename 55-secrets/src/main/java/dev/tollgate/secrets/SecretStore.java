// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.secrets;

import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.SystemId;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where credentials come from. Every use leases afresh, so that a rotated secret is used at once and a revoked
/// one never again. Safe for many threads.
public interface SecretStore {
    /// The longest lease there is (requirement S1-34).
    Duration LEASE_MAX = Duration.ofMinutes(15);

    /// The system that a refusal names, so that a store never tells which secret was asked for.
    SystemId SYSTEM = new SystemId("secrets");

    /// Names are the same for every store: a file, a variable, a path in a vault. None can climb out of a folder.
    Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    /// Leases a secret.
    ///
    /// @param name lower-case letters, digits and `-`, at most 64
    /// @param most how long the caller needs it; more than 15 minutes are cut to 15
    /// @return the lease; `UpstreamFailed` with `rejected` when there is no such secret or it is not kept as
    ///     secrets must be, with `unreachable` when the store does not answer
    Step<Lease> lease(String name, Duration most);

    /// Leases a secret for one decision, which whoever observes the store is told.
    ///
    /// @param decision the id of the decision that the secret is used for; nothing outside of calls
    default Step<Lease> lease(String name, Duration most, Optional<String> decision) {
        return lease(name, most);
    }

    /// The refusal for a secret that is missing or badly kept.
    static Step<Lease> rejected() {
        return Step.refuse(new Refusal.UpstreamFailed(SYSTEM, "rejected"));
    }

    /// The refusal of a store that does not answer.
    static Step<Lease> unreachable() {
        return Step.refuse(new Refusal.UpstreamFailed(SYSTEM, "unreachable"));
    }
}
