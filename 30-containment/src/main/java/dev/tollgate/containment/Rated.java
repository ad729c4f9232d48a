// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.containment;

import dev.tollgate.terms.AgentId;
import java.util.Optional;

/// The agent whose risk is asked for.
///
/// @param agent   its name
/// @param type    its kind, which the bundle's hours name
/// @param version what runs now under that name, when the bundle says so
public record Rated(AgentId agent, String type, Optional<String> version) {
    /// An agent of a type of its own name, of whose version nobody knows.
    public static Rated of(AgentId agent) {
        return new Rated(agent, agent.value(), Optional.empty());
    }
}
