// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.terms.Fact;
import dev.tollgate.terms.Value;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a record holds before a change: read by the gateway for the decision, and never shown to the agent.
///
/// @param before  the values that the change is about to replace, by field
/// @param facts   what row rules need to know of the record; an absent fact is missing here
/// @param version the system's stamp of this state, when it has one
public record Prior(Map<String, Value> before, Map<Fact, Value> facts, Optional<String> version) {
    public Prior {
        before = Collections.unmodifiableSortedMap(new TreeMap<>(before));
        facts = Map.copyOf(facts);
    }

    /// Values are customer data.
    @Override
    public String toString() {
        return "Prior[" + before.size() + " fields]";
    }
}
