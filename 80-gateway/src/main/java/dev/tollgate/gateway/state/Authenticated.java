// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.state;

import dev.tollgate.policy.DecisionPoint;
import dev.tollgate.terms.Principal;

/// The token is valid and the bundle knows agent and person. The bundle is pinned: the whole call is decided under it.
public record Authenticated(Received from, DecisionPoint policy, Principal principal) implements State {
    @Override
    public Known known() {
        return from.known().with(policy.bundle().version(), principal);
    }
}
