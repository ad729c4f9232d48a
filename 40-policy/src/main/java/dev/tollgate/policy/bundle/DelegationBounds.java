// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.bundle;

import dev.tollgate.terms.Scope;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// The most that a person can delegate to an agent (requirement S1-4). For whom it acts, `AgentRecord` says.
///
/// @param scopes   scopes that are ever issued to it, `*` allowed; none means that none is
/// @param ttl      how long a delegation lasts at most, never over 900 s
/// @param audience the gateway that its tokens are for; nothing means the gateway that issues them
public record DelegationBounds(Set<Scope> scopes, Duration ttl, Optional<String> audience) {
    /// The longest delegation there is.
    public static final Duration TTL_MAX = Duration.ofMinutes(15);

    /// Nothing is ever issued.
    public static final DelegationBounds NOTHING = new DelegationBounds(Set.of(), TTL_MAX, Optional.empty());

    public DelegationBounds {
        scopes = Set.copyOf(scopes);
    }
}
