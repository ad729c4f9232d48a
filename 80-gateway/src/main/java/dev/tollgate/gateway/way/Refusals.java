// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.way;

import dev.tollgate.containment.Held;
import dev.tollgate.containment.Reservation;
import dev.tollgate.containment.Risk;
import dev.tollgate.gateway.stage.Contain;
import dev.tollgate.gateway.stage.Exceptions;
import dev.tollgate.gateway.stage.Execute;
import dev.tollgate.gateway.stage.Journal;
import dev.tollgate.gateway.stage.Probes;
import dev.tollgate.gateway.state.Approved;
import dev.tollgate.gateway.state.Assessed;
import dev.tollgate.gateway.state.Authenticated;
import dev.tollgate.gateway.state.Contained;
import dev.tollgate.gateway.state.Decided;
import dev.tollgate.gateway.state.Examined;
import dev.tollgate.gateway.state.Executed;
import dev.tollgate.gateway.state.Inspected;
import dev.tollgate.gateway.state.Known;
import dev.tollgate.gateway.state.Received;
import dev.tollgate.gateway.state.Recorded;
import dev.tollgate.gateway.state.Redacted;
import dev.tollgate.gateway.state.State;
import dev.tollgate.gateway.state.Validated;
import dev.tollgate.terms.Conduct;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import java.util.Set;

/// What happens to a refusal before it is told: it is recorded with all that was known, what the call
/// holds of the agent's budgets is given back as far as nothing was changed, and the agent's record of
/// denied calls grows. A refusal that cannot be recorded becomes `Unrecorded`.
///
/// @param journal    writes the log
/// @param risk       learns from denied calls
/// @param exceptions tells people
/// @param contain    charges calls that are refused early
/// @param probes     learns what refused calls were after
public record Refusals(Journal journal, Risk risk, Exceptions exceptions, Contain contain, Probes probes) {
    /// Failures of a system that no agent brings about.
    private static final Set<String> SILENT = Set.of("unreachable", "timeout");

    /// Passes `step` on, after recording it when it is a refusal of the stage that took `state`.
    public <T> Step<T> of(State state, Step<T> step) {
        return switch (step) {
            case Step.Passed<T> passed -> passed;
            case Step.Refused<T> refused -> Step.refuse(told(state, refused.why()));
        };
    }

    /// The call was answered: what it was denied weighs less among calls that were not.
    public Step<Recorded> answered(Recorded recorded) {
        risk.answered(recorded.who().principal().agent(), Probes.sensitive(recorded));
        exceptions.risky(recorded, recorded.logIndex());
        return Step.pass(recorded);
    }

    /// The same for a refusal that comes before the agent's budgets were asked: it costs a call,
    /// and an agent that has none left hears that instead.
    public <T> Step<T> early(Authenticated who, Step<T> step) {
        return switch (step) {
            case Step.Passed<T> passed -> passed;
            case Step.Refused<T> refused ->
                switch (contain.question(who)) {
                    case Step.Passed<Reservation> _ -> of(who, refused);
                    case Step.Refused<Reservation> spent -> of(who, Step.refuse(spent.why()));
                };
        };
    }

    /// What was not changed is not counted; a call is, unless it failed through no fault of the
    /// agent's.
    private static void giveBack(State state, Refusal why, Held held) {
        boolean made = switch (state) {
            case Executed _, Redacted _, Inspected _, Recorded _ -> true;
            case Approved _ -> Execute.unknown(why);
            case Received _, Authenticated _, Validated _, Contained _, Assessed _, Examined _, Decided _ -> false;
        };
        if (!made) {
            held.effect().giveBack();
        }
        boolean ours = why instanceof Refusal.Unrecorded
                || (why instanceof Refusal.UpstreamFailed failed && SILENT.contains(failed.why()));
        if (ours) {
            held.call().giveBack();
        }
    }

    /// Nothing is told of a change before the journal knows what became of it.
    private static boolean kept(State state) {
        return switch (state) {
            case Executed executed -> executed.awaitKept();
            case Redacted redacted -> redacted.from().awaitKept();
            case Inspected inspected -> inspected.from().from().awaitKept();
            case Received _, Authenticated _, Validated _, Contained _, Assessed _, Examined _, Decided _ -> true;
            case Approved _, Recorded _ -> true;
        };
    }

    private Refusal told(State state, Refusal why) {
        kept(state);
        Known known = state.known();
        known.held().ifPresent(held -> giveBack(state, why, held));
        if (known.held().isPresent() && (denial(why) || excused(why))) {
            known.principal()
                    .ifPresent(who -> contain.loops()
                            .refused(who.delegation(), known.call().request(), excused(why)));
        }
        known.principal().ifPresent(who -> risk.observe(who.agent(), denial(why)));
        if (denial(why)) {
            probed(state, known);
        }
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

    private void probed(State state, Known known) {
        Exceptions.by(state)
                .ifPresent(who -> known.operation()
                        .ifPresent(asked -> probes.refused(
                                who.principal().delegation(),
                                who.policy().bundle().catalog(),
                                asked,
                                known.call().request().value())));
    }

    /// A refusal of the decide stage is in the log already, as the decision itself.
    private static boolean decision(Refusal why) {
        return switch (why) {
            case Refusal.Denied _,
                    Refusal.Undecidable _,
                    Refusal.EvidenceNeeded _,
                    Refusal.ApprovalPending _,
                    Refusal.ApprovalRefused _,
                    Refusal.Malformed _,
                    Conduct.StepNeeded _ -> true;
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
                    Refusal.Busy _,
                    Conduct.Stopped _,
                    Conduct.Looping _,
                    Conduct.ProofNeeded _,
                    Conduct.ShutDown _,
                    Conduct.KeyReused _,
                    Conduct.KeyUnderWay _,
                    Conduct.FieldsMissing _ -> false;
        };
    }

    /// Whether making the same call again is right: it waits for people, or failed through no fault
    /// of the agent's.
    private static boolean excused(Refusal why) {
        return why instanceof Refusal.ApprovalPending
                || why instanceof Refusal.UpstreamFailed
                || why instanceof Refusal.StaleRecord
                || why instanceof Refusal.OverBudget
                || why instanceof Conduct.KeyUnderWay
                || why instanceof Conduct.ProofNeeded
                || why instanceof Refusal.Unrecorded;
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
                    Refusal.NotFound _,
                    Conduct.Stopped _,
                    Conduct.Looping _ -> true;
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
                    Refusal.Busy _,
                    Conduct.ProofNeeded _,
                    Conduct.ShutDown _,
                    Conduct.KeyReused _,
                    Conduct.KeyUnderWay _,
                    Conduct.StepNeeded _,
                    Conduct.FieldsMissing _ -> false;
        };
    }
}
