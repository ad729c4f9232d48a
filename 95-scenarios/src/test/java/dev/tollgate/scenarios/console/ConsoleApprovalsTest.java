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
    @Requirement({"S2-3", "S0-32", "S2-20"})
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
                .contains("the parcel was crushed", "damaged", "350", "from outside")
                .doesNotContain("E+");
        assertThat(shown).contains("RIGHT-TO-LEFT OVERRIDE");
        assertThat(agent.call("refund_request_create", call).passed()).isTrue();
    }
}
