// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.bundle;

import dev.tollgate.catalog.Catalog;
import dev.tollgate.catalog.yaml.ProblemLog;
import dev.tollgate.containment.Zone;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.WorkflowId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Reads `principals.yaml`: agents and people.
final class PrincipalReader {
    private final Catalog catalog;
    private final Map<String, Zone> zones;
    private final Set<String> workflows;

    PrincipalReader(Catalog catalog, Map<String, Zone> zones, Map<WorkflowId, Workflow> workflows) {
        this.catalog = catalog;
        this.zones = zones;
        this.workflows =
                workflows.keySet().stream().map(WorkflowId::value).collect(Collectors.toCollection(TreeSet::new));
    }

    void read(
            ProblemLog problems,
            String file,
            byte[] bytes,
            Map<AgentId, AgentRecord> agents,
            Map<UserId, UserRecord> users) {
        Section.of(problems, file, bytes).ifPresent(root -> {
            for (Section section : root.sections("users")) {
                user(section).ifPresent(user -> {
                    if (users.putIfAbsent(user.id(), user) != null) {
                        section.problem("id", "two users have this id");
                    }
                });
            }
            Set<String> roles = users.values().stream()
                    .flatMap(user -> user.roles().stream())
                    .collect(Collectors.toCollection(TreeSet::new));
            Set<String> people =
                    users.keySet().stream().map(UserId::value).collect(Collectors.toCollection(TreeSet::new));
            AgentReader reader = new AgentReader(catalog, zones, workflows, people, roles);
            for (Section section : root.sections("agents")) {
                reader.read(section).ifPresent(agent -> {
                    if (agents.putIfAbsent(agent.id(), agent) != null) {
                        section.problem("id", "two agents have this id");
                    }
                });
            }
            root.done();
        });
    }

    private Optional<UserRecord> user(Section section) {
        Optional<String> id = section.needed("id");
        Optional<String> tenant = section.needed("tenant");
        Set<String> roles = Set.copyOf(section.texts("roles"));
        Set<String> audiences = Set.copyOf(section.texts("audiences"));
        Map<SystemId, String> accounts = new HashMap<>();
        section.section("accounts")
                .ifPresent(below -> below.pairs().forEach((system, account) -> {
                    if (catalog.contract(new SystemId(system)).isEmpty()) {
                        below.problem(system, "no contract is for the system `" + system + "`");
                    }
                    accounts.put(new SystemId(system), account);
                }));
        section.done();
        return id.flatMap(name ->
                tenant.map(whose -> new UserRecord(new UserId(name), new TenantId(whose), roles, audiences, accounts)));
    }
}
