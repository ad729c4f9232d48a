// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.state;

/// The outcome is durable in the log: the answer may go.
///
/// @param logIndex where the outcome stands
public record Recorded(Inspected from, long logIndex) implements State {
    @Override
    public Known known() {
        return from.known();
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
        return from.decided();
    }
}
