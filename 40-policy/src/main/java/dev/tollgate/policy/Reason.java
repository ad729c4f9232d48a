// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import java.util.Locale;
import java.util.Optional;

/// The category of a reason, for records, placeholders and answers (requirement S0-24). A policy names its own with
/// `@category("…")`; without one a `forbid` has the category `policy`.
public enum Reason {
    /// A policy permits the view.
    PERMITTED,
    /// The view depends on facts of each row.
    ROW,
    /// The field's class is outside the classes of the workflow.
    OUT_OF_CLASS,
    /// The delegation holds no scope for it.
    SCOPE,
    /// The workflow does not include it.
    WORKFLOW,
    /// The answer may not end there.
    DESTINATION,
    /// The data belongs to another tenant.
    TENANT,
    /// The data is not about the customer of the task.
    CUSTOMER,
    /// The data does not apply to the case of the task.
    CASE,
    /// The data is tied to another region.
    REGION,
    /// The data is not the person's own.
    OWNER,
    /// A step of the workflow must be completed first.
    STEP,
    /// Too risky right now.
    RISK,
    /// What the agent was shown before may not go there.
    FLOW,
    /// The person did not ask for this, or did not name where it goes.
    REQUEST,
    /// Evidence is missing: step-up or approval.
    EVIDENCE,
    /// A limit of the bundle is passed.
    LIMIT,
    /// What was found in the message may not leave.
    MESSAGE,
    /// A `forbid` without a category.
    POLICY,
    /// No contract knows the field.
    UNKNOWN_FIELD,
    /// No policy permits it.
    DEFAULT_DENY,
    /// A policy could not be evaluated.
    ERROR;

    /// The word used in records and answers, for example `out-of-class`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The reason of that word, or nothing when there is none.
    public static Optional<Reason> of(String word) {
        for (Reason reason : values()) {
            if (reason.word().equals(word)) {
                return Optional.of(reason);
            }
        }
        return Optional.empty();
    }
}
