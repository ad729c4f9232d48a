// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.journal;

import dev.tollgate.terms.Require;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.TaskId;

/// Why a change is made.
///
/// @param task          the run of the workflow that it belongs to
/// @param rule          what permitted it
/// @param reason        the reason code, for example the workflow's intent (requirement S4-18)
/// @param decisionIndex where the audit log has the decision
public record Cause(TaskId task, RuleId rule, String reason, long decisionIndex) {
    public Cause {
        Require.id("reason", reason);
    }
}
