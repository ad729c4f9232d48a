// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.connectors.Connector;
import dev.tollgate.gateway.state.Approved;
import dev.tollgate.gateway.state.Executed;
import dev.tollgate.gateway.state.Waiting;
import dev.tollgate.governance.approval.Standing;
import dev.tollgate.governance.halt.HaltSubject;
import dev.tollgate.governance.oversight.Oversight;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RevealsSecret;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.SystemId;
import java.util.Optional;

/// Stage 8: the connector checks the token itself, leases its own credential and executes. The gateway holds no
/// credential.
public record Execute(Connectors connectors, Oversight people) {
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
        return begun(approved)
                .then(_ -> connector
                        .get()
                        .execute(approved.jws().reveal(), approved.decided().operation()))
                .then(rows -> Step.pass(new Executed(approved, rows)));
    }

    /// The last look at the kill switches, and the single use of an approval.
    private Step<Approved> begun(Approved approved) {
        Step<HaltSubject> free = people.check(
                Contain.subject(approved.who().principal(), approved.decided().operation()));
        Optional<Waiting> waiting = approved.decided().waiting();
        if (waiting.isPresent() && waiting.get().standing() instanceof Standing.Granted granted) {
            return free.then(_ -> people.use(granted, waiting.get().change())).then(_ -> Step.pass(approved));
        }
        return free.then(_ -> Step.pass(approved));
    }
}
