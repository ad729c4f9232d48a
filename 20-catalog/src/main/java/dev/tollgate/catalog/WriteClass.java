// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import java.util.Locale;
import java.util.Optional;

/// Who writes a field (requirements S4-12 to S4-15): humans own commitments, agents own suggestions and
/// drafts, systems own derived values. Policy decides; this is what it decides on.
public enum WriteClass {
    /// No agent writes it directly, with or without approval: amounts, forecast, close date, contract
    /// terms, billing.
    NEVER,
    /// A person's commitment. An agent may suggest, in another field.
    HUMAN,
    /// Changed by one workflow and a person's explicit step, for example the lifecycle stage.
    WORKFLOW,
    /// Set by the system itself: ids, stamps.
    SYSTEM,
    /// Computed from other values: scores.
    DERIVED,
    /// Content that a person still reviews: drafts and suggestions.
    DRAFT,
    /// Operational metadata that commits nobody: categories, statuses of requests.
    OPERATIONAL;

    /// Whether people answer for what stands in it (requirement S4-15): an agent suggests, and does not
    /// write it.
    public boolean commits() {
        return switch (this) {
            case NEVER, HUMAN, WORKFLOW -> true;
            case DERIVED, DRAFT, OPERATIONAL, SYSTEM -> false;
        };
    }

    /// Whether a contract may let a tool take it: what agents write, and what a person's approval can let
    /// them write.
    public boolean takable() {
        return switch (this) {
            case DERIVED, DRAFT, OPERATIONAL, HUMAN, WORKFLOW -> true;
            case NEVER, SYSTEM -> false;
        };
    }

    /// The word used in contracts and policies, for example `draft`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The class of that word, or nothing when there is none.
    public static Optional<WriteClass> of(String word) {
        return Words.find(values(), WriteClass::word, word);
    }
}
