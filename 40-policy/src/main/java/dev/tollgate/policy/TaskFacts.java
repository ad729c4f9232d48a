// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.terms.Fact;
import dev.tollgate.terms.Value;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the gateway knows of the task that a call belongs to, and no agent says.
///
/// @param completed what was fulfilled before, as far as it counts for this operation: steps, and facts such as
///                  `identity-verified`
/// @param applies   what the case of the task is about, for objects that say what they apply to; nothing when it was
///                  not read
public record TaskFacts(Set<String> completed, Optional<Map<Fact, Value>> applies) {
    /// Nothing is fulfilled and nothing is known.
    public static final TaskFacts NONE = new TaskFacts(Set.of(), Optional.empty());

    public TaskFacts {
        completed = Set.copyOf(completed);
        applies = applies.map(Map::copyOf);
    }

    /// The same with this fulfilled.
    public TaskFacts with(Set<String> fulfilled) {
        return new TaskFacts(fulfilled, applies);
    }

    /// The same with what the case is about.
    public TaskFacts about(Map<Fact, Value> facts) {
        return new TaskFacts(completed, Optional.of(facts));
    }
}
