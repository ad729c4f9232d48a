// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.oversight;

import dev.tollgate.governance.approval.ApprovalId;
import dev.tollgate.governance.approval.ApprovalStatus;
import dev.tollgate.governance.approval.Approvals;
import dev.tollgate.governance.approval.Demand;
import dev.tollgate.governance.approval.Standing;
import dev.tollgate.governance.change.Change;
import dev.tollgate.governance.halt.HaltSubject;
import dev.tollgate.governance.halt.KillSwitch;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreFailure;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import java.util.Optional;
import java.util.function.Supplier;

/// What people say of a call, as the gateway asks it on the way. A store that cannot be reached is a no.
///
/// @param store     where an approval is used up, once for all nodes
/// @param approvals what people approved
/// @param halts     what people stopped
public record Oversight(Store store, Approvals approvals, KillSwitch halts) {
    /// Passes a call that nobody stopped. Refuses with `Halted`.
    public Step<HaltSubject> check(HaltSubject subject) {
        return halts.check(subject);
    }

    /// Whether people have approved exactly this change. Refuses with `Undecidable`.
    public Step<Standing> standing(Change change) {
        return stored(() -> Step.pass(approvals.evidence(change)));
    }

    /// Puts a change before people. Refuses as `Approvals.request` does, and with `Undecidable`.
    public Step<ApprovalId> ask(Change change, Demand demand) {
        return stored(() -> approvals.request(change, demand));
    }

    /// Uses an approval up, before what it approves is executed. Refuses with `ApprovalRefused` or
    /// `Undecidable`.
    public Step<ApprovalId> use(Standing.Granted granted, Change change) {
        return stored(() -> store.write(session -> approvals.consume(session, granted.id(), change)));
    }

    /// How an approval stands, for whom it was asked for. Refuses with `NotFound` or `Undecidable`.
    public Step<ApprovalStatus> status(ApprovalId id, Principal who) {
        return stored(() -> {
            Optional<ApprovalStatus> found = approvals.status(id, who.agent(), who.user(), who.tenant());
            return found.<Step<ApprovalStatus>>map(Step::pass).orElseGet(() -> Step.refuse(new Refusal.NotFound()));
        });
    }

    private static <T> Step<T> stored(Supplier<Step<T>> work) {
        try {
            return work.get();
        } catch (StoreFailure _) {
            return Step.refuse(new Refusal.Undecidable("approvals cannot be reached"));
        }
    }
}
