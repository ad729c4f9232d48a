// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.approval;

import dev.tollgate.policy.Evidence;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Whether people have approved a change, as it stands now. Closed.
public sealed interface Standing {
    /// Nobody has: policy decides without evidence.
    record None() implements Standing {}

    /// They have, exactly this, and it can be used once until then.
    ///
    /// @param id        what to consume
    /// @param at        when the last approver granted it
    /// @param until     when its elevation ends
    /// @param approvers who granted it
    /// @param stepUp    each of them signed the change with a passkey
    record Granted(ApprovalId id, Instant at, Instant until, List<UserId> approvers, boolean stepUp)
            implements Standing {
        public Granted {
            approvers = List.copyOf(approvers);
        }

        /// The evidence that policies ask for.
        public Evidence evidence() {
            String names = approvers.stream().map(UserId::value).collect(Collectors.joining(", "));
            return new Evidence(
                    stepUp ? Optional.of(new Evidence.StepUp(at, "passkey")) : Optional.empty(),
                    Optional.of(new Evidence.Approval(at, names, approvers.size())));
        }
    }

    /// There was an approval for this call, and it does not cover it any more: it is voided, or was
    /// rejected.
    record Overtaken(Refusal.ApprovalRefused why) implements Standing {}
}
