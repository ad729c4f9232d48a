// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.console.approvals;

import dev.tollgate.console.page.Moments;
import dev.tollgate.console.person.People;
import dev.tollgate.console.person.Person;
import dev.tollgate.governance.approval.Approval;
import dev.tollgate.governance.approval.ApprovalLimits;
import dev.tollgate.governance.approval.ApprovalState;
import dev.tollgate.governance.approval.Objection;
import dev.tollgate.governance.change.Change;
import dev.tollgate.governance.change.Diff;
import dev.tollgate.governance.change.Piece;
import dev.tollgate.policy.bundle.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Approvals in the words of the pages, and who sees which. A person sees what they may decide, what was asked for
/// them, and what an agent they answer for asked; everything else does not exist for them, as it holds values of
/// records.
///
/// @param people what the bundle knows
/// @param limits what guards approvers
public record ApprovalViews(People people, ApprovalLimits limits) {
    static boolean maySee(Approval approval, Person who) {
        return hasRole(approval, who) || isParty(approval, who);
    }

    /// Whether the page offers it; whether a decision counts is decided in 50-governance.
    static boolean mayDecide(Approval approval, Person who) {
        boolean voted =
                approval.votes().stream().anyMatch(vote -> vote.approver().equals(who.user()));
        return approval.state() == ApprovalState.PENDING && hasRole(approval, who) && !isParty(approval, who) && !voted;
    }

    private static boolean hasRole(Approval approval, Person who) {
        return who.roles().stream().anyMatch(approval.demand().roles()::contains);
    }

    private static boolean isParty(Approval approval, Person who) {
        return approval.change().user().equals(who.user())
                || approval.demand().agentOwner().filter(who.user()::equals).isPresent();
    }

    ApprovalList.Row row(Approval approval, Instant now) {
        Change change = approval.change();
        return new ApprovalList.Row(
                approval.id().value(),
                title(change),
                change.record().map(id -> id.value()).orElse("new record"),
                change.agent().value(),
                change.user().value(),
                Moments.span(Duration.between(approval.asked(), now)),
                approval.state().word(),
                left(approval, now),
                approval.votes().size() + " of " + approval.demand().approvers(),
                change.reversibility().equals("irreversible"),
                Diff.of(change).suspicious());
    }

    ApprovalView view(Approval approval, boolean decidable, String assertion, String problem, Instant now) {
        Change change = approval.change();
        return new ApprovalView(
                approval,
                title(change),
                Diff.of(change),
                Piece.of(approval.demand().justification()),
                intent(change),
                Moments.at(approval.asked()),
                left(approval, now),
                approval.state().word(),
                meaning(approval),
                decidable,
                assertion,
                problem,
                limits.dwell().toMillis());
    }

    private static String title(Change change) {
        String does = switch (change.target().verb()) {
            case WRITE -> "Change";
            case CREATE -> "Create";
            case DELETE -> "Delete";
            case RECONCILE -> "Merge";
            case EXPORT -> "Export";
            case SEND -> "Send";
            case VERIFY -> "Verify";
            case READ, SEARCH, SUMMARIZE -> "Read";
        };
        // A new record is all of its fields; of an older one those that change are the news.
        String fields = change.record().isEmpty()
                ? ""
                : String.join(", ", change.after().keySet());
        return does + " " + change.target().object() + (fields.isEmpty() ? "" : " · " + fields);
    }

    private String intent(Change change) {
        Optional<Workflow> workflow = change.workflow()
                .flatMap(id -> people.bundle().map(bundle -> bundle.workflows().get(id)));
        return workflow.map(one -> one.id() + ": " + one.intent() + ", " + one.purpose())
                .orElseGet(() -> change.workflow().map(Object::toString).orElse("none declared"));
    }

    private static String left(Approval approval, Instant now) {
        return switch (approval.state()) {
            case PENDING -> Moments.span(Duration.between(now, approval.expires()));
            case GRANTED ->
                approval.granted()
                        .map(one -> Moments.span(Duration.between(now, one.until())))
                        .orElse("");
            case REJECTED, CONSUMED, VOIDED, EXPIRED -> "";
        };
    }

    private static String meaning(Approval approval) {
        return switch (approval.state()) {
            case PENDING -> "Nothing is written until somebody approves it.";
            case GRANTED -> "The agent may make exactly this change, once, while the grant lasts.";
            case REJECTED -> "It was declined. The agent may propose something else.";
            case CONSUMED -> "It was used: the change was carried out once and cannot be repeated.";
            case EXPIRED -> "It has expired. The agent must ask anew.";
            case VOIDED ->
                "It is void: " + approval.why().orElse(Objection.REVOKED).words() + ".";
        };
    }
}
