// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity.proof;

import dev.tollgate.store.SingleUse;
import dev.tollgate.store.StoreFailure;
import java.time.Instant;
import java.util.concurrent.CompletionException;

/// Proofs that are taken once, on all nodes together.
public final class TakenOnce {
    private final SingleUse uses;

    /// @param uses shared by every node that must agree
    public TakenOnce(SingleUse uses) {
        this.uses = uses;
    }

    /// Whether a proof was taken before.
    public enum Use {
        FIRST,
        AGAIN,
        /// Nobody can say, which counts as taken.
        UNKNOWN
    }

    /// Takes a proof.
    ///
    /// @param name  of the proof, at most 256 characters
    /// @param until when nobody takes it any more
    public Use take(String name, Instant until) {
        try {
            return uses.consume(name, until).join() ? Use.FIRST : Use.AGAIN;
        } catch (StoreFailure | CompletionException _) {
            return Use.UNKNOWN;
        }
    }
}
