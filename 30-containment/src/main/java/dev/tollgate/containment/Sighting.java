// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.containment;

import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Require;
import java.util.Set;

/// Different things that a call is about to touch, counted once each within the budget's window.
///
/// @param subject whose budget: 1 to 600 characters
/// @param budget  how many different ones
/// @param items   what is touched, as digests: 1 to 1,000
public record Sighting(String subject, Budget budget, Set<String> items) {
    /// More rows than any answer has.
    private static final int ITEMS_MAX = 1_000;

    public Sighting {
        items = Set.copyOf(items);
        Require.require(
                !items.isEmpty() && items.size() <= ITEMS_MAX, "a sighting is of 1 to " + ITEMS_MAX + " things");
    }

    /// What an agent is about to touch.
    public static Sighting of(AgentId agent, Budget budget, Set<String> items) {
        return new Sighting(Charge.of(agent), budget, items);
    }
}
