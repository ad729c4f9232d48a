// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.governance.exception.ExceptionKind;
import dev.tollgate.governance.exception.ExceptionReport;
import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Budgets as agents meet them over MCP and REST.
class BudgetsTest {
    private static final Ask.Token DEALS = Ask.as("sales-copilot", "alice", "maintain-deals")
            .with("crm:account:read", "crm:opportunity:read", "crm:opportunity:write", "crm:account:write");

    @TempDir
    private Path folder;

    private GatewayUnderTest gateway(String lines) {
        BundleFolder bundle = BundleFolder.copy("default", folder.resolve("bundle"))
                .budget("  - agents: '*'\n    calls_per_minute: 600\n" + lines.indent(4));
        return GatewayUnderTest.start(folder.resolve("data"), bundle);
    }

    private static WireClient.Reply draft(WireClient agent, String deal, int number) {
        return agent.call(
                "opportunity_update",
                "{\"id\":\"" + deal + "\",\"values\":{\"agent_suggested_next_step\":\"step " + number + "\"}}");
    }

    static String code(WireClient.Reply reply) {
        return reply.message().at("/result/_meta/dev.tollgate~1refusal/code").asString("");
    }

    static long wait(WireClient.Reply reply) {
        return reply.message()
                .at("/result/_meta/dev.tollgate~1refusal/retryAfterSeconds")
                .asLong(0);
    }

    static List<String> own(WireClient agent, String tool) {
        List<String> ids = new ArrayList<>();
        agent.call(
                        tool,
                        "{\"fields\":[\"id\"],\"limit\":200,"
                                + "\"where\":[{\"field\":\"owner_id\",\"comparison\":\"equals\","
                                + "\"value\":\"usr_001\"}]}")
                .structured()
                .path("records")
                .forEach(row -> ids.add(row.at("/values/id").asString("")));
        return ids;
    }

    @Test
    @Requirement("S4-30")
    void a_record_is_changed_so_often_a_day_and_the_refusal_says_when_again() {
        try (GatewayUnderTest gateway = gateway("writes_per_record_and_day: 3");
                WireClient agent = gateway.agent(DEALS)) {
            // Given
            List<String> deals = own(agent, "opportunity_search");
            for (int number = 0; number < 3; number++) {
                assertThat(draft(agent, deals.getFirst(), number).passed()).isTrue();
            }

            // When
            WireClient.Reply fourth = draft(agent, deals.getFirst(), 4);
            WireClient.Reply other = draft(agent, deals.get(1), 1);
            gateway.clock().advance(Duration.ofHours(29));
            WireClient.Reply tomorrow;
            try (WireClient later = gateway.agent(DEALS)) {
                tomorrow = draft(later, deals.getFirst(), 5);
            }

            // Then
            assertThat(code(fourth)).isEqualTo("over_budget");
            assertThat(fourth.text()).contains("writes-per-record-and-day");
            assertThat(wait(fourth)).isBetween(3_600L, 29 * 3_600L);
            assertThat(other.passed()).isTrue();
            assertThat(tomorrow.passed()).isTrue();
        }
    }

    @Test
    @Requirement("S4-30")
    void an_agent_changes_so_much_an_hour_and_goes_on_reading() {
        try (GatewayUnderTest gateway = gateway("writes_per_hour: 4");
                WireClient agent = gateway.agent(DEALS)) {
            // Given
            List<String> deals = own(agent, "opportunity_search");
            for (int number = 0; number < 4; number++) {
                assertThat(draft(agent, deals.get(number), number).passed()).isTrue();
            }

            // When
            WireClient.Reply fifth = draft(agent, deals.get(4), 5);
            WireClient.Reply reading = agent.call("opportunity_get", "{\"id\":\"" + deals.get(4) + "\"}");

            // Then
            assertThat(fifth.text()).contains("writes-per-hour");
            assertThat(wait(fifth)).isPositive();
            assertThat(reading.passed()).isTrue();
            assertThat(reading.wire()).doesNotContain("step 5");
        }
    }

    @Test
    @Requirement("S4-30")
    void a_change_that_is_refused_takes_nothing_of_what_changes_may_take() {
        try (GatewayUnderTest gateway = gateway("writes_per_hour: 2\nwrites_per_record_and_day: 2");
                WireClient agent = gateway.agent(DEALS)) {
            // Given
            String deal = own(agent, "opportunity_search").getFirst();

            // When
            for (int number = 0; number < 2; number++) {
                WireClient.Reply refused = agent.call(
                        "opportunity_update", "{\"id\":\"opp_none\",\"values\":{\"probability\":" + number + "}}");
                assertThat(code(refused)).isEqualTo("not_found");
            }

            // Then
            assertThat(draft(agent, deal, 1).passed()).isTrue();
            assertThat(draft(agent, deal, 2).passed()).isTrue();
            assertThat(code(draft(agent, deal, 3))).isEqualTo("over_budget");
        }
    }

