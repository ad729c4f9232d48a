// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar;

import dev.tollgate.cedar.Unknowns.Path;
import java.util.List;
import java.util.Set;

/// What is left of a policy's conditions when parts of the context are unknown: a condition on the
/// unknowns alone, which a caller can turn into conditions of a query. It has Cedar's three outcomes:
/// true, false, and failed. `All` and `Any` are evaluated left to right and end at the first operand
/// that is not true, or not false; a failure anywhere before that is the outcome. An unknown that turns
/// out to be absent makes everything but `Has` fail.
public sealed interface Residual {
    /// Certain.
    record Known(boolean value) implements Residual {}

    /// Certain to fail, if it is reached.
    record Failing(ErrorKind kind) implements Residual {}

    /// `&&`.
    record All(List<Residual> parts) implements Residual {
        public All {
            parts = List.copyOf(parts);
        }
    }

    /// `||`.
    record Any(List<Residual> parts) implements Residual {
        public Any {
            parts = List.copyOf(parts);
        }
    }

    /// `!`.
    record Not(Residual part) implements Residual {}

    /// `if then else`.
    record Choice(Residual condition, Residual yes, Residual no) implements Residual {}

    /// The unknown is there. Fails when what it is an attribute of is itself unknown and has no attributes.
    record Has(Path path) implements Residual {}

    /// The unknown is `true`; fails when it is no boolean.
    record Truth(Path path) implements Residual {}

    /// The unknown compares with a value.
    record Compare(Path path, Comparator comparator, CedarValue value) implements Residual {}

    /// A condition that has no simpler form; only evaluating the policy again, with its unknowns known, can tell.
    ///
    /// @param paths the unknowns it depends on
    record Opaque(Set<Path> paths) implements Residual {
        public Opaque {
            paths = Set.copyOf(paths);
        }
    }

    /// How an unknown compares with a value; the unknown stands on the left.
    enum Comparator {
        /// `==`; never fails on types, values of different types are unequal.
        EQUAL,
        /// `<`, or `lessThan` of a decimal. Fails unless both are of the same ordered type, as do the next three.
        LESS,
        /// `<=`, or `lessThanOrEqual` of a decimal.
        LESS_OR_EQUAL,
        /// `>`, or `greaterThan` of a decimal.
        GREATER,
        /// `>=`, or `greaterThanOrEqual` of a decimal.
        GREATER_OR_EQUAL,
        /// The value is a set and the unknown one of its elements; never fails on types.
        ONE_OF,
        /// The unknown is a set and has the value.
        CONTAINS,
        /// The unknown is a set and has all elements of the value.
        CONTAINS_ALL,
        /// The unknown is a set and has an element of the value.
        CONTAINS_ANY,
        /// The unknown is an entity that is, or is in, the value or one of the entities in the value.
        IN
    }
}
