// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.exception;

import dev.tollgate.terms.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One exception in the queue.
///
/// @param id       32 hexadecimal digits
/// @param report   the first of its flood, with the evidence of all, up to a hundred
/// @param state    how far it is
/// @param amount   how often it happened
/// @param opened   when it happened first
/// @param last     when it happened last
/// @param reviewBy when somebody must have taken it
/// @param remedyBy when it must be resolved
/// @param breached clocks that ran out and were escalated
/// @param taken    who looks at it, and since when
/// @param resolved who ended it, how and when
public record ExceptionCase(
        String id,
        ExceptionReport report,
        State state,
        long amount,
        Instant opened,
        Instant last,
        Instant reviewBy,
        Instant remedyBy,
        List<Clock> breached,
        Optional<Taken> taken,
        Optional<Resolved> resolved) {
    /// How far an exception is. Closed.
    public enum State {
        OPEN,
        IN_REVIEW,
        RESOLVED;

        /// The word in pages and in the store, for example `in-review`.
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// What can run out (requirement S4-20). Closed.
    public enum Clock {
        REVIEW,
        REMEDY
    }

    /// How an exception ended. Closed.
    public enum Resolution {
        /// Nothing was wrong.
        DISMISSED,
        /// A rule, a permission, a prompt or a tool was changed.
        MENDED,
        /// What the agent did was undone.
        REVERTED,
        /// A person did by hand what the agent could not.
        DONE_BY_HAND
    }

    /// Who looks at it.
    public record Taken(UserId by, Instant at) {}

    /// Who ended it.
    public record Resolved(UserId by, Instant at, Resolution how, String remark) {}

    public ExceptionCase {
        breached = List.copyOf(breached);
    }
}
