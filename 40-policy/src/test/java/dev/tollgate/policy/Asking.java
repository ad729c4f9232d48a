// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.catalog.ObjectType;
import dev.tollgate.catalog.ToolType;
import dev.tollgate.policy.bundle.Bundle;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Comparison;
import dev.tollgate.terms.Delegation;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Scope;
import dev.tollgate.terms.SessionId;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.TaskId;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.WorkflowId;
import dev.tollgate.terms.Write;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Who asks what, for tests on the default bundle: short ways to principals and operations.
final class Asking {
    static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
    static final SystemId DEMO = new SystemId("demo");

    private Asking() {}

    static Delegation delegation(String agent, String user, String workflow, String customer, String... scopes) {
        return new Delegation(
                new AgentId(agent),
                new UserId(user),
                Arrays.stream(scopes)
                        .map(Scope::parse)
                        .map(Optional::orElseThrow)
                        .collect(Collectors.toSet()),
                Optional.of(workflow).filter(name -> !name.isEmpty()).map(WorkflowId::new),
                new TaskId("task-1"),
                new SessionId("session-1"),
                Optional.of(customer).filter(name -> !name.isEmpty()),
                Optional.empty(),
                NOW,
                NOW.plusSeconds(900),
                List.of(agent));
    }

    static Principal principal(Bundle bundle, String agent, String user, String workflow, String... scopes) {
        return passed(bundle.principal(delegation(agent, user, workflow, "acc_7", scopes)));
    }

    static Principal rep(Bundle bundle, String... scopes) {
        return principal(bundle, "sales-copilot", "alice", "prepare-sales-call", scopes);
    }

    static Operation.Target target(Bundle bundle, String tool) {
        ToolType type = tool(bundle, tool);
        return new Operation.Target(DEMO, type.object(), type.name(), type.verb(), Operation.Target.AGENT);
    }

    static ToolType tool(Bundle bundle, String name) {
        return bundle.catalog().tool(new ToolName(name)).orElseThrow();
    }

    static ObjectType object(Bundle bundle, String tool) {
        return bundle.catalog().object(DEMO, tool(bundle, tool).object()).orElseThrow();
    }

    static Operation.Get get(Bundle bundle, String tool, String... fields) {
        return new Operation.Get(target(bundle, tool), new RecordId("rec_1"), List.of(fields), List.of());
    }

    static Operation.Search search(Bundle bundle, String tool, List<String> where, String... fields) {
        List<Operation.Condition> conditions = where.stream()
                .map(field -> new Operation.Condition(field, Comparison.EQUALS, Value.of("x")))
                .toList();
        return new Operation.Search(target(bundle, tool), conditions, List.of(), 20, 0, List.of(fields), List.of());
    }

    static Operation.Count count(Bundle bundle, String tool, String... where) {
        return new Operation.Count(
                target(bundle, tool), search(bundle, tool, List.of(where)).where(), List.of());
    }

    static Write.Create create(Bundle bundle, String tool, Map<String, Value> values) {
        return new Write.Create(target(bundle, tool), values, List.of("id", "status"), List.of());
    }

    static <T> T passed(Step<T> step) {
        return switch (step) {
            case Step.Passed<T> passed -> passed.state();
            case Step.Refused<T> refused ->
                throw new AssertionError(refused.why().explain());
        };
    }
}
