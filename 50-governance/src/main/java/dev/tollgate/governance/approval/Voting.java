// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.approval;

import dev.tollgate.governance.note.Note;
import dev.tollgate.store.Store;
import dev.tollgate.terms.Step;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// One person's decision, in one transaction: who may, whether they read it, and what follows.
final class Voting {
    private final ApprovalLimits limits;
    private final DecoyAlarm alarm;

    Voting(ApprovalLimits limits, DecoyAlarm alarm) {
        this.limits = limits;
        this.alarm = alarm;
    }

    /// A decision that somebody wants recorded.
    record Ballot(
            ApprovalId id, Approver approver, Approval.Verdict verdict, String justification, Optional<StepUp> stepUp) {
        boolean approves() {
            return verdict == Approval.Verdict.APPROVE;
        }
    }

    Step<Decided> decide(Store.Session session, Ballot ballot, Instant now) {
        // All nodes must count the same votes of this approver, and on this approval; touching its row keeps everybody
        // else, who would void it or vote, waiting until this transaction ends.
        session.lock("approver/" + ballot.approver().user());
        session.update(
                "update approval set state = state where id = ?", ballot.id().value());
        Optional<ApprovalRows.Stored> found =
                ApprovalRows.find(session, ballot.approver().tenant(), ballot.id(), now);
        if (found.isEmpty()) {
            return Step.refuse(Objection.UNKNOWN.refusal(ballot.id()));
        }
        Approval approval = found.get().approval();
        Optional<Objection> objection =
                open(approval).or(() -> who(approval, ballot)).or(() -> how(session, approval, ballot, now));
        if (objection.isPresent()) {
            return Step.refuse(objection.get().refusal(ballot.id()));
        }
        record(session, ballot, now);
        if (found.get().decoy() && ballot.approves()) {
            ApprovalRows.voided(session, ballot.id().value(), Objection.DECOY, now);
            alarm.passed(session, approval, ballot.approver());
            return Step.pass(new Decided(ballot.id(), ApprovalState.VOIDED, true));
        }
        ApprovalState state = count(session, approval, ballot, now);
        ApprovalRows.noted(
                session,
                ballot.id().value(),
                Note.Event.APPROVAL_DECIDED,
                ballot.approver().user().value(),
                "verdict",
                ballot.verdict().name().toLowerCase(Locale.ROOT)
                        + ballot.stepUp().map(proof -> ", " + proof.method()).orElse(""),
                now);
        return Step.pass(new Decided(ballot.id(), state, false));
    }

    private static Optional<Objection> open(Approval approval) {
        return switch (approval.state()) {
            case PENDING -> Optional.empty();
            case EXPIRED -> Optional.of(Objection.EXPIRED);
            case VOIDED -> Optional.of(approval.why().orElse(Objection.REVOKED));
            case GRANTED, REJECTED, CONSUMED -> Optional.of(Objection.DECIDED);
        };
    }

    private static Optional<Objection> who(Approval approval, Ballot ballot) {
        if (ballot.approver().user().equals(approval.change().user())) {
            return Optional.of(Objection.OWN_REQUEST);
        }
        if (approval.demand()
                .agentOwner()
                .filter(ballot.approver().user()::equals)
                .isPresent()) {
            return Optional.of(Objection.AGENT_OWNER);
        }
        if (ballot.approver().roles().stream().noneMatch(approval.demand().roles()::contains)) {
            return Optional.of(Objection.ROLE);
        }
        boolean again = approval.votes().stream()
                .anyMatch(vote -> vote.approver().equals(ballot.approver().user()));
        return again ? Optional.of(Objection.TWICE) : Optional.empty();
    }

    /// A no needs no reading time; a yes does.
    private Optional<Objection> how(Store.Session session, Approval approval, Ballot ballot, Instant now) {
        if (!ballot.approves()) {
            return Optional.empty();
        }
        if (!read(session, ballot, now)) {
            return Optional.of(Objection.TOO_SOON);
        }
        if (recent(session, ballot, now) >= limits.burstMax()) {
            return Optional.of(Objection.BURST);
        }
        boolean signed = ballot.stepUp()
                .filter(proof -> proof.signed().equals(approval.challenge()))
                .filter(proof -> !proof.at().isAfter(now))
                .filter(proof -> proof.at().plus(limits.stepUpFresh()).isAfter(now))
                .isPresent();
        return approval.demand().stepUp() && !signed ? Optional.of(Objection.STEP_UP) : Optional.empty();
    }

    private boolean read(Store.Session session, Ballot ballot, Instant now) {
        return session.one(
                        "select shown_at from approval_shown where approval = ? and approver = ?",
                        ballot.id().value(),
                        ballot.approver().user().value())
                .filter(row -> !row.instant("shown_at").plus(limits.dwell()).isAfter(now))
                .isPresent();
    }

    private long recent(Store.Session session, Ballot ballot, Instant now) {
        return session.query(
                        "select count(*) as given from approval_vote where approver = ? and verdict = 'approve'"
                                + " and voted_at > ?",
                        ballot.approver().user().value(),
                        now.minus(limits.burstWindow()))
                .getFirst()
                .number("given");
    }

    private static void record(Store.Session session, Ballot ballot, Instant now) {
        session.update(
                "insert into approval_vote (approval, approver, verdict, justification, step_up_at, step_up_method,"
                        + " voted_at) values (?, ?, ?, ?, ?, ?, ?)",
                ballot.id().value(),
                ballot.approver().user().value(),
                ballot.approves() ? "approve" : "reject",
                ballot.justification(),
                ballot.stepUp().map(StepUp::at).orElse(null),
                ballot.stepUp().map(StepUp::method).orElse(null),
                now);
    }

    private ApprovalState count(Store.Session session, Approval approval, Ballot ballot, Instant now) {
        if (!ballot.approves()) {
            session.update(
                    "update approval set state = 'rejected' where id = ?",
                    ballot.id().value());
            return ApprovalState.REJECTED;
        }
        // One no ends it, so every vote before this one was a yes.
        if (approval.votes().size() + 1 < approval.demand().approvers()) {
            return ApprovalState.PENDING;
        }
        session.update(
                "update approval set state = 'granted', granted_at = ?, granted_until = ? where id = ?",
                now,
                now.plus(limits.elevation()),
                ballot.id().value());
        return ApprovalState.GRANTED;
    }
}
