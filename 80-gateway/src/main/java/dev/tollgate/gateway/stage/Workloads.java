// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.gateway.Credentials;
import dev.tollgate.policy.DecisionPoint;
import dev.tollgate.policy.bundle.AgentRecord;
import dev.tollgate.terms.Delegation;
import dev.tollgate.terms.Presentation;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import java.util.Optional;

/// Whether the workload that a connection shows is the agent that the token names.
public final class Workloads {
    private Workloads() {}

    /// The delegation, unless the connection shows the certificate of another workload than the
    /// agent's: on it nobody acts as another, whatever tokens it has.
    public static Step<Delegation> itself(Credentials who, DecisionPoint point, Delegation delegation) {
        Optional<AgentRecord> agent =
                Optional.ofNullable(point.bundle().agents().get(delegation.agent()));
        boolean same = who.how()
                .certificate()
                .map(shown -> agent.filter(record -> record.workload()
                                .map(named -> named.id().equals(shown.workload()))
                                .orElse(true))
                        .isPresent())
                .orElse(true);
        if (!same) {
            who.how().failed(new Presentation.Fault(Presentation.Remedy.TOKEN, "workload"));
            return Step.refuse(new Refusal.Unauthenticated());
        }
        return Step.pass(delegation);
    }
}
