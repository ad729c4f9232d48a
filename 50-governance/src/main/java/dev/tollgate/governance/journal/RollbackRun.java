// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.journal;

import dev.tollgate.governance.journal.Fate.End;
import dev.tollgate.terms.UserId;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A rollback that somebody asked for.
///
/// @param id      32 hexadecimal digits
/// @param which   which changes
/// @param apply   whether it takes them back, or only looks
/// @param by      who asked
/// @param why     why
/// @param asked   when
/// @param state   how far it is
/// @param ended   when it ended
/// @param problem why it came to nothing, and what to do next
/// @param ends    how many changes came to what
public record RollbackRun(
        String id,
        Selection which,
        boolean apply,
        UserId by,
        String why,
        Instant asked,
        State state,
        Optional<Instant> ended,
        Optional<String> problem,
        Map<End, Long> ends) {
    public RollbackRun {
        ends = Map.copyOf(ends);
    }

    /// How far a run is. Closed.
    public enum State {
        QUEUED,
        RUNNING,
        DONE,
        FAILED;

        /// The word on pages and in the store, for example `queued`.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What became of one change.
    ///
    /// @param entry the change
    /// @param end   what it came to
    /// @param by    who edited the record since, when known
    public record Line(JournalEntry entry, End end, Optional<String> by) {}
}
