// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.journal;

import dev.tollgate.governance.change.Change;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Value;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/// One change in the journal: who, when, which record, which fields from what to what, what kind of
/// action and why (requirement S4-18).
///
/// @param id         which
/// @param change     as it was authorised, with the touched fields as they were
/// @param cause      why
/// @param record     which record; for a new one, once it is made
/// @param at         when it was about to be made
/// @param seq        how many changes of the record the journal knew before
/// @param outcome    what became of it
/// @param after      the touched fields as the system held them afterwards
/// @param newVersion the record's version afterwards, where it has one
/// @param revert     whether it was taken back
public record JournalEntry(
        ChangeId id,
        Change change,
        Cause cause,
        Optional<RecordId> record,
        Instant at,
        long seq,
        Outcome outcome,
        SortedMap<String, Value> after,
        Optional<String> newVersion,
        Revert revert) {
    /// What became of a change. Closed.
    public enum Outcome {
        /// Nobody knows: it was begun, and its end was never written down.
        UNKNOWN,
        /// It was made.
        DONE,
        /// It was not made.
        FAILED
    }

    /// Whether a change was taken back. Closed.
    public enum RevertState {
        NONE,
        /// Somebody began to.
        BEGUN,
        DONE,
        /// It could not be, and people were told.
        CONFLICT
    }

    /// How a change was taken back.
    ///
    /// @param state how far
    /// @param from  the record's version before
    /// @param to    the record's version afterwards
    public record Revert(RevertState state, Optional<String> from, Optional<String> to) {}

    /// The same change, taken back or not.
    JournalEntry with(Revert other) {
        return new JournalEntry(id, change, cause, record, at, seq, outcome, after, newVersion, other);
    }

    /// Names of the touched fields.
    public Set<String> touched() {
        return change.after().isEmpty()
                ? change.before().keySet()
                : change.after().keySet();
    }

    /// What the change did to the record. Closed.
    public enum Kind {
        /// It made the record.
        MADE,
        CHANGED,
        /// It deleted the record.
        REMOVED
    }

    /// What the change did to the record.
    public Kind kind() {
        if (change.record().isEmpty()) {
            return Kind.MADE;
        }
        return change.after().isEmpty() ? Kind.REMOVED : Kind.CHANGED;
    }
}
