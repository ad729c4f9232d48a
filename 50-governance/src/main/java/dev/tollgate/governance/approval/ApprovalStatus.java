// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.approval;

import java.time.Instant;

/// What the agent that asked learns of an approval. Names nobody.
///
/// @param id      which
/// @param state   how far it is
/// @param expires when it stops waiting or, once granted, when it can no longer be used
/// @param next    what to do next
public record ApprovalStatus(ApprovalId id, ApprovalState state, Instant expires, String next) {
    static ApprovalStatus of(Approval approval) {
        String next = switch (approval.state()) {
            case PENDING -> Objection.NOT_GRANTED.words();
            case GRANTED -> "make the same call again before it expires";
            case REJECTED -> Objection.REJECTED.words();
            case CONSUMED -> Objection.USED.words();
            case EXPIRED -> Objection.EXPIRED.words();
            case VOIDED -> approval.why().orElse(Objection.REVOKED).words();
        };
        Instant expires = approval.granted().map(Approval.Elevation::until).orElse(approval.expires());
        return new ApprovalStatus(approval.id(), approval.state(), expires, next);
    }
}
