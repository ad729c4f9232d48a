// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity.bound;

import dev.tollgate.store.SingleUse;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes each proof once, on whichever node it comes. What it keeps is forgotten once no node would
/// take the proof for its age. Safe for many threads.
public final class Replays {
    private static final Logger LOG = LoggerFactory.getLogger(Replays.class);

    private final SingleUse uses;

    /// @param uses in the store that all nodes share
    public Replays(SingleUse uses) {
        this.uses = uses;
    }

    /// Whether a proof was taken before. Closed.
    public enum Use {
        FIRST,
        AGAIN,
        /// Nobody can say: it must count as used.
        UNKNOWN
    }

    /// Takes a proof. Blocks until that is durable.
    ///
    /// @param name  of the proof among all kinds of proofs, at most 256 characters
    /// @param until when nobody takes it any more
    public Use take(String name, Instant until) {
        try {
            return uses.consume(name, until).join() ? Use.FIRST : Use.AGAIN;
        } catch (RuntimeException unknown) {
            Throwable why = unknown.getCause() == null ? unknown : unknown.getCause();
            LOG.atWarn().addKeyValue("kind", why.getClass().getName()).log("nobody can say whether a proof was used");
            return Use.UNKNOWN;
        }
    }

    /// Takes a proof of possession, by its id.
    Use possession(String id, Instant until) {
        return take("dpop:" + id, until);
    }
}
