// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.approval;

import java.util.Locale;

/// How far an approval is. Closed.
public enum ApprovalState {
    /// People have not decided yet.
    PENDING,
    /// It may be used once, until its elevation ends.
    GRANTED,
    /// Somebody said no.
    REJECTED,
    /// It was used.
    CONSUMED,
    /// The call, the record or the policy is no longer the one that it was for, or an operator revoked it.
    VOIDED,
    /// Nobody decided, or used it, in time.
    EXPIRED;

    /// The word that agents and people read, for example `pending`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
