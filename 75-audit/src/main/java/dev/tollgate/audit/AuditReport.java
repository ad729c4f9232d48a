// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.audit;

import dev.tollgate.merkle.verify.Report;
import java.util.List;

/// What the check of an audit log found.
///
/// @param log       what the check of the tree found
/// @param findings  what the entries must not say, at most `AuditVerify.FINDINGS_MAX`
/// @param decisions decisions in the log
/// @param open      decisions that permit and have no outcome: a crash leaves them; the first ones
/// @param openCount how many of those
/// @param kept      personal values that are in the vault and fit
/// @param erased    personal values that were erased
/// @param missing   personal values that the vault never had: a crash between log and vault leaves them
public record AuditReport(
        Report log,
        List<Finding> findings,
        long decisions,
        List<Long> open,
        long openCount,
        long kept,
        long erased,
        long missing) {
    public AuditReport {
        findings = List.copyOf(findings);
        open = List.copyOf(open);
    }

    /// Whether everything holds. Decisions without outcome and values without vault are told and are not
    /// unsound.
    public boolean sound() {
        return log.sound() && findings.isEmpty();
    }
}
