// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import dev.tollgate.terms.DataClass;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Who writes what stands in a field: whether a model may meet orders of strangers in it.
public enum Origin {
    /// The system itself: numbers, stamps, words of a fixed list.
    SYSTEM,
    /// People of the house.
    USER,
    /// Anybody: customers, visitors, senders of mail.
    THIRD_PARTY;

    /// Texts of these classes are strangers' words unless the contract says who else writes them: mails and calls, and
    /// what was drawn from them.
    private static final Set<DataClass> STRANGERS =
            Set.of(new DataClass("communication-body"), new DataClass("interaction-summary"), DataClass.UNCLASSIFIED);

    /// The word used in contracts, for example `third-party`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The origin of that word, or nothing when there is none.
    public static Optional<Origin> of(String word) {
        return Arrays.stream(values())
                .filter(origin -> origin.word().equals(word))
                .findFirst();
    }

    /// The origin of a field whose contract does not say. A text without a picklist in a class of strangers' words is
    /// theirs, another one is people's, and what is no text the system's.
    public static Origin usual(ValueType type, DataClass dataClass, DataClasses classes, List<String> picklist) {
        boolean worded = type == ValueType.TEXT || type == ValueType.LIST;
        if (!worded || !picklist.isEmpty()) {
            return SYSTEM;
        }
        return STRANGERS.stream().anyMatch(strangers -> classes.within(dataClass, strangers)) ? THIRD_PARTY : USER;
    }
}
