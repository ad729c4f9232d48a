// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.approval;

import dev.tollgate.governance.exception.ExceptionKind;
import dev.tollgate.governance.exception.ExceptionQueue;
import dev.tollgate.governance.exception.ExceptionReport;
import dev.tollgate.store.Store;
import dev.tollgate.terms.RuleId;
import java.util.List;
import java.util.Optional;

/// Puts each passed decoy into the exception queue, with the approver as its user, in the transaction of
/// the decision.
///
/// @param queue where people see it
/// @param owner who answers for approvers who do not read
public record QueueDecoyAlarm(ExceptionQueue queue, String owner) implements DecoyAlarm {
    private static final RuleId RULE = new RuleId("decoy-approved");

    @Override
    public void passed(Store.Session session, Approval decoy, Approver approver) {
        queue.open(
                session,
                new ExceptionReport(
                        ExceptionKind.DECOY,
                        decoy.change().agent(),
                        Optional.of(approver.user()),
                        decoy.change().tenant(),
                        Optional.of(decoy.change().target().tool()),
                        RULE,
                        owner,
                        "an approver approved a decoy without seeing what it was",
                        List.of(),
                        ExceptionReport.Severity.HIGH));
    }
}
