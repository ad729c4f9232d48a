// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.ops;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/// Named checks that must all hold before the server takes traffic. A check answers at once and from memory:
/// readiness is asked every second and must not be a load of its own.
///
/// @param checks by name, for example `store`, `log`, `bundle`
public record Readiness(Map<String, BooleanSupplier> checks) {
    /// Always ready.
    public static final Readiness ALWAYS = new Readiness(Map.of());

    public Readiness {
        checks = Map.copyOf(checks);
    }

    /// What each check says now. A check that fails to answer says no.
    public Map<String, Boolean> now() {
        Map<String, Boolean> now = new TreeMap<>();
        checks.forEach((name, check) -> now.put(name, holds(check)));
        return now;
    }

    private static boolean holds(BooleanSupplier check) {
        try {
            return check.getAsBoolean();
        } catch (RuntimeException _) {
            return false;
        }
    }
}
