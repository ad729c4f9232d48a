// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import java.util.Locale;
import java.util.Optional;

/// What kind of value a field holds. The words are those of contracts.
public enum ValueType {
    /// Text; with a picklist, one of its words.
    TEXT,
    /// A whole number.
    INTEGER,
    /// An exact decimal number: amounts, rates.
    DECIMAL,
    /// True or false.
    BOOLEAN,
    /// A calendar date.
    DATE,
    /// A moment in time.
    MOMENT,
    /// The id of a record, this one's or another's; text in Tollgate whatever the system uses.
    REFERENCE,
    /// A list of texts.
    LIST;

    /// The word used in contracts, for example `decimal`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The type of that word, or nothing when there is none.
    public static Optional<ValueType> of(String word) {
        return Words.find(values(), ValueType::word, word);
    }
}
