// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.approval;

import dev.tollgate.store.Store;

/// Who is told that somebody approved a decoy.
public interface DecoyAlarm {
    /// Called in the transaction that records the decision; what it writes commits with it.
    void passed(Store.Session session, Approval decoy, Approver approver);
}
