// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.audit;

/// Something that an audit log must not say.
///
/// @param kind what
/// @param at   index of the entry
/// @param what one sentence; no values of the entry
public record Finding(Kind kind, long at, String what) {
    /// What an audit log must not say.
    public enum Kind {
        /// The bytes are no entry that this release writes.
        MALFORMED,
        /// An outcome, or a token, without the decision that it names.
        OUTCOME_WITHOUT_DECISION,
        /// A second outcome of one decision.
        SECOND_OUTCOME,
        /// An outcome that names another call than its decision.
        REQUEST_MISMATCH,
        /// Something released that policy did not permit.
        RELEASED_WITHOUT_PERMIT,
        /// Time went back further than threads that overtake each other explain.
        TIME_WENT_BACK,
        /// A token that was accepted twice.
        TOKEN_USED_TWICE,
        /// A token that was accepted after it expired.
        TOKEN_EXPIRED,
        /// A value in the vault is not the one that the log committed to.
        COMMITMENT_BROKEN
    }

    @Override
    public String toString() {
        return kind + " at " + at + ": " + what;
    }
}
