// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.state;

import dev.tollgate.policy.Situation;

/// The risk is scored, with named signals, and what the agent may still hold is known where a policy asks for it. Both
/// are evidence: policy decides what they mean.
///
/// @param remembered what the agent was shown before was looked up
public record Assessed(Contained from, Situation situation, boolean remembered) implements State {
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
