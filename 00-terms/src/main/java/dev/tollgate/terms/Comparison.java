// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

import java.util.Locale;
import java.util.Optional;

/// How a condition compares a field or a fact with a value. A value that is absent compares with nothing.
public enum Comparison {
    EQUALS,
    NOT_EQUALS,
    LESS,
    AT_MOST,
    GREATER,
    AT_LEAST,
    /// The text begins with the value, regardless of case.
    STARTS_WITH,
    /// The text contains the value, regardless of case.
    CONTAINS,
    /// The value is a list; the field equals one of its items.
    IN;

    /// The word used in tool arguments, for example `at_least`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The comparison of that word, or nothing when there is none.
    public static Optional<Comparison> of(String word) {
        for (Comparison comparison : values()) {
            if (comparison.word().equals(word)) {
                return Optional.of(comparison);
            }
        }
        return Optional.empty();
    }
}
