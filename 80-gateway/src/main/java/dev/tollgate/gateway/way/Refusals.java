// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.way;

import dev.tollgate.containment.Risk;
import dev.tollgate.gateway.stage.Exceptions;
import dev.tollgate.gateway.stage.Journal;
import dev.tollgate.gateway.state.Examined;
import dev.tollgate.gateway.state.Known;
import dev.tollgate.gateway.state.State;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;

/// What happens to a refusal before it is told: it is recorded with all that was known, the call's
/// reservation is given
/// back
/// when nothing was executed, and the agent's record of denied calls grows. A refusal that cannot be
/// recorded becomes
/// `Unrecorded`.
///
/// @param journal    writes the log
/// @param risk       learns from denied calls
/// @param exceptions tells people
public record Refusals(Journal journal, Risk risk, Exceptions exceptions) {
    /// Passes `step` on, after recording it when it is a refusal of the stage that took `state`.
    public <T> Step<T> of(State state, Step<T> step) {
        return switch (step) {
            case Step.Passed<T> passed -> passed;
            case Step.Refused<T> refused -> Step.refuse(told(state, refused.why()));
        };
    }

    private Refusal told(State state, Refusal why) {
        Known known = state.known();
        if (known.token().isEmpty()) {
            known.reservation().ifPresent(held -> held.giveBack());
        }
        known.principal().ifPresent(who -> risk.observe(who.agent(), denial(why)));
        if (why instanceof Refusal.Unrecorded || (state instanceof Examined && decision(why))) {
            return why;
        }
        return switch (journal.refused(known, why)) {
            case Step.Passed<Long> written -> {
                exceptions.refused(state, why, written.state());
                yield why;
            }
            case Step.Refused<Long> unrecorded -> unrecorded.why();
        };
    }

    /// A refusal of the decide stage is in the log already, as the decision itself.
    private static boolean decision(Refusal why) {
        return switch (why) {
            case Refusal.Denied _,
                    Refusal.Undecidable _,
                    Refusal.EvidenceNeeded _,
                    Refusal.ApprovalPending _,
                    Refusal.ApprovalRefused _,
                    Refusal.Malformed _ -> true;
            case Refusal.Unauthenticated _,
                    Refusal.UnknownTool _,
                    Refusal.Halted _,
                    Refusal.StaleRecord _,
                    Refusal.HumanOnly _,
                    Refusal.OverBudget _,
                    Refusal.TokenRefused _,
                    Refusal.NotFound _,
                    Refusal.UpstreamFailed _,
                    Refusal.ObligationUnmet _,
                    Refusal.Withheld _,
                    Refusal.Unrecorded _,
                    Refusal.Busy _ -> false;
        };
    }

    /// Whether a refusal says something of the agent's intent, rather than of the system's state.
    private static boolean denial(Refusal why) {
        return switch (why) {
            case Refusal.Denied _,
                    Refusal.HumanOnly _,
                    Refusal.UnknownTool _,
                    Refusal.TokenRefused _,
                    Refusal.EvidenceNeeded _,
                    Refusal.ApprovalRefused _,
                    Refusal.Malformed _,
                    Refusal.NotFound _ -> true;
            case Refusal.Unauthenticated _,
                    Refusal.ApprovalPending _,
                    Refusal.Halted _,
                    Refusal.StaleRecord _,
                    Refusal.OverBudget _,
                    Refusal.Undecidable _,
                    Refusal.UpstreamFailed _,
                    Refusal.ObligationUnmet _,
                    Refusal.Withheld _,
                    Refusal.Unrecorded _,
                    Refusal.Busy _ -> false;
        };
    }
}
