// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle.verify;

/// One promise of the log that does not hold.
///
/// @param kind which promise
/// @param at   the index of the entry, or the size of the tree, that it is about
/// @param what one sentence; no entry's content
public record Problem(Kind kind, long at, String what) {
    /// Which promise does not hold.
    public enum Kind {
        /// Bytes that are neither a record nor free room.
        DAMAGED,
        /// Entries are missing that a signed checkpoint covers.
        TRUNCATED,
        /// Entries are not those that a signed checkpoint covers.
        REWRITTEN,
        /// A checkpoint that no trusted key signed.
        FORGED,
        /// A tile or a bundle that is missing, or says something else than the entries.
        DERIVED
    }

    @Override
    public String toString() {
        return kind + " at " + at + ": " + what;
    }
}
