// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.terms.Value;
import dev.tollgate.terms.View;
import dev.tollgate.terms.Write;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What is known of a message before it leaves: found out by the gateway, never said by the agent.
///
/// @param recipients who receives it
/// @param findings   words for what inspection found in it, which policies compare; never the text itself
/// @param masked     the values without what was found, each finding replaced by a placeholder of its type;
///                   nothing
///                   when nobody looked, and then there is no `masked` view to ask for
public record Outgoing(Recipients recipients, SortedSet<String> findings, Optional<SortedMap<String, Value>> masked) {
    /// Nobody is known to be on file, and nobody has looked.
    public static final Outgoing UNKNOWN =
            new Outgoing(Recipients.NOBODY, Collections.emptySortedSet(), Optional.empty());

    public Outgoing {
        findings = Collections.unmodifiableSortedSet(new TreeSet<>(findings));
        masked = masked.map(values -> Collections.unmodifiableSortedMap(new TreeMap<>(values)));
    }

    /// Who receives a message. Each fact is of all recipients together, and the unknown is the worse one.
    ///
    /// @param onFile    every recipient is on file: with the tenant, and in a task that is bound to a
    ///                  customer,
    ///                  with that customer
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
    /// @param found   words for what was found
    /// @param without the values without it
    public Outgoing inspected(Collection<String> found, Map<String, Value> without) {
        return new Outgoing(recipients, new TreeSet<>(found), Optional.of(new TreeMap<>(without)));
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
