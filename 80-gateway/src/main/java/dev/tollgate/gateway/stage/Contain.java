// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.catalog.Effect;
import dev.tollgate.catalog.Verification;
import dev.tollgate.containment.Budget;
import dev.tollgate.containment.BudgetLimits;
import dev.tollgate.containment.Budgets;
import dev.tollgate.containment.CallShape;
import dev.tollgate.containment.Charge;
import dev.tollgate.containment.Held;
import dev.tollgate.containment.Loops;
import dev.tollgate.containment.Meter;
import dev.tollgate.containment.Reservation;
import dev.tollgate.containment.Sighting;
import dev.tollgate.gateway.state.Authenticated;
import dev.tollgate.gateway.state.Contained;
import dev.tollgate.gateway.state.Validated;
import dev.tollgate.governance.halt.HaltSubject;
import dev.tollgate.governance.oversight.Oversight;
import dev.tollgate.policy.bundle.Workflow;
import dev.tollgate.terms.Conduct;
import dev.tollgate.terms.Delegation;
import dev.tollgate.terms.FieldPath;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Stage 3: has nobody stopped it, and what may this agent still do: calls in this minute, in this
/// workflow, about this case, to this system; changes in this minute and hour, and of this record on
/// this day? Who goes round in circles goes no further, and who changes more different records than a
/// sound agent does is stopped here, by the gateway itself.
public record Contain(Budgets budgets, Loops loops, Oversight people) {
    /// Who switches off an agent that nobody watches.
    static final String GATEWAY = "tollgate";

    /// Refuses with `Halted`, `OverBudget`, `Looping`, `Stopped`, or `Undecidable` when nobody can count.
    public Step<Contained> apply(Validated validated) {
        return people.check(subject(validated.who().principal(), validated.asked()))
                .then(_ -> budgets.reserve(calls(validated)))
                .then(call -> onward(validated, call))
                .then(call ->
                        effect(validated).then(effect -> Step.pass(new Contained(validated, new Held(call, effect)))));
    }

    /// A call that touches no record: a question, or one that is refused before anybody knows what it means.
    /// It costs the agent a call all the same, so that nobody fills the log at the door's pace. Refuses with
    /// `Halted`, `OverBudget` or `Undecidable`.
    public Step<Reservation> question(Authenticated asking) {
        Principal who = asking.principal();
        HaltSubject subject =
                HaltSubject.of(who, Optional.of(asking.from().call().tool()), Set.of(), Optional.empty());
        return people.check(subject).then(_ -> budgets.reserve(calls(asking)));
    }

    /// What a kill switch can stop of a call.
    static HaltSubject subject(Principal who, Operation asked) {
        Operation.Target target = asked.target();
        Set<FieldPath> fields = asked.touched().stream()
                .map(field -> new FieldPath(target.object(), field))
                .collect(Collectors.toSet());
        return HaltSubject.of(who, Optional.of(target.tool()), fields, Optional.of(target.destination()));
    }

    static BudgetLimits limits(Authenticated asking) {
        return asking.policy().bundle().budget(asking.principal().agentType());
    }

    private static List<Charge> calls(Authenticated asking) {
        Principal who = asking.principal();
        BudgetLimits limits = limits(asking);
        List<Charge> charges = new ArrayList<>();
        limits.budget(Meter.CALLS_PER_MINUTE).ifPresent(budget -> charges.add(Charge.call(who.agent(), budget)));
        String about =
                who.delegation().customer().orElse(who.delegation().task().value());
        limits.budget(Meter.CALLS_PER_CASE_AND_HOUR)
                .ifPresent(budget -> charges.add(Charge.call(who.agent(), about, budget)));
        asking.policy()
                .bundle()
                .workflow(who.delegation())
                .map(Workflow::id)
                .ifPresent(workflow -> limits.calls(workflow)
                        .ifPresent(budget -> charges.add(Charge.call(who.agent(), workflow, budget))));
        return charges;
    }

    private static List<Charge> calls(Validated validated) {
        List<Charge> charges = calls(validated.who());
        validated
                .who()
                .policy()
                .bundle()
                .catalog()
                .contract(validated.asked().target().system())
                .ifPresent(contract -> charges.add(Charge.call(
                        validated.who().principal().agent(),
                        Budget.perMinute(
                                "calls-per-minute-to-" + contract.system(),
                                contract.limits().callsPerMinuteMax()))));
        validated.tool().verification().ifPresent(what -> charges.addAll(attempts(validated, what)));
        return charges;
    }

