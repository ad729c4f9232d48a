// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.containment.Risk;
import dev.tollgate.gateway.state.Assessed;
import dev.tollgate.gateway.state.Contained;
import dev.tollgate.policy.Situation;
import dev.tollgate.terms.Step;
import java.time.InstantSource;

/// Stage 4: how risky does the agent look? Never refuses: risk is evidence, and policy decides what it means.
public record Assess(Risk risk, InstantSource clock) {
    /// Always passes.
    public Step<Assessed> apply(Contained contained) {
        Situation situation = Situation.at(clock.instant())
                .with(risk.assess(contained.who().principal().agent()));
        return Step.pass(new Assessed(contained, situation));
    }
}
