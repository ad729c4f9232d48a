// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

/// A condition on a fact of a record that every row of an operation must meet. Pushed into the system's own query where
/// it can be, and checked again on what came back.
///
/// @param fact       the fact, mapped to a field of the system by the contract
/// @param comparison how it is compared
/// @param value      what it is compared with; an absent fact meets no rule
public record RowRule(Fact fact, Comparison comparison, Value value) {
    /// The canonical form, part of the operation's digest.
    public Value canonical() {
        return new Value.Fields(java.util.Map.of(
                "fact", Value.of(fact.word()), "comparison", Value.of(comparison.word()), "value", value));
    }
}
