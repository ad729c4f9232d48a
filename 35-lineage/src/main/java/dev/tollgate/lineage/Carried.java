// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.lineage;

import dev.tollgate.terms.DataClass;
import dev.tollgate.terms.SystemId;
import java.util.Set;

/// What an agent may still hold of what it was shown. Evidence for policy, never a decision of its own.
///
/// @param classes   data classes, with every class above them
/// @param integrity whether strangers' text is among it
/// @param systems   where it came from
public record Carried(Set<DataClass> classes, Integrity integrity, Set<SystemId> systems) {
    /// Nothing.
    public static final Carried NOTHING = new Carried(Set.of(), Integrity.TRUSTED, Set.of());

    public Carried {
        classes = Set.copyOf(classes);
        systems = Set.copyOf(systems);
    }
}
