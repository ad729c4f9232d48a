// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.catalog.Contract;
import dev.tollgate.catalog.ObjectType;
import dev.tollgate.catalog.ToolType;
import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.policy.bundle.Destination;
import dev.tollgate.policy.bundle.Rollout;
import dev.tollgate.policy.bundle.Workflow;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RowRule;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.Scope;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Verb;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The rules above Cedar: scopes, workflow, destination, tenant wall, owned scopes, the task's
/// customer, the time window. No policy can lift them. One predicate for listing tools and for calling
/// them.
record Gate(Bundle bundle) {
    static final RuleId SCOPE = new RuleId("scope");
    static final RuleId TENANT_WALL = new RuleId("tenant-wall");
    static final RuleId NO_TOOL = new RuleId("no-such-tool");

    private static final int HOURS_A_DAY = 24;

    /// Open with a frame, or closed with a reason.
    sealed interface Passage {
        record Open(Frame frame) implements Passage {}

        record Closed(Reason reason, RuleId rule, Refusal refusal) implements Passage {}
    }

    /// Whether an operation may be looked at at all.
    Passage check(Principal who, Operation.Target target, Instant now) {
        Optional<ToolType> tool = bundle.catalog().tool(target.tool());
        Optional<Contract> contract = bundle.catalog().contract(target.system());
        Optional<ObjectType> object = bundle.catalog().object(target.system(), target.object());
        boolean known = tool.isPresent()
                && contract.isPresent()
                && object.isPresent()
                && tool.get().object().equals(target.object())
                && tool.get().verb() == target.verb()
                && contract.get().tools().contains(tool.get());
        if (!known) {
            return unknown(Reason.SCOPE, NO_TOOL, target.tool());
        }
        return workflow(who, contract.get(), object.get(), tool.get(), target.destination(), now);
    }

    private Passage workflow(
            Principal who, Contract contract, ObjectType object, ToolType tool, String destination, Instant now) {
        Optional<Workflow> runs = bundle.workflow(who.delegation());
        if (runs.isEmpty() || !runs.get().includes(tool.name())) {
            RuleId rule = runs.map(Gate::rule).orElse(NO_TOOL);
            return unknown(Reason.WORKFLOW, rule, tool.name());
        }
        if (unearned(who, object, tool)) {
            return unknown(Reason.WORKFLOW, Reserved.READ_ONLY, tool.name());
        }
        Workflow workflow = runs.get();
        Optional<Destination> end = destination(who, destination);
        if (end.isEmpty() || !workflow.destinations().contains(destination)) {
            return denied(Reason.DESTINATION, rule(workflow));
        }
        return rows(new Frame(who, contract, object, tool, workflow, end.get(), List.of()), now);
    }

    /// An agent that only reads has no tool but for drafts, which are decided field by field.
    private boolean unearned(Principal who, ObjectType object, ToolType tool) {
        boolean drafts = tool.verb() == Verb.WRITE
                && tool.accepts().stream()
                        .flatMap(name -> object.field(name).stream())
                        .anyMatch(field -> Rollout.READ_ONLY.free().contains(field.writeClass()));
        return tool.verb().changes()
                && !drafts
                && Optional.ofNullable(bundle.agents().get(who.agent()))
                        .filter(agent -> agent.stage() == Rollout.READ_ONLY)
                        .isPresent();
    }