    @Test
    @Requirement({"S2-18", "S0-30"})
    void calls_are_limited_per_case_and_per_minute() {
        try (GatewayUnderTest gateway =
                        gateway("calls_per_case_and_hour: 5\nworkflow_calls_per_minute: {send-customer-update: 7}");
                WireClient one = gateway.agent(about("acc_000001"));
                WireClient two = gateway.agent(about("acc_000002"))) {
            // When
            List<String> first = codes(one, 6);
            List<String> second = codes(two, 4);

            // Then the case is over first, then the workflow, for every case
            assertThat(first.subList(0, 5)).containsOnly("");
            assertThat(first.get(5)).isEqualTo("over_budget");
            assertThat(second).containsExactly("", "", "over_budget", "over_budget");
            gateway.clock().advance(Duration.ofMinutes(2));
            assertThat(codes(two, 1)).containsExactly("");
            assertThat(codes(one, 1)).containsExactly("over_budget");
        }
    }

    private static Ask.Token about(String customer) {
        return Ask.as("support-triage", "bob", "send-customer-update").about(customer);
    }

    private static List<String> codes(WireClient agent, int calls) {
        List<String> codes = new ArrayList<>();
        for (int call = 0; call < calls; call++) {
            codes.add(code(agent.call("case_search", "{\"fields\":[\"id\"],\"limit\":" + (call + 1) + "}")));
        }
        return codes;
    }

    @Test
    @Requirement({"S4-19", "S4-30"})
    void an_agent_that_changes_50_records_in_2_minutes_is_stopped() {
        try (GatewayUnderTest gateway = gateway("writes_per_minute: 600\nwrites_per_hour: 3000");
                WireClient agent = gateway.agent(DEALS)) {
            // Given
            List<String> deals = own(agent, "opportunity_search");
            List<String> accounts = own(agent, "account_search");
            for (int at = 0; at < 30; at++) {
                assertThat(draft(agent, deals.get(at), at).passed()).isTrue();
                assertThat(draft(agent, deals.get(at), at + 1).passed()).isTrue();
            }
            gateway.clock().advance(Duration.ofSeconds(90));
            for (int at = 0; at < 19; at++) {
                assertThat(lifecycle(agent, accounts.get(at)).passed()).isTrue();
            }

            // When
            WireClient.Reply fiftieth = lifecycle(agent, accounts.get(19));
            WireClient.Reply reading = agent.call("opportunity_get", "{\"id\":\"" + deals.getFirst() + "\"}");
            WireClient.Reply other;
            try (WireClient analyst = gateway.agent(Ask.as("analyst", "erin", "look-around"))) {
                other = analyst.call("account_search", "{\"fields\":[\"id\"],\"limit\":1}");
            }

            // Then
            assertThat(code(fiftieth)).isEqualTo("stopped");
            assertThat(code(reading)).isEqualTo("halted");
            assertThat(other.passed()).isTrue();
            assertThat(LogEntries.of(gateway).texts()).anyMatch(entry -> entry.contains("\"result\":\"stopped\""));
            assertThat(Waiting.in(gateway)).anySatisfy(waiting -> {
                assertThat(waiting.report().kind()).isEqualTo(ExceptionKind.BUDGET);
                assertThat(waiting.report().rule().value()).isEqualTo("records-in-2-minutes");
                assertThat(waiting.report().severity()).isEqualTo(ExceptionReport.Severity.HIGH);
                assertThat(waiting.report().owner()).isNotBlank();
                assertThat(waiting.report().evidence()).isNotEmpty();
            });
        }
    }

    @Test
    void an_agent_that_changes_records_slower_than_that_goes_on() {
        try (GatewayUnderTest gateway = gateway("writes_per_minute: 600\nrecords_in_2_minutes: 5");
                WireClient agent = gateway.agent(DEALS)) {
            // Given
            List<String> deals = own(agent, "opportunity_search");

            // When
            List<String> codes = new ArrayList<>();
            for (int at = 0; at < 12; at++) {
                codes.add(code(draft(agent, deals.get(at), at)));
                gateway.clock().advance(Duration.ofSeconds(45));
            }

            // Then
            assertThat(codes).containsOnly("");
        }
    }

    private static WireClient.Reply lifecycle(WireClient agent, String account) {
        return agent.call(
                "account_update",
                "{\"id\":\"" + account + "\",\"values\":{\"lifecycle_stage_suggestion\":\"qualified\"}}");
    }
}
