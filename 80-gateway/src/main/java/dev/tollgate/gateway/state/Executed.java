// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.state;

import dev.tollgate.connectors.Rows;

/// The connector accepted the token and the system answered. Values are here in the clear: nothing of them is released
/// yet.
public record Executed(Approved from, Rows rows) implements State {
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
