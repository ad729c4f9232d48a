// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.state;

import dev.tollgate.policy.token.DecisionToken;
import dev.tollgate.terms.SecretValue;

/// A decision token names exactly the operation.
///
/// @param token     what it says
/// @param jws       the form that the connector checks
/// @param presented the agent brought it, from `request_authorization`
public record Approved(Decided from, DecisionToken token, SecretValue jws, boolean presented) implements State {
    @Override
    public Known known() {
        return from.known().with(token, presented);
    }

    /// Who asks, and the bundle that decides.
    public Authenticated who() {
        return from.who();
    }

    /// What is asked.
    public Validated validated() {
        return from.validated();
    }

    /// What policy said.
    public Decided decided() {
        return from;
    }
}
