// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.journal;

import dev.tollgate.terms.Value;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/// Reads and restores records in the systems that hold them, for many threads at once. `Failed` is the
/// fate of one change; anything else that it throws ends a rollback, and running it again goes on.
public interface Restorer {
    /// The record of a change as it is now.
    ///
    /// @return nothing when the record is not there
    Optional<Current> current(JournalEntry entry);

    /// Puts back what a change replaced: its before-values, or the whole record that it deleted;
    /// deletes a record that it made. Only if the record still has the expected version, where the
    /// system has versions.
    Restored restore(JournalEntry entry, Optional<String> expectedVersion);

    /// The system did not let a record be read or written. Whether it was written may be unknown.
    final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /// @param why a word of ours, for logs
        public Failed(String why) {
            super(why, null, false, false);
        }
    }

    /// A record as it is now.
    ///
    /// @param values  at least the touched fields
    /// @param version of the record, where it has one
    /// @param edits   what others edited since the change, where the system can tell
    record Current(SortedMap<String, Value> values, Optional<String> version, Optional<Edits> edits) {}

    /// What others, not this gateway, edited since a change was made.
    ///
    /// @param fields which fields; empty when none
    /// @param by     by whom the last one, when known
    record Edits(Set<String> fields, Optional<String> by) {
        public Edits {
            fields = Set.copyOf(fields);
        }
    }

    /// What became of restoring. Closed.
    sealed interface Restored {
        /// It is restored.
        ///
        /// @param version  of the record now, where it has one
        /// @param recorded waits until the log has it; throws `Failed` when it never will
        record Done(Optional<String> version, Runnable recorded) implements Restored {
            public Done(Optional<String> version) {
                this(version, () -> {});
            }
        }

        /// Somebody edited it in the meantime: nothing was written.
        record Edited() implements Restored {}
    }
}
