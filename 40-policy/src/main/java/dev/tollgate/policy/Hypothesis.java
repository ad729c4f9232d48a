// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import java.util.Optional;

/// Evidence that people could give, in the order in which it is asked for: the least trouble first.
enum Hypothesis {
    STEP_UP("step-up", Outcome.NEEDS_STEP_UP, true, 0),
    APPROVAL("approval", Outcome.NEEDS_APPROVAL, false, 1),
    FOUR_EYES("approval", Outcome.NEEDS_APPROVAL, false, 2),
    APPROVAL_AND_STEP_UP("approval", Outcome.NEEDS_APPROVAL, true, 1),
    ALL("approval", Outcome.NEEDS_APPROVAL, true, 2);

    /// Nobody's name: a policy that compares the approver with a person never holds for it by accident.
    private static final String NOBODY = "hypothetical approver";

    private final String word;
    private final Outcome outcome;
    private final boolean stepUp;
    private final int approvers;

    Hypothesis(String word, Outcome outcome, boolean stepUp, int approvers) {
        this.word = word;
        this.outcome = outcome;
        this.stepUp = stepUp;
        this.approvers = approvers;
    }

    Decision.Need need() {
        return new Decision.Need(approvers, stepUp);
    }

    String word() {
        return word;
    }

    Outcome outcome() {
        return outcome;
    }

    /// What is there, and what is supposed, as if given this moment.
    Evidence evidence(Situation situation) {
        Optional<Evidence.StepUp> proven = stepUp
                ? Optional.of(new Evidence.StepUp(situation.now(), "hypothetical"))
                : situation.evidence().stepUp();
        Optional<Evidence.Approval> approval = approvers > 0
                ? Optional.of(new Evidence.Approval(situation.now(), NOBODY, approvers))
                : situation.evidence().approval();
        return new Evidence(proven, approval);
    }
}
