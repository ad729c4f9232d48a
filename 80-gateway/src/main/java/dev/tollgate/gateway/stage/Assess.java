// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.containment.Risk;
import dev.tollgate.containment.RiskScore;
import dev.tollgate.gateway.state.Assessed;
import dev.tollgate.gateway.state.Authenticated;
import dev.tollgate.gateway.state.Contained;
import dev.tollgate.lineage.Carried;
import dev.tollgate.lineage.FlowKey;
import dev.tollgate.lineage.FlowMemory;
import dev.tollgate.policy.Situation;
import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.terms.Step;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/// Stage 4: how risky does the agent look, and what may it still hold of what it was shown before, and
/// did its person ask for this? All are evidence, and policy decides what they mean. What was shown is
/// looked up where a policy asks for it, and nowhere else.
public record Assess(Risk risk, Verify verify, FlowMemory flow, Warrants warrants, Steps steps, InstantSource clock) {
    /// Refuses with `Undecidable` when a policy asks what the agent was shown, or what its task was
    /// told, and nobody can say.
    public Step<Assessed> apply(Contained contained) {
        Bundle bundle = contained.who().policy().bundle();
        RiskScore score = risk.assess(bundle.rated(contained.who().principal()), bundle.risk());
        return verify.apply(contained.who(), score)
                .then(_ -> assessed(contained, Situation.at(moment()).with(score)));
    }

    /// To the millisecond, as the decision's id says it: whoever decides the call again has the same moment.
    private Instant moment() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private Step<Assessed> assessed(Contained contained, Situation situation) {
        boolean asked = contained
                .who()
                .policy()
                .asksForFlow(contained.who().principal(), contained.validated().asked());
        return steps.of(contained.validated(), situation)
                .then(stands -> warrants.of(contained.validated(), stands))
                .then(held -> asked
                        ? carried(contained.who())
                                .then(carried -> Step.pass(new Assessed(contained, held.with(carried), true)))
                        : Step.pass(new Assessed(contained, held, false)));
    }

    private Step<Carried> carried(Authenticated who) {
        Bundle bundle = who.policy().bundle();
        return flow.carried(
                FlowKey.of(who.principal()), bundle.flow(), bundle.catalog().classes());
    }
}
