// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.terms.Value;
import dev.tollgate.terms.View;
import dev.tollgate.terms.Write;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What is known of a message before it leaves: found out by the gateway, never said by the agent.
///
/// @param recipients who receives it
/// @param findings   words for what inspection found in it, and how often; policies compare the words; never the
///                   text itself
/// @param masked     the values without what was found, each finding replaced by a placeholder of its
///     type; nothing when nobody looked, and then there is no `masked` view to ask for
public record Outgoing(
        Recipients recipients, SortedMap<String, Long> findings, Optional<SortedMap<String, Value>> masked) {
    /// Nobody is known to be on file, and nobody has looked.
    public static final Outgoing UNKNOWN =
            new Outgoing(Recipients.NOBODY, Collections.emptySortedMap(), Optional.empty());

    public Outgoing {
        findings = Collections.unmodifiableSortedMap(new TreeMap<>(findings));
        masked = masked.map(values -> Collections.unmodifiableSortedMap(new TreeMap<>(values)));
    }

    /// Who receives a message. Each fact is of all recipients together, and the unknown is the worse one.
    ///
    /// @param onFile    every recipient is on file: with the tenant, and in a task that is bound to a
    ///     customer, with that customer
    /// @param internal  every recipient is in a domain of the house
    /// @param newDomain some recipient is in a domain that is not of the house and that nobody on file is in
    public record Recipients(boolean onFile, boolean internal, boolean newDomain) {
        /// A sink without recipients, or nobody could say.
        public static final Recipients NOBODY = new Recipients(false, false, false);
    }

    /// The same with these recipients.
    public Outgoing with(Recipients found) {
        return new Outgoing(found, findings, masked);
    }

    /// The same after inspection.
    ///
    /// @param found   words for what was found, and how often
    /// @param without the values without it
    public Outgoing inspected(Map<String, Long> found, Map<String, Value> without) {
        return new Outgoing(recipients, new TreeMap<>(found), Optional.of(new TreeMap<>(without)));
    }

    /// The same with further words, each counted with what there is.
    public Outgoing adding(Map<String, Long> words) {
        SortedMap<String, Long> all = new TreeMap<>(findings);
        words.forEach((word, count) -> all.merge(word, count, Long::sum));
        return new Outgoing(recipients, all, masked);
    }

    /// The message as a decision lets it leave: as it was written, or without what was found.
    public Write.Send leaving(Write.Send asked, Decision decision) {
        Map<String, FieldVerdict> verdicts = decision.verdicts();
        boolean cut = asked.values().keySet().stream()
                .map(verdicts::get)
                .anyMatch(verdict -> verdict != null && verdict.view() == View.MASKED);
        return cut && masked.isPresent() ? asked.with(masked.get()) : asked;
    }

    /// Values are customer data.
    @Override
    public String toString() {
        return "Outgoing[" + recipients + ", " + findings + "]";
    }
}
