// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.ownership;

import dev.tollgate.catalog.RevenueField;
import dev.tollgate.catalog.WriteClass;
import dev.tollgate.terms.FieldPath;
import dev.tollgate.terms.SystemId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// One row of the ownership matrix (requirement S4-14).
///
/// @param system         the system that holds the field
/// @param field          object and field
/// @param owner          the one person or role that answers for it
/// @param sourceOfTruth  which system is right when two disagree
/// @param writers        who may write it
/// @param reviewRequired whether a person decides on each value that an agent proposes
/// @param rollback       how a write by an agent is taken back
/// @param writeClass     who writes it, as the contract says
/// @param revenue        which of the revenue-critical fields it is, when it is one
/// @param suggestion     where an agent suggests a value instead of writing it
public record OwnershipRow(
        SystemId system,
        FieldPath field,
        String owner,
        String sourceOfTruth,
        Set<Writer> writers,
        boolean reviewRequired,
        Method rollback,
        WriteClass writeClass,
        Optional<RevenueField> revenue,
        Optional<String> suggestion) {
    /// Who may write a field. Closed.
    public enum Writer {
        HUMAN,
        WORKFLOW,
        AGENT,
        SYSTEM;

        /// The word on pages, for example `human`.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// How an agent's write is taken back. Closed.
    public enum Method {
        /// No tool of an agent writes it.
        NOT_WRITTEN,
        /// By the change journal.
        JOURNAL,
        /// By another change that makes up for it.
        COMPENSATION,
        /// Not at all: some tool that writes it cannot be undone.
        NONE;

        /// The word on pages, for example `not-written`.
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public OwnershipRow {
        writers = Set.copyOf(writers);
    }
}
