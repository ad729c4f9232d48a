// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.containment.Budget;
import dev.tollgate.containment.Budgets;
import dev.tollgate.containment.Charge;
import dev.tollgate.containment.Reservation;
import dev.tollgate.containment.RiskScore;
import dev.tollgate.containment.RiskScore.Level;
import dev.tollgate.containment.VerificationTerms;
import dev.tollgate.gateway.state.Authenticated;
import dev.tollgate.governance.halt.HaltScope;
import dev.tollgate.governance.oversight.Oversight;
import dev.tollgate.terms.Conduct;
import dev.tollgate.terms.Delegation;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Is who asks still who was proven (requirement S1-31)? Each call: is the proof fresh enough for the risk. Every so
/// many calls: a new one. When the risk is high: perhaps no further call at all. What is counted and what is stopped
/// holds on every node.
public record Verify(Budgets budgets, Oversight people, InstantSource clock) {
    /// Refuses with `ProofNeeded`, which says what to do, with `ShutDown`, and with `Undecidable` when nobody can
    /// count or keep it.
    Step<Authenticated> apply(Authenticated who, RiskScore risk) {
        VerificationTerms terms = who.policy().bundle().verification(who.principal());
        return stopped(who, terms, risk)
                .then(_ -> fresh(who, terms, risk.level()))
                .then(_ -> counted(who, terms));
    }

    /// A store that cannot say how risky an agent is stops nobody for good: what it asks for is refused for now.
    private Step<Authenticated> stopped(Authenticated who, VerificationTerms terms, RiskScore risk) {
        if (terms.stop().isEmpty() || risk.level() != Level.HIGH || risk.equals(RiskScore.UNKNOWN)) {
            return Step.pass(who);
        }
        Delegation of = who.principal().delegation();
        HaltScope scope = switch (terms.stop().get()) {
            case SESSION -> new HaltScope(HaltScope.Kind.SESSION, of.session().value());
            case AGENT -> new HaltScope(HaltScope.Kind.AGENT, of.agent().value());
        };
        return people.stop(scope, Contain.GATEWAY, "risk " + risk.score() + ": " + Exceptions.why(risk))
                .then(kept -> Step.refuse(new Conduct.ShutDown(kept.kind().word())));
    }

    private Step<Authenticated> fresh(Authenticated who, VerificationTerms terms, Level level) {
        Duration age = Duration.between(proven(who.principal().delegation()), clock.instant());
        Optional<Duration> oldest = terms.oldest(level).filter(most -> age.compareTo(most) > 0);
        return oldest.<Step<Authenticated>>map(most -> Step.refuse(
                        new Conduct.ProofNeeded("the proof of who asks is older than " + most.toSeconds() + " s")))
                .orElseGet(() -> Step.pass(who));
    }

    /// When the workload was proven: when its trust domain said so, which a new token of the same proof does not make
    /// younger. An operator vouches for it with the token itself.
    private static Instant proven(Delegation of) {
        return of.attested().orElse(of.issued());
    }

    private Step<Authenticated> counted(Authenticated who, VerificationTerms terms) {
        Optional<Budget> actions = terms.actions();
        if (actions.isEmpty()) {
            return Step.pass(who);
        }
        Delegation of = who.principal().delegation();
        Charge charge = Charge.proof(of.agent(), of.session(), proven(of), actions.get());
        return switch (budgets.reserve(List.of(charge))) {
            case Step.Passed<Reservation> _ -> Step.pass(who);
            case Step.Refused<Reservation>(Refusal.OverBudget _) ->
                Step.refuse(new Conduct.ProofNeeded(
                        actions.get().max() + " calls were made on one proof of who asks, and no more may be"));
            case Step.Refused<Reservation>(Refusal why) -> Step.refuse(why);
        };
    }
}
