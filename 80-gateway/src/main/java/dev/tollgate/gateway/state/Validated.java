// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.state;

import dev.tollgate.catalog.ObjectType;
import dev.tollgate.catalog.ToolType;
import dev.tollgate.terms.Operation;

/// The arguments fit: the call means one typed operation on fields that exist for this principal.
public record Validated(Authenticated from, ToolType tool, ObjectType object, Operation asked) implements State {
    @Override
    public Known known() {
        return from.known().with(asked);
    }

    /// Who asks, and the bundle that decides.
    public Authenticated who() {
        return from;
    }
}
