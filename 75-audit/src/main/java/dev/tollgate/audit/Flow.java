// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.audit;

import dev.tollgate.terms.Value;
import java.util.List;

/// What an agent could still hold of what it was shown before, where policy asked for it: with it a decision can be
/// taken again (requirement B-5).
///
/// @param carried   data classes, with those above them
/// @param integrity `trusted` or `third-party`
/// @param systems   where it came from
public record Flow(List<String> carried, String integrity, List<String> systems) {
    public Flow {
        carried = carried.stream().sorted().toList();
        systems = systems.stream().sorted().toList();
    }

    Value.Fields form() {
        return new Members()
                .put("carried", Value.texts(carried))
                .put("integrity", integrity)
                .put("systems", Value.texts(systems))
                .fields();
    }
}
