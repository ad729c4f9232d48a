// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.state;

import dev.tollgate.connectors.Rows;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The connector accepted the token and the system answered. Values are here in the clear: nothing
/// of them is released yet.
///
/// @param kept completes once the journal has what became of a change: before anything is told of
///             it
public record Executed(Approved from, Rows rows, CompletableFuture<Boolean> kept) implements State {
    /// Longer than any wait of the store underneath.
    private static final int KEPT_SECONDS_MAX = 30;

    /// Waits until the journal has what became of the change. One that it could not be told stays,
    /// in the journal, one of which nobody knows.
    ///
    /// @return whether the journal has it
    public boolean awaitKept() {
        try {
            return kept.get(KEPT_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException _) {
            return false;
        }
    }

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
