// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Requirement;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// An agent over MCP proposes; people at the console decide.
class ConsoleApprovalsTest {
    private static Browser browser;

    private final Stage stage;

    @BeforeAll
    static void open() {
        browser = new Browser();
    }

    @AfterAll
    static void shut() {
        browser.close();
    }

    ConsoleApprovalsTest(@TempDir Path data) {
        stage = new Stage(browser, data);
    }

    @AfterEach
    void stop() {
        stage.close();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    @Requirement({"S1-11", "S2-20", "S2-4", "S0-31", "S1-6"})
    void a_person_reads_the_whole_change_signs_it_and_the_agent_may_write_it_once() {
        // Given
        BigDecimal before = stage.amount();
        String after = stage.more("1.05");
        Browser.Person dana = stage.enrolled("dana");
        dana.picture("overview");
        dana.page().getByText("Approvals").first().click();
        Stage.sees(dana, "Nothing waits for you.");
        String id = Stage.pending(stage.set(after));

        // When
        Stage.sees(dana, "Change opportunity · amount");
        dana.picture("approvals");
        dana.page().getByText("Change opportunity · amount").click();
        String shown = dana.page().locator(".diff").innerText();
        dana.picture("approval");
        stage.approve(dana);
        Stage.sees(dana, "The agent may make exactly this change");

        // Then
        assertThat(dana.page().url()).endsWith(id);
        assertThat(shown).contains("amount", before.toPlainString(), after);
        assertThat(stage.set(after).passed()).isTrue();
        assertThat(stage.amount()).isEqualByComparingTo(after);
        assertThat(stage.set(stage.more("1.01")).passed()).isFalse();
        dana.page().reload();
        Stage.sees(dana, "It was used");
        dana.page().waitForCondition(() -> !decided().isEmpty());
        assertThat(decided()).hasSize(1);
        JsonNode entry = decided().getFirst();
        assertThat(entry.path("by").asString("")).isEqualTo("dana");
        assertThat(entry.path("detail").toString()).contains(id, "passkey");
        assertThat(entry.has("at")).isTrue();
    }

    private List<JsonNode> decided() {
        return LogEntries.of(stage.gateway()).of("administered").stream()
                .filter(entry -> entry.path("event").asString("").equals("approval-decided"))
                .toList();
    }

    @Test
    @Requirement({"S2-3", "S2-20"})
    void a_supervisor_sees_the_justification_of_a_refund_before_it_is_asked_for() {
        // Given
        WireClient agent = stage.gateway()
                .agent(Ask.as("support-triage", "bob", "request-refund")
                        .about("acc_000001")
                        .with("crm:refund_request:create"));
        String call = "{\"values\":{\"account_id\":\"acc_000001\",\"order_id\":\"ord_000001\",\"amount\":350,"
                + "\"currency\":\"EUR\",\"reason\":\"damaged\","
                + "\"justification\":\"the parcel was crushed \u202Eon the way\"}}";
        String id = Stage.pending(agent.call("refund_request_create", call));
        Browser.Person carol = stage.enrolled("carol");

        // When
        stage.open(carol, id);
        String shown = carol.page().locator(".diff").innerText();
        carol.picture("refund");
        stage.approve(carol);
        Stage.sees(carol, "The agent may make exactly this change");

        // Then
        assertThat(shown)
                .contains("the parcel was crushed", "damaged", "350", "proposed by the agent")
                .doesNotContain("E+");
        assertThat(shown).contains("RIGHT-TO-LEFT OVERRIDE");
        assertThat(agent.call("refund_request_create", call).passed()).isTrue();
    }

    @Test
    @Requirement({"S2-3", "S4-18"})
    void why_the_agent_wants_it_is_read_before_the_decision_and_kept_with_the_change() {
        try (WireClient agent = stage.gateway()
                .agent(Ask.as("sales-copilot", "alice", "maintain-deals")
                        .with("crm:opportunity:read", "crm:opportunity:write"))) {
            // Given
            String change = "{\"id\":\"opp_000001\",\"values\":{\"discount_percent\":20},\"reason\":\"";
            WireClient.Reply endless = agent.call("opportunity_update", change + "x".repeat(1_001) + "\"}");
            String why = "they doubled the seats \u202Ein March";
            String id = Stage.pending(agent.call("opportunity_update", change + why + "\"}"));
            Browser.Person dana = stage.enrolled("dana");

            // When
            stage.open(dana, id);
            String shown = dana.page().locator("main").innerText();
            stage.approve(dana);
            Stage.sees(dana, "The agent may make exactly this change");
            WireClient.Reply written = agent.call("opportunity_update", change + why + "\"}");
            dana.page().navigate(stage.gateway().console() + "changes");
            String journal = dana.page().locator("main").innerText();

            // Then
            assertThat(endless.text()).contains("`/reason` must be text of 1 to 1000 characters");
            assertThat(shown).contains("Why, in the agent's words", "they doubled the seats", "RIGHT-TO-LEFT OVERRIDE");
            assertThat(written.passed()).as(written.text()).isTrue();
            assertThat(journal).contains("In the agent's words", "they doubled the seats", "maintain-deals");
        }
    }
}
