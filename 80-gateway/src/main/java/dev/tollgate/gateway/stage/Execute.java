// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.connectors.Connector;
import dev.tollgate.gateway.state.Approved;
import dev.tollgate.gateway.state.Executed;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RevealsSecret;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.SystemId;
import java.util.Optional;

/// Stage 8: the connector checks the token itself, leases its own credential and executes. The gateway holds no
/// credential.
public record Execute(Connectors connectors, Governed governed) {
    /// Refuses with `Halted` when it was stopped on the way, `ApprovalRefused`, `Undecidable`,
    /// `TokenRefused`, `UpstreamFailed`, or `Malformed` when the contract does not know what
    /// is asked.
    @RevealsSecret("the decision token goes to the connector, which trusts nobody")
    public Step<Executed> apply(Approved approved) {
        SystemId system = approved.decided().operation().target().system();
        Optional<Connector> connector =
                approved.who().policy().bundle().catalog().contract(system).flatMap(connectors::of);
        if (connector.isEmpty()) {
            return Step.refuse(new Refusal.UpstreamFailed(system, "unreachable"));
        }
        return governed.begin(approved)
                .then(_ -> connector
                        .get()
                        .execute(approved.jws().reveal(), approved.decided().operation()))
                .then(rows -> Step.pass(new Executed(approved, rows)));
    }
}
