// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.governance.approval.Approval;
import dev.tollgate.governance.approval.ApprovalId;
import dev.tollgate.governance.approval.ApprovalLimits;
import dev.tollgate.governance.approval.Approvals;
import dev.tollgate.governance.approval.Approver;
import dev.tollgate.governance.approval.Decided;
import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.testing.Property;
import dev.tollgate.terms.testing.Requirement;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An agent over MCP, the demo CRM, and a person who decides on another node of the same store.
class ApprovedWritesTest {
    private static final String DEAL = "opp_000001";
    private static final Approver DANA = new Approver(new UserId("dana"), new TenantId("acme"), Set.of("sales-lead"));

    private final GatewayUnderTest gateway;
    private final Store store;
    private final Approvals approvals;

    ApprovedWritesTest(@TempDir Path data) {
        gateway = GatewayUnderTest.start(data);
        store = Stores.open(StoreConfig.sqlite(data.resolve("tollgate.db")));
        approvals = new Approvals(store, gateway.clock(), Property.random(7), ApprovalLimits.DEFAULT, (_, _, _) -> {});
    }

    @AfterEach
    void stop() {
        gateway.close();
        store.close();
    }

    private WireClient agent() {
        return gateway.agent(Ask.as("sales-copilot", "alice", "maintain-deals")
                .with("crm:opportunity:read", "crm:opportunity:write"));
    }

    private static WireClient.Reply set(WireClient agent, String field, String value) {
        return agent.call(
                "opportunity_update", "{\"id\":\"" + DEAL + "\",\"values\":{\"" + field + "\":" + value + "}}");
    }

    private static BigDecimal amount(WireClient agent) {
        return agent.call("opportunity_get", "{\"id\":\"" + DEAL + "\",\"fields\":[\"id\",\"amount\"]}")
                .structured()
                .at("/records/0/values/amount")
                .decimalValue();
    }

    private static String more(BigDecimal amount, String factor) {
        return amount.multiply(new BigDecimal(factor))
                .setScale(2, java.math.RoundingMode.DOWN)
                .toPlainString();
    }

    private Step<Decided> approve(String id) {
        approvals.shown(new ApprovalId(id), DANA);
        gateway.clock().advance(Duration.ofSeconds(5));
        return approvals.decide(
                new ApprovalId(id), DANA, Approval.Verdict.APPROVE, "the customer confirmed it", Optional.empty());
    }

    private static String refusal(WireClient.Reply reply) {
        return reply.message().at("/result/_meta/dev.tollgate~1refusal/code").asString("");
    }

    private static String pending(WireClient.Reply reply) {
        assertThat(refusal(reply)).isEqualTo("approval_pending");
        return reply.message()
                .at("/result/_meta/dev.tollgate~1refusal/approval")
                .asString("");
    }

    @Test
    @Requirement({"S1-18", "S4-16", "S0-31"})
    void a_draft_is_written_at_once_and_read_back() {
        try (WireClient agent = agent()) {
            // When
            WireClient.Reply written = set(agent, "agent_suggested_next_step", "\"call on Monday\"");

            // Then
            assertThat(written.structured()
                            .at("/records/0/values/agent_suggested_next_step")
                            .asString(""))
                    .isEqualTo("call on Monday");
        }
    }

    @Test
    @Requirement({"S1-19", "S1-12", "S2-4", "S2-20"})
    void an_amount_is_written_once_after_a_person_approved_exactly_this() {
        try (WireClient agent = agent()) {
            // Given
            BigDecimal before = amount(agent);
            String little = more(before, "1.05");
            String id = pending(set(agent, "amount", little));
            assertThat(amount(agent)).isEqualByComparingTo(before);

            // When
            Step<Decided> decided = approve(id);
            WireClient.Reply other = set(agent, "amount", more(before, "1.06"));
            String again = pending(set(agent, "amount", little));
            approve(again);
            WireClient.Reply written = set(agent, "amount", little);
            WireClient.Reply twice = set(agent, "amount", little);

            // Then
            assertThat(decided).isInstanceOf(Step.Passed.class);
            assertThat(refusal(other)).isEqualTo("approval_refused");
            assertThat(written.passed()).isTrue();
            assertThat(amount(agent)).isEqualByComparingTo(little);
            assertThat(twice.passed()).isFalse();
            assertThat(LogEntries.of(gateway).texts())
                    .filteredOn(entry -> entry.contains("\"approval\":\"" + again + "\""))
                    .as("the one decision that rests on it names it")
                    .filteredOn(entry -> entry.contains("\"kind\":\"decision\""))
                    .hasSize(1);
        }
    }

    @Test
    @Requirement({"S1-19", "S3-3"})
    void no_approval_is_offered_for_an_amount_that_moves_by_a_tenth() {
        try (WireClient agent = agent()) {
            // Given
            BigDecimal before = amount(agent);

            // When
            WireClient.Reply refused = set(agent, "amount", more(before, "1.10"));

            // Then
            assertThat(refusal(refused)).isEqualTo("denied");
            assertThat(amount(agent)).isEqualByComparingTo(before);
        }
    }

    @Test
    @Requirement("S1-12")
    void an_approval_is_gone_after_five_minutes() {
        try (WireClient agent = agent()) {
            // Given
            String little = more(amount(agent), "1.05");
            approve(pending(set(agent, "amount", little)));

            // When
            gateway.clock().advance(Duration.ofMinutes(5));
            WireClient.Reply late = set(agent, "amount", little);

            // Then
            assertThat(late.passed()).isFalse();
        }
    }

    @Test
    @Requirement({"S4-13", "S4-31"})
    void what_people_answer_for_is_refused_with_the_field_that_takes_a_suggestion() {
        try (WireClient agent = agent()) {
            // When
            WireClient.Reply step = set(agent, "next_step", "\"sign\"");
            WireClient.Reply forecast = set(agent, "forecast_category", "\"commit\"");

            // Then
            assertThat(refusal(step)).isEqualTo("human_only");
            assertThat(step.text()).contains("agent_suggested_next_step");
            assertThat(refusal(forecast)).isEqualTo("human_only");
        }
    }
}
