// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.gateway.state.Approved;
import dev.tollgate.gateway.state.Waiting;
import dev.tollgate.governance.approval.Approvals;
import dev.tollgate.governance.approval.Standing;
import dev.tollgate.governance.halt.KillSwitch;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreFailure;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;

/// What stands around an execution: the last look at the kill switches, and the single use of an approval.
///
/// @param store     where an approval is used up, once for all nodes
/// @param approvals what people approved
/// @param halts     what people stopped
public record Governed(Store store, Approvals approvals, KillSwitch halts) {
    /// Refuses with `Halted`, `ApprovalRefused`, or `Undecidable` when the store cannot be reached.
    Step<Approved> begin(Approved approved) {
        return halts.check(Contain.subject(
                        approved.who().principal(), approved.decided().operation()))
                .then(_ -> used(approved));
    }

    private Step<Approved> used(Approved approved) {
        boolean approvedByPeople = approved.decided()
                .waiting()
                .filter(waiting -> waiting.standing() instanceof Standing.Granted)
                .isPresent();
        if (!approvedByPeople) {
            return Step.pass(approved);
        }
        Waiting waiting = approved.decided().waiting().orElseThrow();
        Standing.Granted granted = (Standing.Granted) waiting.standing();
        try {
            return store.write(session -> approvals.consume(session, granted.id(), waiting.change()))
                    .then(_ -> Step.pass(approved));
        } catch (StoreFailure _) {
            return Step.refuse(new Refusal.Undecidable("the approval cannot be used"));
        }
    }
}
