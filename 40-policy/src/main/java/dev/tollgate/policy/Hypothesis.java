// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import java.util.Optional;

/// Evidence that people could give, in the order in which it is asked for: the least trouble first.
enum Hypothesis {
    STEP_UP("step-up", Outcome.NEEDS_STEP_UP),
    APPROVAL("approval", Outcome.NEEDS_APPROVAL),
    BOTH("approval", Outcome.NEEDS_APPROVAL);

    /// Nobody's name: a policy that compares the approver with a person never holds for it by accident.
    private static final String NOBODY = "hypothetical approver";

    private final String word;
    private final Outcome outcome;

    Hypothesis(String word, Outcome outcome) {
        this.word = word;
        this.outcome = outcome;
    }

    String word() {
        return word;
    }

    Outcome outcome() {
        return outcome;
    }

    /// What is there, and what is supposed, as if given this moment.
    Evidence evidence(Situation situation) {
        Optional<Evidence.StepUp> stepUp = this == APPROVAL
                ? situation.evidence().stepUp()
                : Optional.of(new Evidence.StepUp(situation.now(), "hypothetical"));
        Optional<Evidence.Approval> approval = this == STEP_UP
                ? situation.evidence().approval()
                : Optional.of(new Evidence.Approval(situation.now(), NOBODY));
        return new Evidence(stepUp, approval);
    }
}
