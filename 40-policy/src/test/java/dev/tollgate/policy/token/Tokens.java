// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.token;

import dev.tollgate.policy.Decision;
import dev.tollgate.policy.DecisionId;
import dev.tollgate.policy.FieldVerdict;
import dev.tollgate.policy.Outcome;
import dev.tollgate.policy.Reason;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.DataClass;
import dev.tollgate.terms.Delegation;
import dev.tollgate.terms.FieldPath;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.PolicyVersion;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.Scope;
import dev.tollgate.terms.SessionId;
import dev.tollgate.terms.SigningKey;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.TaskId;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Verb;
import dev.tollgate.terms.View;
import dev.tollgate.terms.Write;
import dev.tollgate.terms.testing.Property;
import java.math.BigDecimal;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Security;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What the tests of the token share: a mint, a principal, operations and a decision that permits them.
final class Tokens {
    static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
    static final SigningKey KEY = key("token-1");
    static final SystemId DEMO = new SystemId("demo");

    private Tokens() {}

    static SigningKey key(String id) {
        try {
            var provider = Security.getProvider("SunEC");
            return new SigningKey(
                    id, KeyPairGenerator.getInstance("Ed25519", provider).generateKeyPair(), provider);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    static TokenMint mint(Instant at) {
        return new TokenMint(KEY, "https://gateway.example", () -> at, Property.random(at.getEpochSecond()), "here");
    }

    /// A process of its own each time, whose own tokens nobody else accepts.
    static LocalTokens process(long seed, Instant at) {
        return LocalTokens.of(Property.random(seed), () -> at);
    }

    static Principal principal(String agent, String user, String task) {
        Delegation delegation = new Delegation(
                new AgentId(agent),
                new UserId(user),
                Set.of(Scope.parse("crm:*:read").orElseThrow()),
                Optional.empty(),
                new TaskId(task),
                new SessionId("session-1"),
                Optional.empty(),
                Optional.empty(),
                NOW,
                NOW.plusSeconds(900),
                List.of(agent, "orchestrator"));
        return new Principal(
                delegation,
                "sales-copilot",
                2,
                "zone-1",
                new TenantId("acme"),
                Optional.empty(),
                Set.of(),
                Set.of(),
                Map.of());
    }

    static Operation.Get get(String record, String... fields) {
        var target = new Operation.Target(DEMO, "contact", new ToolName("contact_get"), Verb.READ, "agent");
        return new Operation.Get(target, new RecordId(record), List.of(fields), List.of());
    }

    static Write.Create refund(String amount, String destination) {
        var target = new Operation.Target(
                DEMO, "refund_request", new ToolName("refund_request_create"), Verb.CREATE, destination);
        return new Write.Create(
                target, Map.of("amount", new Value.Num(new BigDecimal(amount))), List.of("status"), List.of());
    }

    static Decision permit(Operation operation) {
        var verdicts = new TreeMap<String, FieldVerdict>();
        operation
                .touched()
                .forEach(field -> verdicts.put(
                        field,
                        new FieldVerdict(
                                new FieldPath(operation.target().object(), field),
                                new DataClass("public"),
                                View.CLEAR,
                                View.CLEAR,
                                List.of(new RuleId("test")),
                                Reason.PERMITTED)));
        return new Decision(
                new DecisionId("decision-1"),
                new PolicyVersion("sha256:policy"),
                NOW,
                Outcome.PERMIT,
                Reason.PERMITTED,
                verdicts,
                "id",
                List.of(),
                verdicts.keySet(),
                false,
                List.of(new RuleId("test")),
                Optional.empty(),
                Decision.Need.NONE,
                (_, _) -> verdicts);
    }
}
