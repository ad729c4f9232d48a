// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import java.util.Locale;

/// What policy says of a whole operation.
public enum Outcome {
    /// It may go on; each field has its own view.
    PERMIT,
    /// It may not.
    DENY,
    /// It may once the person has proven presence again.
    NEEDS_STEP_UP,
    /// It may once somebody else has approved it.
    NEEDS_APPROVAL;

    /// The word used in records and answers, for example `needs_approval`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
