// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.lineage;

import dev.tollgate.catalog.DataClasses;
import dev.tollgate.terms.DataClass;
import dev.tollgate.terms.SystemId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/// What an agent may still hold of what it was shown. Evidence for policy, never a decision of its own.
///
/// @param classes   data classes, with every class above them
/// @param integrity whether strangers' text is among it
/// @param systems   where it came from
public record Carried(Set<DataClass> classes, Integrity integrity, Set<SystemId> systems) {
    /// Nothing.
    public static final Carried NOTHING = new Carried(Set.of(), Integrity.TRUSTED, Set.of());

    /// What something carries whose labels were written down when it was made. Labels do not grow old in it. Where none
    /// were, it may hold anything that anybody wrote.
    ///
    /// @param words as `Shown` gives them
    public static Carried of(Collection<String> words, DataClasses classes) {
        if (words.isEmpty()) {
            return new Carried(Set.of(DataClass.UNCLASSIFIED), Integrity.THIRD_PARTY, Set.of());
        }
        Labels.Sum sum = new Labels.Sum(FlowDecay.USUAL, classes);
        sum.add(new Labels(new TreeSet<>(words)), Duration.ZERO);
        return sum.carried();
    }

    /// Both together.
    public Carried with(Carried other) {
        Set<DataClass> both = new HashSet<>(classes);
        both.addAll(other.classes);
        Set<SystemId> from = new HashSet<>(systems);
        from.addAll(other.systems);
        return new Carried(both, integrity == Integrity.TRUSTED ? other.integrity : integrity, from);
    }

    public Carried {
        classes = Set.copyOf(classes);
        systems = Set.copyOf(systems);
    }
}
