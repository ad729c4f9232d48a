// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.state;

import dev.tollgate.containment.Held;

/// A part of the agent's budgets is held for the call.
public record Contained(Validated from, Held held) implements State {
    @Override
    public Known known() {
        return from.known().with(held);
    }

    /// Who asks, and the bundle that decides.
    public Authenticated who() {
        return from.who();
    }

    /// What is asked.
    public Validated validated() {
        return from;
    }
}
