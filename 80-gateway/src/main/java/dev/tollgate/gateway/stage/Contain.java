// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.containment.Budget;
import dev.tollgate.containment.Budgets;
import dev.tollgate.containment.Charge;
import dev.tollgate.containment.Reservation;
import dev.tollgate.gateway.state.Authenticated;
import dev.tollgate.gateway.state.Contained;
import dev.tollgate.gateway.state.Validated;
import dev.tollgate.governance.halt.HaltSubject;
import dev.tollgate.governance.oversight.Oversight;
import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.terms.FieldPath;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Stage 3: has nobody stopped it, and may this agent make one more call in this minute, in this workflow,
/// to this system? The reservation is
/// given back
/// when the call is refused before it executes.
public record Contain(Budgets budgets, Oversight people) {
    /// Refuses with `Halted` or `OverBudget`.
    public Step<Contained> apply(Validated validated) {
        return people.check(subject(validated.who().principal(), validated.asked()))
                .then(_ -> held(validated));
    }

    /// A question that touches no record: asked by an agent that nobody stopped, from its budget. Refuses
    /// with `Halted` or
    /// `OverBudget`.
    public Step<Reservation> question(Authenticated asking) {
        Principal who = asking.principal();
        HaltSubject subject = new HaltSubject(
                who.agent(),
                who.agentType(),
                who.user(),
                who.tenant(),
                Optional.of(asking.from().call().tool()),
                Set.of(),
                Optional.empty());
        return people.check(subject)
                .then(_ -> budgets.reserve(List.of(Charge.call(
                        who.agent(),
                        Budget.perMinute(
                                "calls-per-minute", asking.policy().bundle().callsPerMinute(who.agentType()))))));
    }

    /// What a kill switch can stop of a call.
    static HaltSubject subject(Principal who, Operation asked) {
        Operation.Target target = asked.target();
        Set<FieldPath> fields = asked.touched().stream()
                .map(field -> new FieldPath(target.object(), field))
                .collect(Collectors.toSet());
        return new HaltSubject(
                who.agent(),
                who.agentType(),
                who.user(),
                who.tenant(),
                Optional.of(target.tool()),
                fields,
                Optional.of(target.destination()));
    }

    private Step<Contained> held(Validated validated) {
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
