// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.console.approvals;

import dev.tollgate.governance.approval.Approval;
import dev.tollgate.governance.change.Diff;
import dev.tollgate.governance.change.Piece;
import java.util.List;

/// One approval as the person who decides it sees it: whole.
///
/// @param approval   what waits
/// @param title      what would be done
/// @param diff       every field, before and after
/// @param why        the agent's own words, made visible
/// @param intent     what the task runs, and what for
/// @param asked      when
/// @param left       how long it still waits, in words
/// @param state      a word
/// @param now        what its state means, and what to do next
/// @param decidable  whether this person may decide it
/// @param assertion  what a passkey is asked to sign, as JSON; empty when this person may not decide
/// @param problem    why the last try did not count; empty when there was none
/// @param dwellMillis how long it must be looked at
public record ApprovalView(
        Approval approval,
        String title,
        Diff diff,
        List<Piece> why,
        String intent,
        String asked,
        String left,
        String state,
        String now,
        boolean decidable,
        String assertion,
        String problem,
        long dwellMillis) {
    public ApprovalView {
        why = List.copyOf(why);
    }

    /// What undoing it takes, in a sentence.
    public String undo() {
        return switch (approval.change().reversibility()) {
            case "reversible" -> "Can be put back as it was.";
            case "compensable" -> "Cannot be put back, only made good by another change.";
            default -> "Cannot be undone.";
        };
    }

    /// The change's digest, which a passkey signs as part of the challenge.
    public String digest() {
        return approval.change().bound().text();
    }
}
