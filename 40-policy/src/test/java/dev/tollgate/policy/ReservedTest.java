// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.policy.bundle.BundleFiles;
import dev.tollgate.policy.bundle.BundleLoader;
import dev.tollgate.terms.Fact;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Write;
import dev.tollgate.terms.testing.Requirement;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What an agent's record keeps for people, under policies that would let everything through.
final class ReservedTest {
    private static final String ALL = """
            @id("anything")
            permit (principal, action, resource);
            """;
    private static final Outgoing.Recipients ON_FILE = new Outgoing.Recipients(true, false, false);
    private static final Outgoing.Recipients HOUSE = new Outgoing.Recipients(false, true, false);

    private static DecisionPoint lax(String old, String now) {
        var files =
                new TreeMap<>(DefaultBundle.edited("principals.yaml", old, now).content());
        files.keySet().removeIf(path -> path.startsWith("policies/") || path.startsWith("tests/"));
        files.put("policies/10-lax.cedar", ALL.getBytes(StandardCharsets.UTF_8));
        return DefaultBundle.point(BundleLoader.load(BundleFiles.of(files)));
    }

    private static DecisionPoint lax() {
        return lax("ttl_seconds: 600", "ttl_seconds: 600");
    }

    private static Write update(DecisionPoint point, String tool, Map<String, Value> values) {
        return new Write.Update(
                Asking.target(point.bundle(), tool),
                new RecordId("rec_1"),
                values,
                Optional.empty(),
                List.of("id"),
                List.of());
    }

    private static Write mail(DecisionPoint point) {
        var type = Asking.tool(point.bundle(), "mail_send");
        var target = new Operation.Target(type.system(), type.object(), type.name(), type.verb(), type.destination());
        return new Write.Send(
                target,
                Map.of(
                        "to", Value.texts(List.of("ada@engines.example")),
                        "subject", Value.of("hello"),
                        "body", Value.of("how do you do")),
                List.of("id"),
                List.of());
    }

    private static Situation seen(Map<Fact, Value> facts) {
        return Situation.at(Asking.NOW).with(List.of(new Prior(Map.of(), facts, Optional.empty())));
    }

    private static Evidence approvedAt(Instant when) {
        return new Evidence(Optional.empty(), Optional.of(new Evidence.Approval(when, "dana", 1)));
    }

    private static Optional<RuleId> asking(Decision decision) {
        return decision.refusal()
                .filter(Refusal.EvidenceNeeded.class::isInstance)
                .map(_ -> decision.determining().getFirst());
    }

    @Requirement("S1-6")
    @Test
    void what_goes_outside_waits_for_an_approval_whatever_policies_permit() {
        DecisionPoint point = lax();
        Principal who = Asking.principal(point.bundle(), "outreach-agent", "alice", "reach-out", "email:message:send");
        Situation outside = Situation.at(Asking.NOW).with(Outgoing.UNKNOWN.with(ON_FILE));

        assertThat(asking(point.decide(who, mail(point), outside))).contains(new RuleId("jit:email:send:external"));
        assertThat(asking(point.decide(who, mail(point), Situation.at(Asking.NOW))))
                .as("an unknown recipient is one outside")
                .contains(new RuleId("jit:email:send:external"));
        assertThat(point.decide(who, mail(point), outside.with(approvedAt(Asking.NOW.minusSeconds(299))))
                        .refusal())
                .isEmpty();
        assertThat(asking(point.decide(who, mail(point), outside.with(approvedAt(Asking.NOW.minusSeconds(300))))))
                .as("just in time is within five minutes")
                .contains(new RuleId("jit:email:send:external"));
        assertThat(point.decide(who, mail(point), Situation.at(Asking.NOW).with(Outgoing.UNKNOWN.with(HOUSE)))
                        .refusal())
                .as("a message to the house")
                .isEmpty();
    }

    @Requirement("S1-6")
    @Test
    void an_agent_whose_record_does_not_list_the_action_is_asked_nothing() {
        DecisionPoint point = lax();
        Principal who = Asking.principal(point.bundle(), "sales-copilot", "alice", "reach-out", "email:message:send");

        Situation outside = Situation.at(Asking.NOW).with(Outgoing.UNKNOWN.with(ON_FILE));
        assertThat(point.decide(who, mail(point), outside).refusal()).isEmpty();
    }

    @Requirement("S1-6")
    @Test
    void the_amount_waits_for_an_approval_and_the_next_step_does_not() {
        DecisionPoint point = lax();
        Principal who =
                Asking.principal(point.bundle(), "sales-copilot", "alice", "maintain-deals", "crm:opportunity:write");
        Write amount = update(point, "opportunity_update", Map.of("amount", Value.of(100)));
        Write step = update(point, "opportunity_update", Map.of("agent_suggested_next_step", Value.of("call")));
        Situation seen = seen(Map.of(Fact.TENANT, Value.of("acme")));

        assertThat(asking(point.decide(who, amount, seen))).contains(new RuleId("jit:opportunity:update:amount"));
        assertThat(point.decide(who, amount, seen.with(approvedAt(Asking.NOW))).refusal())
                .isEmpty();
        assertThat(point.decide(who, step, seen).refusal()).isEmpty();
    }

    @Requirement({"S4-1", "S4-12"})
    @Test
    void an_agent_that_only_reads_writes_drafts_and_nothing_else() {
        DecisionPoint point = lax("stage: general", "stage: read-only");
        Principal deals =
                Asking.principal(point.bundle(), "sales-copilot", "alice", "maintain-deals", "crm:opportunity:write");
        Principal mails = Asking.principal(point.bundle(), "sales-copilot", "alice", "reach-out", "email:message:send");
        Situation seen = seen(Map.of(Fact.TENANT, Value.of("acme"))).with(approvedAt(Asking.NOW));

        Write draft = update(point, "opportunity_update", Map.of("agent_suggested_next_step", Value.of("call")));
        Write amount = update(point, "opportunity_update", Map.of("amount", Value.of(100)));
        assertThat(point.decide(deals, draft, seen).refusal()).isEmpty();
        assertThat(point.decide(deals, amount, seen).refusal())
                .contains(new Refusal.Denied(new RuleId("stage:read-only"), "policy"));
        assertThat(point.decide(mails, mail(point), seen).refusal())
                .as("no approval opens what the stage has not earned")
                .containsInstanceOf(Refusal.UnknownTool.class);
    }

    @Requirement({"S4-1", "S4-12"})
    @Test
    void an_agent_of_safe_writes_writes_what_nobody_commits_and_asks_for_the_rest() {
        DecisionPoint point = lax("stage: general", "stage: safe-writes");
        Principal deals =
                Asking.principal(point.bundle(), "sales-copilot", "alice", "maintain-deals", "crm:opportunity:write");
        Principal mails = Asking.principal(point.bundle(), "sales-copilot", "alice", "reach-out", "email:message:send");
        Situation seen = seen(Map.of(Fact.TENANT, Value.of("acme")));

        Write both = update(
                point,
                "opportunity_update",
                Map.of("agent_suggested_next_step", Value.of("call"), "next_step", Value.of("call")));
        assertThat(asking(point.decide(deals, both, seen))).contains(new RuleId("stage:safe-writes"));
        assertThat(asking(point.decide(
                        mails, mail(point), Situation.at(Asking.NOW).with(Outgoing.UNKNOWN.with(HOUSE)))))
                .contains(new RuleId("stage:safe-writes"));
        assertThat(point.decide(deals, both, seen.with(approvedAt(Asking.NOW))).refusal())
                .isEmpty();
    }
}
