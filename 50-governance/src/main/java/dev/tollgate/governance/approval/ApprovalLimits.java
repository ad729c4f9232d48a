// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.approval;

import dev.tollgate.terms.Require;
import java.time.Duration;

/// What guards approvals and their approvers.
///
/// @param pendingPerAgentMax  approvals of one agent that wait at once, at least 1
/// @param pendingPerTenantMax approvals of one tenant that wait at once, at least 1
/// @param dwell               how long an approver must have had the change before approving it
/// @param burstMax            approvals that one approver gives within `burstWindow`
/// @param burstWindow         sliding window
/// @param elevation           how long a granted approval can be used (requirement S1-12)
/// @param stepUpFresh         how old a passkey's signature may be
/// @param decoys              whether decoys may be planted
public record ApprovalLimits(
        int pendingPerAgentMax,
        int pendingPerTenantMax,
        Duration dwell,
        int burstMax,
        Duration burstWindow,
        Duration elevation,
        Duration stepUpFresh,
        boolean decoys) {
    /// What people can read in a day, and the five minutes of requirement S1-12. Decoys are there
    /// only where somebody plants them.
    public static final ApprovalLimits DEFAULT = new ApprovalLimits(
            20,
            500,
            Duration.ofSeconds(3),
            10,
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(2),
            true);

    public ApprovalLimits {
        Require.require(pendingPerAgentMax >= 1 && pendingPerTenantMax >= 1, "at least one approval may wait");
        Require.require(!dwell.isNegative(), "a dwell time is not negative");
        Require.require(burstMax >= 1 && burstWindow.isPositive(), "an approver gives at least 1 approval a window");
        Require.require(elevation.isPositive() && stepUpFresh.isPositive(), "elevation and step-up last some time");
    }
}
