// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.approval;

import dev.tollgate.governance.change.Change;
import dev.tollgate.governance.change.ChangeText;
import dev.tollgate.store.Store;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Holds a change against the approvals of its call: one covers it, or something has overtaken them.
final class Matching {
    private Matching() {}

    static Standing standing(Store.Session session, Change change, Instant now) {
        List<Approval> ofCall = session
                .query(
                        ApprovalRows.SELECT + " where call_key = ? and state in ('granted', 'rejected') and decoy = 0"
                                + " order by asked_at desc, id",
                        change.callKey().text())
                .stream()
                .map(row -> ApprovalRows.approval(session, row, now))
                .toList();
        Optional<Standing> exact = ofCall.stream()
                .filter(approval -> approval.change().bound().equals(change.bound()))
                .flatMap(approval -> exact(approval, now).stream())
                .findFirst();
        Optional<Standing> other = ofCall.stream()
                .filter(approval -> approval.state() == ApprovalState.GRANTED)
                .findFirst()
                .map(approval -> overtaken(approval, difference(approval.change(), change)));
        return exact.or(() -> other).orElse(new Standing.None());
    }

    private static Optional<Standing> exact(Approval approval, Instant now) {
        if (approval.state() == ApprovalState.GRANTED) {
            return approval.granted()
                    .map(elevation -> new Standing.Granted(
                            approval.id(),
                            elevation.from(),
                            elevation.until(),
                            approval.votes().stream()
                                    .map(Approval.Vote::approver)
                                    .toList(),
                            approval.demand().stepUp()));
        }
        boolean rejected = approval.state() == ApprovalState.REJECTED && now.isBefore(approval.expires());
        return rejected ? Optional.of(overtaken(approval, Objection.REJECTED)) : Optional.empty();
    }

    private static Standing overtaken(Approval approval, Objection why) {
        return new Standing.Overtaken(why.refusal(approval.id()));
    }

    /// The same change that people look at already.
    static Optional<ApprovalId> waiting(Store.Session session, Change change, Instant now) {
        return session
                .query(
                        "select id from approval where bound = ? and state = 'pending' and decoy = 0"
                                + " and expires_at > ?",
                        change.bound().text(),
                        now)
                .stream()
                .findFirst()
                .map(row -> new ApprovalId(row.text("id")));
    }

    /// Voids what waits, or is granted, for the same call and does not cover it any more.
    static int overtake(Store.Session session, Change change, String state, Instant now) {
        int voided = 0;
        for (Store.Record row : session.query(
                ApprovalRows.SELECT + " where call_key = ? and state = ? and bound <> ? and decoy = 0",
                change.callKey().text(),
                state,
                change.bound().text())) {
            Approval approval = ApprovalRows.approval(session, row, now);
            voided += ApprovalRows.voided(session, row.text("id"), difference(approval.change(), change), now) ? 1 : 0;
        }
        return voided;
    }

    /// Why an approval cannot be used for a change.
    static Objection unusable(Approval approval, Change change) {
        return switch (approval.state()) {
            case PENDING -> Objection.NOT_GRANTED;
            case REJECTED -> Objection.REJECTED;
            case CONSUMED -> Objection.USED;
            case EXPIRED -> Objection.EXPIRED;
            case VOIDED -> approval.why().orElse(Objection.REVOKED);
            case GRANTED -> difference(approval.change(), change);
        };
    }

    private static Objection difference(Change approved, Change change) {
        if (!approved.callKey().equals(change.callKey())
                || !ChangeText.of(approved.after()).equals(ChangeText.of(change.after()))) {
            return Objection.CALL_CHANGED;
        }
        boolean edited = !approved.recordVersion().equals(change.recordVersion())
                || !ChangeText.of(approved.before()).equals(ChangeText.of(change.before()));
        return edited ? Objection.RECORD_EDITED : Objection.POLICY_CHANGED;
    }
}
