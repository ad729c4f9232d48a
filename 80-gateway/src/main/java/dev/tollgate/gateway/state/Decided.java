// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.state;

import dev.tollgate.policy.Decision;
import dev.tollgate.terms.Operation;
import java.util.Optional;
import java.util.OptionalLong;

/// Policy permits, or would with an approval, and the decision is durable in the log.
///
/// @param decision  a verdict for each field
/// @param operation what goes upstream: only permitted fields, bound by the decision's rules
/// @param logIndex  where the decision stands
/// @param waiting   what people are asked, when policy asks them; the decision permits once they have approved
public record Decided(Examined from, Decision decision, Operation operation, long logIndex, Optional<Waiting> waiting)
        implements State {
    @Override
    public Known known() {
        return from.known().with(decision, OptionalLong.of(logIndex), operation);
    }

    /// Who asks, and the bundle that decides.
    public Authenticated who() {
        return from.who();
    }

    /// What is asked.
    public Validated validated() {
        return from.validated();
    }
}
