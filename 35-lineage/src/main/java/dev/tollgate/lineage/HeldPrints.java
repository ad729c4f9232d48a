// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.lineage;

import java.util.Set;

/// What a flow is remembered by, as fingerprints.
///
/// @param withheld of values that were withheld, masked or removed, and that the agent was shown nowhere else
/// @param shown    of what the agent was shown
/// @param full     more was withheld than could be kept: what is not among it may have been withheld all the same
public record HeldPrints(Set<Long> withheld, Set<Long> shown, boolean full) {
    public HeldPrints {
        withheld = Set.copyOf(withheld);
        shown = Set.copyOf(shown);
    }

    @Override
    public String toString() {
        return "HeldPrints[" + withheld.size() + " withheld, " + shown.size() + " shown]";
    }
}