    /// Tries of one verification, whichever agent makes them: of the record, so that nobody guesses in many tasks, and
    /// of the case, so that nobody guesses at many records.
    private static List<Charge> attempts(Validated validated, Verification what) {
        Delegation task = validated.who().principal().delegation();
        TenantId tenant = validated.who().principal().tenant();
        Operation.Target target = validated.asked().target();
        RecordId about =
                new RecordId(task.caseId().or(task::customer).orElse(task.task().value()));
        List<Charge> charges = new ArrayList<>();
        charges.add(Charge.attempt(tenant, target, "case", about, attempts("verifications-per-case-and-day", what)));
        Steps.verified(validated)
                .ifPresent(record -> charges.add(Charge.attempt(
                        tenant, target, "record", record, attempts("verifications-per-record-and-day", what))));
        return charges;
    }

    private static Budget attempts(String name, Verification what) {
        return new Budget(name, what.attemptsMax(), Duration.ofHours(24));
    }

    /// Requirement S1-30: an unusual loop escalates instead of going on.
    private Step<Reservation> onward(Validated validated, Reservation call) {
        Authenticated asking = validated.who();
        return limits(asking)
                .loops()
                .flatMap(watched -> loops.next(
                        asking.principal().delegation(),
                        asking.from().call().request(),
                        CallShape.of(
                                validated.tool().name(), asking.from().call().arguments()),
                        watched))
                .<Step<Reservation>>map(Step::refuse)
                .orElseGet(() -> Step.pass(call));
    }

    /// What a change takes; a reading takes nothing before it is answered, nor does a tool of another server that
    /// reads.
    private Step<Reservation> effect(Validated validated) {
        if (!(validated.asked() instanceof Write write) || validated.tool().effect() == Effect.READ) {
            return budgets.reserve(List.of());
        }
        Principal who = validated.who().principal();
        BudgetLimits limits = limits(validated.who());
        List<Charge> charges = new ArrayList<>();
        Stream.of(Meter.WRITES_PER_MINUTE, Meter.WRITES_PER_HOUR)
                .flatMap(meter -> limits.budget(meter).stream())
                .forEach(budget -> charges.add(Charge.call(who.agent(), budget)));
        if (write instanceof Write.Send) {
            limits.budget(Meter.SENDS_PER_HOUR).ifPresent(budget -> charges.add(Charge.call(who.agent(), budget)));
        }
        limits.budget(Meter.WRITES_PER_RECORD_AND_DAY)
                .ifPresent(budget -> records(write)
                        .forEach(record -> charges.add(Charge.change(who.tenant(), write.target(), record, budget))));
        return switch (budgets.reserve(charges, sighted(validated, write, limits))) {
            case Step.Passed<Reservation> passed -> passed;
            case Step.Refused<Reservation>(Refusal.OverBudget over)
            when over.budget().equals(Meter.RECORDS_IN_2_MINUTES.word()) -> stopped(who, over.budget());
            case Step.Refused<Reservation> refused -> refused;
        };
    }

    /// The records that a change is about to touch; a new one, and a message, is different from every other.
    private static List<Sighting> sighted(Validated validated, Write write, BudgetLimits limits) {
        String made = validated.who().from().call().request().value();
        Set<String> items = Stream.concat(
                        records(write), write.replaces() ? Stream.empty() : Stream.of(new RecordId(made)))
                .map(record -> Charge.item(write.target(), record))
                .collect(Collectors.toSet());
        return limits
                .budget(Meter.RECORDS_IN_2_MINUTES)
                .map(budget -> Sighting.of(validated.who().principal().agent(), below(budget), items))
                .stream()
                .toList();
    }

    /// Whoever reaches the limit is stopped before that change is made.
    private static Budget below(Budget reached) {
        return new Budget(reached.name(), reached.max() - 1, reached.window());
    }

    private static Stream<RecordId> records(Write write) {
        return switch (write) {
            case Write.Create _, Write.Send _ -> Stream.empty();
            case Write.Update update -> Stream.of(update.record());
            case Write.Delete delete -> Stream.of(delete.record());
            case Write.Merge merge -> Stream.of(merge.record(), merge.duplicate());
        };
    }

    private Step<Reservation> stopped(Principal who, String budget) {
        String why = "budget `" + budget + "` is spent: look at what it changed before it goes on";
        return people.stop(who.agent(), GATEWAY, why).then(_ -> Step.refuse(new Conduct.Stopped(budget)));
    }
}
