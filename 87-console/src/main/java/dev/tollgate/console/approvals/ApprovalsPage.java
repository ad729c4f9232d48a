// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.console.approvals;

import dev.tollgate.console.page.Answer;
import dev.tollgate.console.page.Page;
import dev.tollgate.console.passkey.Ceremonies;
import dev.tollgate.console.person.Person;
import dev.tollgate.console.web.Visit;
import dev.tollgate.governance.Paged;
import dev.tollgate.governance.approval.Approval;
import dev.tollgate.governance.approval.Approval.Verdict;
import dev.tollgate.governance.approval.ApprovalId;
import dev.tollgate.governance.approval.ApprovalState;
import dev.tollgate.governance.approval.Approvals;
import dev.tollgate.governance.approval.Decided;
import dev.tollgate.governance.approval.StepUp;
import dev.tollgate.terms.Digest;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What waits for people, and the page on which one of them decides. A yes is a passkey's signature over exactly
/// the change that was shown (requirement S1-11); whether it counts is decided in 50-governance.
public final class ApprovalsPage implements Page {
    private static final String PATH = "approvals";
    private static final String LIST = "list";
    private static final int ENDED_MAX = 20;
    private static final String PASSKEY = "passkey";
    private static final String NOT_SIGNED =
            "Nothing was approved: none of your passkeys signed exactly this change. Read it again and retry.";

    private final Approvals approvals;
    private final Ceremonies ceremonies;
    private final InstantSource clock;
    private final ApprovalViews views;

    public ApprovalsPage(Approvals approvals, Ceremonies ceremonies, InstantSource clock, ApprovalViews views) {
        this.approvals = approvals;
        this.ceremonies = ceremonies;
        this.clock = clock;
        this.views = views;
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public String title() {
        return "Approvals";
    }

    @Override
    public long waiting(Person who) {
        return list(who).yours().size();
    }

    @Override
    public String pulse(Person who) {
        return approvals.pulse(who.tenant());
    }

    @Override
    public Answer answer(Visit visit, Person who) {
        Optional<String> item = visit.item();
        if (item.isEmpty()) {
            return new Answer.Whole(200, title(), "approvals", list(who));
        }
        if (item.get().equals(LIST)) {
            return new Answer.Part("approvallist", list(who));
        }
        Optional<Approval> found = id(item.get())
                .flatMap(id -> approvals.find(who.tenant(), id))
                .filter(one -> ApprovalViews.maySee(one, who));
        if (found.isEmpty()) {
            return new Answer.Said(
                    404,
                    "There is no such approval",
                    "Nothing with this id waits for you. It may be another team's, or long gone. Go back to the list.",
                    PATH);
        }
        return visit.post() ? decide(visit, found.get(), who) : shown(200, found.get(), who, "");
    }

    private static Optional<ApprovalId> id(String text) {
        return text.matches("[0-9a-f]{1,64}") ? Optional.of(new ApprovalId(text)) : Optional.empty();
    }

    private Answer shown(int status, Approval approval, Person who, String problem) {
        boolean decidable = ApprovalViews.mayDecide(approval, who);
        if (decidable) {
            approvals.shown(approval.id(), who.approver());
        }
        String assertion = decidable ? ceremonies.assertion(approval.challenge(), who.user()) : "";
        return new Answer.Whole(
                status, "Approval", "approval", views.view(approval, decidable, assertion, problem, clock.instant()));
    }

    private Answer decide(Visit visit, Approval approval, Person who) {
        Verdict verdict = switch (visit.field("verdict")) {
            case "approve" -> Verdict.APPROVE;
            case "decline" -> Verdict.REJECT;
            default -> null;
        };
        String justification = visit.field("justification").strip();
        if (verdict == null || justification.isEmpty()) {
            return shown(400, approval, who, "Nothing was decided: say yes or no, and why in your own words.");
        }
        Optional<StepUp> stepUp = Optional.empty();
        if (verdict == Verdict.APPROVE) {
            Digest challenge = approval.challenge();
            if (!ceremonies.signed(visit.field("credential"), challenge, who.user())) {
                return shown(403, approval, who, NOT_SIGNED);
            }
            stepUp = Optional.of(new StepUp(clock.instant(), PASSKEY, challenge));
        }
        Step<Decided> decided = approvals.decide(approval.id(), who.approver(), verdict, justification, stepUp);
        return switch (decided) {
            case Step.Passed<Decided> _ -> new Answer.Moved(PATH + "/" + approval.id());
            case Step.Refused<Decided> refused -> refused(approval, who, refused.why());
        };
    }

    private Answer refused(Approval approval, Person who, Refusal why) {
        Approval now = approvals.find(who.tenant(), approval.id()).orElse(approval);
        String words = why instanceof Refusal.ApprovalRefused refused ? refused.why() : why.explain();
        return shown(409, now, who, "Nothing was decided: " + words + ".");
    }

    private ApprovalList list(Person who) {
        Paged<Approval> open = approvals.open(who.tenant(), Optional.empty(), Paged.LIMIT_MAX);
        List<ApprovalList.Row> yours = new ArrayList<>();
        List<ApprovalList.Row> others = new ArrayList<>();
        for (Approval one : open.items()) {
            if (ApprovalViews.mayDecide(one, who)) {
                yours.add(views.row(one, clock.instant()));
            } else if (ApprovalViews.maySee(one, who)) {
                others.add(views.row(one, clock.instant()));
            }
        }
        List<ApprovalList.Row> ended =
                approvals.history(who.tenant(), Optional.empty(), Paged.LIMIT_MAX).items().stream()
                        .filter(one -> one.state() != ApprovalState.PENDING && ApprovalViews.maySee(one, who))
                        .limit(ENDED_MAX)
                        .map(one -> views.row(one, clock.instant()))
                        .toList();
        return new ApprovalList(yours, others, ended, open.next().isPresent());
    }
}
