// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import java.time.Instant;
import java.util.Optional;

/// What people did for an operation. Approval and step-up are evidence that policies ask for, not special
/// cases.
///
/// @param stepUp   when the person last proved presence, with what
/// @param approval who approved the operation, and when
public record Evidence(Optional<StepUp> stepUp, Optional<Approval> approval) {
    /// Nobody did anything.
    public static final Evidence NONE = new Evidence(Optional.empty(), Optional.empty());

    /// The person proved presence again.
    ///
    /// @param at     when
    /// @param method with what, for example `passkey`
    public record StepUp(Instant at, String method) {}

    /// Somebody approved exactly this operation.
    ///
    /// @param at       when
    /// @param approver who; never the requester
    /// @param count    how many different people approved
    public record Approval(Instant at, String approver, int count) {}
}
