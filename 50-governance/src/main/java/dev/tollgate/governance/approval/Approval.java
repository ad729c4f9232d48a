// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.approval;

import dev.tollgate.governance.change.Change;
import dev.tollgate.terms.Digest;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.Value;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A change that waits for people, or waited.
///
/// @param id      which
/// @param change  what is proposed, whole
/// @param demand  what policy demands; its `lasts` is what is left of the time from asking to `expires`
/// @param state   how far it is, with the time taken into account
/// @param why     why it was voided
/// @param nonce   makes each approval's challenge its own
/// @param asked   when the agent asked first
/// @param expires when it stops waiting
/// @param granted from when to when it can be used
/// @param votes   who decided, in order
public record Approval(
        ApprovalId id,
        Change change,
        Demand demand,
        ApprovalState state,
        Optional<Objection> why,
        String nonce,
        Instant asked,
        Instant expires,
        Optional<Elevation> granted,
        List<Vote> votes) {
    /// From when to when a granted approval can be used.
    public record Elevation(Instant from, Instant until) {}

    /// What one person decided.
    ///
    /// @param approver      who
    /// @param verdict       what
    /// @param justification why, in their own words
    /// @param at            when
    /// @param stepUp        with what they proved presence, when they did
    public record Vote(UserId approver, Verdict verdict, String justification, Instant at, Optional<String> stepUp) {}

    /// What a person says. Closed.
    public enum Verdict {
        APPROVE,
        REJECT
    }

    public Approval {
        votes = List.copyOf(votes);
    }

    /// What a passkey signs: exactly this approval of exactly this change, state and policy, so that what
    /// was signed is what was shown (requirement S1-11).
    public Digest challenge() {
        return Digest.of(new Value.Fields(Map.of(
                "approval", Value.of(id.value()),
                "nonce", Value.of(nonce),
                "bound", Value.of(change.bound().text()))));
    }
}
