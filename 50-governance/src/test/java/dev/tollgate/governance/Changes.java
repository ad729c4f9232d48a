// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance;

import dev.tollgate.governance.change.Change;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.PolicyVersion;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Verb;
import dev.tollgate.terms.WorkflowId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// Changes for tests, each a step away from the other.
public record Changes(
        String tool,
        String record,
        Map<String, Value> before,
        Map<String, Value> after,
        String version,
        String agent,
        String user,
        String tenant,
        String policy) {
    /// A deal's amount goes from 100 to 200.
    public static Changes amount() {
        return new Changes(
                "opportunity_update",
                "opp_1",
                Map.of("amount", Value.of(100)),
                Map.of("amount", Value.of(200)),
                "v1",
                "sales-copilot",
                "alice",
                "acme",
                "sha256:one");
    }

    /// The change itself.
    public Change change() {
        Operation.Target target =
                new Operation.Target(new SystemId("demo"), "opportunity", new ToolName(tool), Verb.WRITE, "agent");
        return new Change(
                target,
                record.isEmpty() ? Optional.empty() : Optional.of(new RecordId(record)),
                new TreeMap<>(before),
                new TreeMap<>(after),
                version.isEmpty() ? Optional.empty() : Optional.of(version),
                new AgentId(agent),
                new UserId(user),
                new TenantId(tenant),
                new PolicyVersion(policy),
                Optional.of(new WorkflowId("review-pipeline")),
                "reversible",
                new TreeSet<>());
    }

    /// The same on another record.
    public Changes of(String other) {
        return new Changes(tool, other, before, after, version, agent, user, tenant, policy);
    }

    /// The same from other values.
    public Changes from(Map<String, Value> values) {
        return new Changes(tool, record, values, after, version, agent, user, tenant, policy);
    }

    /// The same to other values.
    public Changes to(Map<String, Value> values) {
        return new Changes(tool, record, before, values, version, agent, user, tenant, policy);
    }

    /// The same of another version of the record.
    public Changes at(String other) {
        return new Changes(tool, record, before, after, other, agent, user, tenant, policy);
    }

    /// The same by another agent.
    public Changes by(String other) {
        return new Changes(tool, record, before, after, version, other, user, tenant, policy);
    }

    /// The same for another user of another tenant.
    public Changes asked(String otherUser, String otherTenant) {
        return new Changes(tool, record, before, after, version, agent, otherUser, otherTenant, policy);
    }

    /// The same under another policy.
    public Changes under(String other) {
        return new Changes(tool, record, before, after, version, agent, user, tenant, other);
    }

    /// The same by another tool.
    public Changes with(String other) {
        return new Changes(other, record, before, after, version, agent, user, tenant, policy);
    }
}
