// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.catalog.Contract;
import dev.tollgate.connectors.Connector;
import java.util.Optional;

/// Finds the connector that executes under a contract. A contract is versioned with its bundle, so the connector of a
/// call is
/// the one of the bundle that decided it.
@FunctionalInterface
public interface Connectors {
    /// The connector, or nothing when the contract's system is not connected.
    Optional<Connector> of(Contract contract);
}
