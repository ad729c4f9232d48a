// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.journal;

import java.util.Locale;
import java.util.Optional;

/// What a rollback can do with a change, or did.
///
/// @param entry the change
/// @param end   what it comes to
/// @param by    who edited the record since, when known
public record Fate(JournalEntry entry, End end, Optional<String> by) {
    /// What it comes to. Closed.
    public enum End {
        /// It can be taken back.
        REVERTIBLE,
        /// It was taken back by this run.
        REVERTED,
        /// It was taken back before, or what it made is gone.
        ALREADY,
        /// Somebody edited the record since: it is left as it is, for people.
        EDITED,
        /// Its tool cannot be undone.
        IRREVERSIBLE,
        /// Nobody knows whether it was made: for people.
        UNKNOWN,
        /// Another run is at it.
        BUSY,
        /// The system did not let it be read or written: run it again, or look at it by hand.
        FAILED;

        /// The word on pages and in the store, for example `revertible`.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