    private Passage rows(Frame frame, Instant now) {
        Principal who = frame.who();
        List<RowRule> rules = new ArrayList<>();
        if (maps(frame, Fact.TENANT)) {
            rules.add(equal(frame, Fact.TENANT, who.tenant().value()));
        }
        if (bundle.residency().walls() && frame.tool().verb() != Verb.SEND) {
            Optional<List<RowRule>> wall = new RegionWall(bundle.residency())
                    .rules(
                            frame.contract(),
                            frame.object(),
                            who.region(),
                            frame.tool().kind());
            if (wall.isEmpty()) {
                return denied(Reason.REGION, RegionWall.RULE);
            }
            rules.addAll(wall.get());
        }
        Holding holding = holding(who, frame.tool());
        if (holding == Holding.NONE) {
            return unknown(Reason.SCOPE, SCOPE, frame.tool().name());
        }
        if (holding == Holding.OWNED) {
            String account = who.accounts().get(frame.contract().system());
            if (account == null || !maps(frame, Fact.OWNER)) {
                return denied(Reason.SCOPE, SCOPE);
            }
            rules.add(equal(frame, Fact.OWNER, account));
        }
        Workflow workflow = frame.workflow();
        if (workflow.binds(frame.object().name())) {
            Optional<String> customer = who.delegation().customer();
            // A message is about its recipients, who must be on file with the customer.
            boolean leaves = frame.tool().verb() == Verb.SEND;
            if (customer.isEmpty() || !(leaves || maps(frame, Fact.CUSTOMER))) {
                return denied(Reason.CUSTOMER, rule(workflow));
            }
            if (maps(frame, Fact.CUSTOMER)) {
                rules.add(equal(frame, Fact.CUSTOMER, customer.get()));
            }
        }
        if (applies(frame) && who.delegation().caseId().isEmpty()) {
            return denied(Reason.CASE, rule(workflow));
        }
        window(frame).ifPresent(length -> rules.add(since(now, length)));
        return new Passage.Open(
                new Frame(who, frame.contract(), frame.object(), frame.tool(), workflow, frame.destination(), rules));
    }

    /// Whether the workflow reads of the object only what applies to the case of the task.
    static boolean applies(Frame frame) {
        boolean isCase =
                frame.contract().cases().filter(frame.object().name()::equals).isPresent();
        return frame.workflow().caseBound() && !isCase && Fact.OF_CASES.stream().anyMatch(fact -> maps(frame, fact));
    }

    private static boolean maps(Frame frame, Fact fact) {
        return frame.object().facts().containsKey(fact);
    }

    private static RowRule equal(Frame frame, Fact fact, String value) {
        return new RowRule(fact, Comparison.EQUALS, RowFacts.typed(frame.object(), fact, value));
    }

    /// A new record has no age.
    private static Optional<Duration> window(Frame frame) {
        boolean aged = maps(frame, Fact.UPDATED) && !frame.tool().verb().changes();
        return aged
                ? frame.object()
                        .window()
                        .map(usual -> frame.workflow().lookback().orElse(usual))
                : Optional.empty();
    }

    /// Begins at a midnight, so that an operation asked for and executed within a minute keeps its
    /// digest; at the later one, so that nothing older than the window is ever read.
    private static RowRule since(Instant now, Duration window) {
        Instant tomorrow = now.truncatedTo(ChronoUnit.DAYS).plus(HOURS_A_DAY, ChronoUnit.HOURS);
        return new RowRule(Fact.UPDATED, Comparison.AT_LEAST, new Value.Moment(tomorrow.minus(window)));
    }

    private Optional<Destination> destination(Principal who, String name) {
        return name.equals(Operation.Target.AGENT)
                ? Optional.of(Destination.agent(who.zone()))
                : Optional.ofNullable(bundle.destinations().get(name));
    }

    private enum Holding {
        NONE,
        OWNED,
        ANY
    }

    /// A tool needs each of its scopes; a scope held for owned records only binds the whole call to them.
    private static Holding holding(Principal who, ToolType tool) {
        Holding all = tool.scopes().isEmpty() ? Holding.NONE : Holding.ANY;
        for (Scope wanted : tool.scopes()) {
            Holding best = Holding.NONE;
            for (Scope held : who.delegation().scopes()) {
                if (held.satisfies(wanted)) {
                    Holding one = held.ownedOnly() ? Holding.OWNED : Holding.ANY;
                    best = one.compareTo(best) > 0 ? one : best;
                }
            }
            all = best.compareTo(all) < 0 ? best : all;
        }
        return all;
    }

    static RuleId rule(Workflow workflow) {
        return new RuleId("workflow:" + workflow.id());
    }

    private static Passage unknown(Reason reason, RuleId rule, ToolName tool) {
        return new Passage.Closed(reason, rule, new Refusal.UnknownTool(tool));
    }

    private static Passage denied(Reason reason, RuleId rule) {
        return new Passage.Closed(reason, rule, new Refusal.Denied(rule, reason.word()));
    }
}
