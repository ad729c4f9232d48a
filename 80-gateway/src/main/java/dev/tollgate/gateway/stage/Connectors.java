// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.catalog.Catalog;
import dev.tollgate.catalog.Contract;
import dev.tollgate.catalog.ToolType;
import dev.tollgate.connectors.Connector;
import java.util.Optional;

/// Finds the connector that executes under a contract. A contract is versioned with its bundle, so the
/// connector of a call is the one of the bundle that decided it.
@FunctionalInterface
public interface Connectors {
    /// The connector, or nothing when the contract's system is not connected.
    Optional<Connector> of(Contract contract);

    /// Whether a tool is to be had here: one that sends needs its sink, any other says by itself that
    /// it cannot reach its system.
    default boolean offers(Catalog catalog, ToolType tool) {
        return tool.outlet().isEmpty()
                || catalog.contractOf(tool.name()).flatMap(this::of).isPresent();
    }
}
