// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.bundle;

import java.util.Collection;

/// The Cedar schema that every policy is validated against. Generated, so that a bundle cannot widen
/// it: a policy that compares what the decision point never supplies does not load.
final class CedarSchema {
    private static final String ENTITIES = """
            entity Agents;
            entity Agent in [Agents] {
              tier: Long, zone: String, tenant: String, type: String, region?: String
            };
            entity DataClass in [DataClass];
            entity System;
            entity Object in [System];
            entity Field in [DataClass, Object, System] {
              name: String, object: String, system: String, class: String, tier: Long,
              owner: String, writeClass: String, source: String
            };
            entity Sink { name: String, kind: String, zone: String, trust: String };
            type User = { id: String, account?: String, roles: Set<String>, audiences: Set<String>, tenant: String };
            type Destination = { name: String, kind: String, zone: String, trust: String };
            type Risk = { level: String, score: Long };
            type Row = {
              owner?: String, tenant?: String, region?: String, customer?: String,
              updated?: datetime, age?: duration, product?: String, geography?: String, policy_set?: String
            };
            type Approval = { age: duration, approver: String, count: Long };
            type StepUp = { age: duration, method: String };
            type Recipient = { onFile: Bool, internal: Bool, newDomain: Bool };
            type Request = {
              effect: String, asked: Bool, answers: Bool, destination: String, values: String, content: String,
              sensitive: Bool
            };
            type Change = { ratio: decimal, to?: decimal };
            """;

    private static final String COMMON = """
              view: String, intent: String, workflow: String, purpose: String, tool: String,
              destination: Destination, user: User, risk: Risk, carried: Set<String>, integrity: String, row: Row,
              limits: Limits, now: datetime, completed: Set<String>, step?: String, customer?: String, customerTier?: String,
              approval?: Approval, stepUp?: StepUp""";

    private CedarSchema() {}

    /// The schema in Cedar's own syntax. Every limit is optional in it: a limit is absent before it
    /// comes into force, and a policy must say what it means then.
    static String text(Collection<Limit> limits) {
        StringBuilder schema = new StringBuilder(ENTITIES);
        schema.append("type Limits = {");
        String comma = " ";
        for (Limit limit : limits) {
            schema.append(comma)
                    .append(limit.name())
                    .append("?: ")
                    .append(limit.type().cedar());
            comma = ", ";
        }
        schema.append(" };\n");
        schema.append("action reads, changes;\n");
        action(schema, "read, search, summarize, export, verify", " in [reads]", "Field", "");
        action(schema, "resolve", "", "Field", "");
        action(schema, "create", " in [changes]", "Field", ", request?: Request, amount?: decimal");
        action(
                schema,
                "write, reconcile, delete",
                " in [changes]",
                "Field",
                ", change: Change, request?: Request, amount?: decimal");
        action(schema, "send", "", "Sink", ", recipient: Recipient, findings: Set<String>, request?: Request");
        return schema.toString();
    }

    private static void action(StringBuilder schema, String names, String groups, String resource, String more) {
        schema.append("action ")
                .append(names)
                .append(groups)
                .append(" appliesTo {\n  principal: [Agent], resource: [")
                .append(resource)
                .append("],\n  context: {\n")
                .append(COMMON)
                .append(more)
                .append("\n  }\n};\n");
    }
}
