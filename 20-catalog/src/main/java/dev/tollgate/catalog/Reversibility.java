// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import java.util.Locale;
import java.util.Optional;

/// Whether what a tool does can be undone. Declared before anything executes (requirement B-7).
public enum Reversibility {
    /// The tool changes nothing.
    READ_ONLY,
    /// The change journal can put the record back.
    REVERSIBLE,
    /// Another change can make up for it, for example a cancellation.
    COMPENSABLE,
    /// What is done is done: a message that was sent.
    IRREVERSIBLE;

    /// The word used in contracts, for example `read-only`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The reversibility of that word, or nothing when there is none.
    public static Optional<Reversibility> of(String word) {
        return Words.find(values(), Reversibility::word, word);
    }
}
