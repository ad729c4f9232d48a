// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.exception;

import java.util.Locale;
import java.util.Optional;

/// What kind of thing went wrong. Closed.
public enum ExceptionKind {
    /// Policy denied it, for example an attempt to change a deal's stage.
    RULE,
    /// A budget is spent, for example 50 records in 2 minutes.
    BUDGET,
    /// The risk or the pattern of calls is unusual, for example a loop after retrieving content.
    ANOMALY,
    /// What an agent wrote contains what must not leave.
    CONTENT,
    /// Policy cannot validate a change: a task for authorised staff (requirement S0-33).
    UNCERTAIN,
    /// A rollback met a later edit, or a change that cannot be undone.
    ROLLBACK,
    /// Somebody approved a decoy.
    DECOY,
    /// The queue is full: these stand for more.
    FLOOD;

    /// The word in pages and in the store, for example `budget`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The kind of that word, or nothing when there is none.
    public static Optional<ExceptionKind> of(String word) {
        for (ExceptionKind kind : values()) {
            if (kind.word().equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
