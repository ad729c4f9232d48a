// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

import dev.tollgate.terms.SystemId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a partner is sent of a record: the agent names the record, its fields are mapped by the
/// contract, and the terms with the partner say which of them may be in the payload, for what and for
/// how long (requirement S0-35).
///
/// @param system  where the record is
/// @param object  an object of that system's contract
/// @param record  the accepted field that names the record
/// @param fields  source field by payload field
/// @param purpose the payload field that says what it is for; the gateway writes it
/// @param until   the payload field that says until when it may be kept; the gateway writes it
/// @param holder  the payload field that says who holds a document and may send it on; the gateway writes it
/// @param labels  the payload field that says what a document is made of; the gateway writes it
/// @param terms   what was agreed, one for each purpose
public record Sharing(
        SystemId system,
        String object,
        String record,
        SortedMap<String, String> fields,
        String purpose,
        String until,
        Optional<String> holder,
        Optional<String> labels,
        List<Terms> terms) {
    public Sharing {
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
        terms = List.copyOf(terms);
    }

    /// What was agreed for one purpose.
    ///
    /// @param purpose  the intent of a workflow
    /// @param fields   payload fields whose class the partner is authorised for
    /// @param keepDays how long the partner may keep it, 1 to 3,650
    public record Terms(String purpose, SortedSet<String> fields, int keepDays) {
        public Terms {
            fields = Collections.unmodifiableSortedSet(new TreeSet<>(fields));
        }
    }

    /// What was agreed for a purpose, or nothing when nothing was.
    public Optional<Terms> terms(String wanted) {
        return terms.stream().filter(one -> one.purpose().equals(wanted)).findFirst();
    }

    /// Whether a payload may hold a field under these terms: what was agreed, and what says of what,
    /// for what and how long it is.
    public boolean covers(Terms agreed, String field) {
        return agreed.fields().contains(field)
                || field.equals(record)
                || field.equals(purpose)
                || field.equals(until)
                || holder.filter(field::equals).isPresent()
                || labels.filter(field::equals).isPresent();
    }
}
