// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// An entry was not made durable. What depends on it must not happen: the gateway answers `Unrecorded`.
public final class Unwritable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Why, and whether another try can help.
    public enum Kind {
        /// There is no room for the next segment. Appends work again once there is.
        NO_ROOM,
        /// The disk failed in a way that leaves unknown what it holds. Final until the log is opened again.
        FAILED,
        /// More entries wait than the log queues. Try again later.
        BUSY,
        /// The log is closed.
        CLOSED
    }

    private final Kind kind;

    Unwritable(Kind kind, @Nullable IOException cause) {
        super("the log cannot be written: " + explain(kind), cause);
        this.kind = kind;
    }

    /// Why.
    public Kind kind() {
        return kind;
    }

    private static String explain(Kind kind) {
        return switch (kind) {
            case NO_ROOM -> "no room for a new segment";
            case FAILED -> "the disk failed";
            case BUSY -> "too many entries wait";
            case CLOSED -> "it is closed";
        };
    }
}
