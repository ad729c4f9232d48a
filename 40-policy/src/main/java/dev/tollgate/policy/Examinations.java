// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.catalog.Contract;
import dev.tollgate.catalog.FieldType;
import dev.tollgate.catalog.ObjectType;
import dev.tollgate.catalog.ToolType;
import dev.tollgate.cedar.Entities;
import dev.tollgate.cedar.Entity;
import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.policy.bundle.Residency;
import dev.tollgate.policy.bundle.World;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.FieldPath;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.RowRule;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.SortableId;
import dev.tollgate.terms.Verb;
import dev.tollgate.terms.View;
import dev.tollgate.terms.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the gateway may read for itself before it decides a change: the record that the change is about, and
/// the tier of the task's customer. Nothing of it is shown to the agent: every verdict is `withheld`.
///
/// @param policy the policies that decide the change
public record Examinations(DecisionPoint policy) {
    static final RuleId EXAMINATION = new RuleId("examination-before-change");

    /// What the context calls the tier of the task's customer.
    private static final String TIER = "customerTier";

    /// A reading, and the decision that lets a connector do it.
    public record Permission(Operation reading, Decision decision) {}

    /// The reading of the record that a change is about.
    ///
    /// @param reading what is read of the record, by the tool of the change
    public Permission before(Principal who, Operation.Get reading, Situation situation) {
        // What the rules above Cedar keep from the principal is not read on its behalf either.
        return switch (gate(who, reading.target(), situation)) {
            case Gate.Passage.Open(Frame frame) -> permitted(reading, frame.rules(), situation);
            case Gate.Passage.Closed closed ->
                throw new IllegalStateException(closed.reason().word());
        };
    }

    /// The reading of the customer's tier, when a policy that may apply to the change asks for it.
    /// Nothing when none asks, when the task names no customer, or when the contract does not say where
    /// the tier stands: policies find no tier then, and must say what that means.
    public Optional<Permission> tier(Principal who, Write write, Situation situation) {
        Optional<String> customer = who.delegation().customer();
        if (customer.isEmpty() || !(gate(who, write.target(), situation) instanceof Gate.Passage.Open(Frame frame))) {
            return Optional.empty();
        }
        Contract contract = frame.contract();
        return contract.customers()
                .filter(_ -> Course.stopped(frame, write, situation).isEmpty())
                .filter(_ -> asksForTier(frame, write))
                .flatMap(customers -> contract.object(customers.object())
                        .flatMap(object -> walls(frame, object)
                                .map(walls -> permitted(
                                        reading(write.target(), object, customer.get(), customers.tier()),
                                        walls,
                                        situation))));
    }

    /// The reading of what the case of a task is about, when the workflow reads of the object only what applies to it.
    /// Nothing for anything else.
    public Optional<Permission> about(Principal who, Operation asked, Situation situation) {
        Optional<String> caseId = who.delegation().caseId();
        if (caseId.isEmpty()
                || !(gate(who, asked.target(), situation) instanceof Gate.Passage.Open(Frame frame))
                || !Gate.applies(frame)
                || Course.stopped(frame, asked, situation).isPresent()) {
            return Optional.empty();
        }
        Operation.Target target = asked.target();
        return frame.contract().cases().flatMap(frame.contract()::object).flatMap(object -> {
            Operation.Target there = new Operation.Target(
                    target.system(), object.name(), target.tool(), target.verb(), target.destination());
            Operation.Get reading =
                    new Operation.Get(there, new RecordId(caseId.get()), List.of(object.idField()), List.of());
            return caseWalls(frame, object).map(walls -> permitted(reading, walls, situation));
        });
    }

    /// A case of another tenant, or of another customer than the task's, is no case of this task.
    private Optional<List<RowRule>> caseWalls(Frame frame, ObjectType object) {
        boolean bound = frame.workflow().binds(object.name()) && object.facts().containsKey(Fact.CUSTOMER);
        Optional<RowRule> customer = frame.who()
                .delegation()
                .customer()
                .filter(_ -> bound)
                .map(id -> new RowRule(Fact.CUSTOMER, Comparison.EQUALS, RowFacts.typed(object, Fact.CUSTOMER, id)));
        return walls(frame, object).map(walls -> {
            List<RowRule> rules = new ArrayList<>(walls);
            customer.ifPresent(rules::add);
            return rules;
        });
    }

    private Gate.Passage gate(Principal who, Operation.Target target, Situation situation) {
        return new Gate(policy.bundle()).check(who, target, situation.now());
    }

    private static Operation.Get reading(Operation.Target target, ObjectType object, String customer, String tier) {
        Operation.Target there = new Operation.Target(
                target.system(), object.name(), target.tool(), target.verb(), target.destination());
        return new Operation.Get(there, new RecordId(customer), List.of(object.idField(), tier), List.of());
    }

    /// A customer of another tenant, or of a region that is out of reach, has no tier here.
    private Optional<List<RowRule>> walls(Frame frame, ObjectType object) {
        List<RowRule> walls = new ArrayList<>();
        if (object.facts().containsKey(Fact.TENANT)) {
            walls.add(new RowRule(
                    Fact.TENANT,
                    Comparison.EQUALS,
                    RowFacts.typed(object, Fact.TENANT, frame.who().tenant().value())));
        }
        Residency residency = policy.bundle().residency();
        return residency.walls()
                ? new RegionWall(residency)
                        .rules(frame.contract(), object, frame.who().region(), ToolType.Kind.GET)
                        .map(rules -> {
                            walls.addAll(rules);
                            return walls;
                        })
                : Optional.of(walls);
    }

    private boolean asksForTier(Frame frame, Write write) {
        Bundle bundle = policy.bundle();
        Entity who = Contexts.agent(frame.who());
        Entities world = bundle.world().entities(frame.contract().system()).with(who);
        Verb verb = write.target().verb();
        return frame.object().fields().stream()
                .map(FieldType::name)
                .filter(name -> write.given().isEmpty() || write.given().containsKey(name))
                .flatMap(name -> bundle
                        .world()
                        .place(frame.contract().system(), frame.object().name(), name)
                        .stream())
                .anyMatch(place -> bundle.rules()
                        .policies()
                        .candidates(who.uid(), World.action(verb), place.uid(), world)
                        .reads(TIER));
    }

    Permission permitted(Operation asked, List<RowRule> rules, Situation situation) {
        SortedMap<String, FieldVerdict> verdicts = new TreeMap<>();
        for (String name : asked.touched()) {
            FieldPath path = new FieldPath(asked.target().object(), name);
            FieldType field = policy.bundle().catalog().field(asked.target().system(), path);
            verdicts.put(
                    name,
                    new FieldVerdict(
                            path,
                            field.dataClass(),
                            View.WITHHELD,
                            View.WITHHELD,
                            List.of(EXAMINATION),
                            Reason.PERMITTED));
        }
        Operation reading = asked.narrowed(new ArrayList<>(asked.fields()), rules);
        return new Permission(
                reading,
                new Decision(
                        new DecisionId(SortableId.at(situation.now(), policy.ids())),
                        policy.bundle().version(),
                        situation.now(),
                        Outcome.PERMIT,
                        Reason.PERMITTED,
                        verdicts,
                        "",
                        rules,
                        Set.copyOf(reading.fields()),
                        false,
                        List.of(EXAMINATION),
                        Optional.empty(),
                        Decision.Need.NONE,
                        (_, _) -> new TreeMap<>()));
    }
}
