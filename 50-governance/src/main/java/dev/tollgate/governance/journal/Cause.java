// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.journal;

import dev.tollgate.terms.Require;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.TaskId;
import java.util.Optional;

/// Why a change is made.
///
/// @param task          the run of the workflow that it belongs to
/// @param rule          what permitted it
/// @param reason        the reason code, for example the workflow's intent (requirement S4-18)
/// @param decisionIndex where the audit log has the decision
/// @param said          why, in the agent's own words, when it gave any; text from outside (requirement S2-3)
public record Cause(TaskId task, RuleId rule, String reason, long decisionIndex, Optional<String> said) {
    /// Characters of what an agent says: what a person reads whole, as in an approval.
    private static final int SAID_CHARS_MAX = 2_000;

    public Cause {
        Require.id("reason", reason);
        Require.require(said.map(String::length).orElse(0) <= SAID_CHARS_MAX, "a reason has at most 2,000 characters");
    }
}
