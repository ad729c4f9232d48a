// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity.bound;

import dev.tollgate.store.SingleUse;
import java.time.Instant;
import java.util.concurrent.CompletionException;

/// Takes each proof once, on whichever node it comes. What it keeps is forgotten once no node would
/// take the proof for its age. Safe for many threads.
public final class Replays {
    private static final String PREFIX = "dpop:";

    private final SingleUse uses;

    /// @param uses in the store that all nodes share
    public Replays(SingleUse uses) {
        this.uses = uses;
    }

    /// Whether a proof comes for the first time. Blocks until that is durable.
    ///
    /// @throws RuntimeException when nobody can say, and the proof must count as used
    boolean first(String id, Instant expires) {
        try {
            return uses.consume(PREFIX + id, expires).join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException why ? why : failed;
        }
    }
}
