// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.harness;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Many values that are looked for in a text at once, in one pass.
public final class Needles {
    /// A shorter value could stand anywhere by chance.
    private static final int LENGTH_MIN = 6;

    private final Map<String, Set<String>> byBeginning = new HashMap<>();

    /// Values of at least six characters.
    public Needles(Collection<String> values) {
        for (String value : values) {
            if (value.length() < LENGTH_MIN) {
                throw new IllegalArgumentException("`" + value + "` could stand anywhere by chance");
            }
            byBeginning
                    .computeIfAbsent(value.substring(0, LENGTH_MIN), _ -> new HashSet<>())
                    .add(value);
        }
    }

    /// The same values without some.
    public Needles without(List<String> known) {
        Set<String> kept = new HashSet<>();
        byBeginning.values().forEach(kept::addAll);
        known.forEach(kept::remove);
        return new Needles(kept);
    }

    /// Those that stand in the text.
    public Set<String> in(String text) {
        Set<String> found = new TreeSet<>();
        for (int at = 0; at + LENGTH_MIN <= text.length(); at++) {
            for (String value : byBeginning.getOrDefault(text.substring(at, at + LENGTH_MIN), Set.of())) {
                if (text.startsWith(value, at)) {
                    found.add(value);
                }
            }
        }
        return found;
    }
}
