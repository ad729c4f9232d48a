// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.bundle;

import dev.tollgate.terms.Operation;

/// Where an answer or a change may end. Read from `zones.yaml`.
///
/// @param name  named by operations
/// @param kind  for example `agent`, `webhook`, `partner`
/// @param zone  the zone it lies in
/// @param trust `internal`, `partner` or `sandbox` (requirement S0-11)
public record Destination(String name, String kind, String zone, String trust) {
    /// The house itself.
    public static final String INTERNAL = "internal";

    /// Back to the asking agent, in its own zone. Every bundle has it.
    public static Destination agent(String zone) {
        return new Destination(Operation.Target.AGENT, "agent", zone, INTERNAL);
    }
}
