// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.lineage;

import dev.tollgate.catalog.DataClasses;
import dev.tollgate.terms.DataClass;
import dev.tollgate.terms.Require;
import java.time.Duration;
import java.util.Map;

/// How long it is remembered what an agent was shown. Read from the bundle's `flow.yaml`.
///
/// @param usual     of a class that no line names, and of systems
/// @param classes   of a class and of the classes below it that have no line of their own
/// @param integrity of strangers' text
public record FlowDecay(Duration usual, Map<DataClass, Duration> classes, Duration integrity) {
    /// Shorter ones would end before a task does.
    public static final Duration LEAST = Duration.ofMinutes(10);

    /// Longer ones would be kept for no policy: agents' own notes do not live that long.
    public static final Duration MOST = Duration.ofDays(365);

    private static final int RESTRICTED_TIER = 4;

    private static final Duration RESTRICTED = Duration.ofDays(30);

    /// Of a bundle that says nothing: a day, and 30 days for the base classes of tier 4 and above.
    public static final FlowDecay USUAL = ofBase();

    public FlowDecay {
        classes = Map.copyOf(classes);
        check(usual);
        check(integrity);
        classes.values().forEach(FlowDecay::check);
    }

    private static FlowDecay ofBase() {
        Duration day = Duration.ofDays(1);
        return new FlowDecay(day, restricted(DataClasses.BASE), day);
    }

    /// The usual durations of restricted classes: those of tier 4 and above.
    public static Map<DataClass, Duration> restricted(DataClasses classes) {
        return classes.entries().stream()
                .filter(entry -> entry.tier() >= RESTRICTED_TIER)
                .collect(java.util.stream.Collectors.toMap(DataClasses.Entry::name, _ -> RESTRICTED));
    }

    private static void check(Duration one) {
        Require.require(
                one.compareTo(LEAST) >= 0 && one.compareTo(MOST) <= 0,
                "what was shown is remembered between " + LEAST + " and " + MOST + ", got " + one);
    }

    /// How long a class is remembered: as its own line says, or the nearest above it.
    public Duration of(DataClass name, DataClasses all) {
        Duration own = classes.get(name);
        if (own != null) {
            return own;
        }
        for (DataClass above : all.ancestors(name)) {
            Duration inherited = classes.get(above);
            if (inherited != null) {
                return inherited;
            }
        }
        return usual;
    }
}
