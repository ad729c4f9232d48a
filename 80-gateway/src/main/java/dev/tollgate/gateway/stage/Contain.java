// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.containment.Budget;
import dev.tollgate.containment.Budgets;
import dev.tollgate.containment.Charge;
import dev.tollgate.gateway.state.Contained;
import dev.tollgate.gateway.state.Validated;
import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.Step;
import java.util.ArrayList;
import java.util.List;

/// Stage 3: may this agent make one more call in this minute, in this workflow, to this system? The reservation is
/// given back
/// when the call is refused before it executes.
public record Contain(Budgets budgets) {
    /// Refuses with `OverBudget`.
    public Step<Contained> apply(Validated validated) {
        return budgets.reserve(charges(validated)).then(held -> Step.pass(new Contained(validated, held)));
    }

    private static List<Charge> charges(Validated validated) {
        Principal who = validated.who().principal();
        Bundle bundle = validated.who().policy().bundle();
        int agentMax = bundle.callsPerMinute(who.agentType());
        List<Charge> charges = new ArrayList<>();
        charges.add(Charge.call(who.agent(), Budget.perMinute("calls-per-minute", agentMax)));
        bundle.workflow(who.delegation())
                .ifPresent(workflow -> charges.add(Charge.call(
                        who.agent(), workflow.id(), Budget.perMinute("workflow-calls-per-minute", agentMax))));
        bundle.catalog()
                .contract(validated.asked().target().system())
                .ifPresent(contract -> charges.add(Charge.call(
                        who.agent(),
                        Budget.perMinute(
                                "calls-per-minute-to-" + contract.system(),
                                contract.limits().callsPerMinuteMax()))));
        return charges;
    }
}
