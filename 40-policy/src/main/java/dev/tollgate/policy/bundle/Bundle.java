// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.bundle;

import dev.tollgate.catalog.Catalog;
import dev.tollgate.containment.BudgetLimits;
import dev.tollgate.containment.Endpoint;
import dev.tollgate.containment.Rated;
import dev.tollgate.containment.RiskTerms;
import dev.tollgate.containment.VerificationTerms;
import dev.tollgate.containment.Zone;
import dev.tollgate.lineage.FlowDecay;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Delegation;
import dev.tollgate.terms.PolicyVersion;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.WorkflowId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// One policy bundle, checked and compiled. Policies, contracts, workflows and limits are versioned
/// together, so that a record's version names every rule that was in effect (requirement S0-39).
///
/// @param version         digest over the sorted digests of its files
/// @param name            for people
/// @param label           for people, for example `2026-11`
/// @param catalog         contracts and data classes
/// @param rules           compiled policies
/// @param world           the contracts as Cedar sees them
/// @param workflows       by id
/// @param defaultWorkflow what a delegation runs that names no workflow; without one such a delegation is
///                        refused
/// @param agents          by id
/// @param users           by id
/// @param zones           by id
/// @param endpoints       places outside that zones reach, by name
/// @param destinations    by name, `agent` left out
/// @param internalDomains mail domains of the house, in lower case
/// @param messages        what messages that leave may not say
/// @param limits          in the order of the file
/// @param approvals       who may approve, by rule; `*` stands for every other rule
/// @param budgets         how much agents may do, by agent type; `*` stands for every other type
/// @param flow            how long it is remembered what agents were shown
/// @param risk            what makes agents look risky, and how much
/// @param verification    how often agents prove themselves again; lines for zones before those for tiers
/// @param residency       which data may be processed where
public record Bundle(
        PolicyVersion version,
        String name,
        String label,
        Catalog catalog,
        Rules rules,
        World world,
        Map<WorkflowId, Workflow> workflows,
        Optional<WorkflowId> defaultWorkflow,
        Map<AgentId, AgentRecord> agents,
        Map<UserId, UserRecord> users,
        Map<String, Zone> zones,
        Map<String, Endpoint> endpoints,
        Map<String, Destination> destinations,
        Set<String> internalDomains,
        MessageTerms messages,
        List<Limit> limits,
        Map<String, BudgetLimits> budgets,
        Map<String, ApprovalTerms> approvals,
        FlowDecay flow,
        RiskTerms risk,
        List<VerificationLine> verification,
        Residency residency) {
    public Bundle {
        workflows = Map.copyOf(workflows);
        agents = Map.copyOf(agents);
        users = Map.copyOf(users);
        zones = Map.copyOf(zones);
        endpoints = Map.copyOf(endpoints);
        destinations = Map.copyOf(destinations);
        internalDomains = Set.copyOf(internalDomains);
        limits = List.copyOf(limits);
        approvals = Map.copyOf(approvals);
        verification = List.copyOf(verification);
        budgets = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(budgets));
    }

    /// Who a proven delegation is about. Refuses an agent or person that the bundle does not know, an
    /// agent outside its zone's tier or tenant, and an agent that may not act for the person or run the
    /// workflow.
    public Step<Principal> principal(Delegation delegation) {
        AgentRecord agent = agents.get(delegation.agent());
        UserRecord user = users.get(delegation.user());
        if (agent == null || user == null || !agent.actsFor(user)) {
            return Step.refuse(new Refusal.Unauthenticated());
        }
        Zone zone = zones.get(agent.zone());
        boolean placed = zone != null
                && zone.tier() == agent.tier()
                && zone.tenant().map(user.tenant()::equals).orElse(true);
        boolean runs = workflow(delegation)
                .filter(workflow -> agent.workflows().contains(workflow.id()))
                .filter(workflow -> lives(workflow, delegation))
                .isPresent();
        if (zone == null || !placed || !runs) {
            return Step.refuse(new Refusal.Unauthenticated());
        }
        return Step.pass(new Principal(
                delegation,
                agent.type(),
                agent.tier(),
                agent.zone(),
                user.tenant(),
                Optional.of(zone.region()),
                user.roles(),
                user.audiences(),
                user.accounts()));
    }

    /// A credential for a step ends with the step (requirement S2-5).
    private static boolean lives(Workflow workflow, Delegation delegation) {
        Duration life = Duration.between(delegation.issued(), delegation.expires());
        return workflow.step().map(step -> life.compareTo(step.life()) <= 0).orElse(true);
    }

    /// The workflow that a delegation runs, as it is in the step that the delegation names.
    public Optional<Workflow> workflow(Delegation delegation) {
        return delegation
                .workflow()
                .or(() -> defaultWorkflow)
                .map(workflows::get)
                .flatMap(workflow -> workflow.at(delegation.step()));
    }

    /// Who may give the approval that a rule asks for.
    public ApprovalTerms approval(RuleId rule) {
        ApprovalTerms own = approvals.get(rule.value());
        return own != null ? own : approvals.getOrDefault("*", ApprovalTerms.NOBODY);
    }

    /// How much agents of a type may do.
    public BudgetLimits budget(String agentType) {
        BudgetLimits own = budgets.get(agentType);
        return own != null ? own : budgets.getOrDefault("*", BudgetLimits.USUAL);
    }

    /// The same on a node that stands in a region, or that does not say where it stands.
    public Bundle on(Optional<String> region) {
        return new Bundle(
                version,
                name,
                label,
                catalog,
                rules,
                world,
                workflows,
                defaultWorkflow,
                agents,
                users,
                zones,
                endpoints,
                destinations,
                internalDomains,
                messages,
                limits,
                budgets,
                approvals,
                flow,
                risk,
                verification,
                residency.on(region));
    }

    /// How often an agent proves itself again.
    public VerificationTerms verification(Principal who) {
        return verification.stream()
                .filter(line -> line.names(who))
                .map(VerificationLine::terms)
                .findFirst()
                .orElse(VerificationTerms.USUAL);
    }

    /// The agent as its risk is asked for.
    public Rated rated(Principal who) {
        AgentRecord agent = agents.get(who.agent());
        return new Rated(
                who.agent(), who.agentType(), Optional.ofNullable(agent).flatMap(AgentRecord::version));
    }

    @Override
    public String toString() {
        return "Bundle[" + name + " " + version + "]";
    }
}
