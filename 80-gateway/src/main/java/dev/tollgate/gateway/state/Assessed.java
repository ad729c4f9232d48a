// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.state;

import dev.tollgate.policy.Situation;

/// The risk is scored, with named signals. Risk is evidence: policy decides what it means.
public record Assessed(Contained from, Situation situation) implements State {
    @Override
    public Known known() {
        return from.known().with(situation.risk());
    }

    /// Who asks, and the bundle that decides.
    public Authenticated who() {
        return from.who();
    }

    /// What is asked.
    public Validated validated() {
        return from.validated();
    }
}
