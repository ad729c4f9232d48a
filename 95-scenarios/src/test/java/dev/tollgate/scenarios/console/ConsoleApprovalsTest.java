// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Requirement;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An agent over MCP proposes; people at the console decide.
class ConsoleApprovalsTest {
    private static final String DEAL = "opp_000001";
    private static Browser browser;

    private final GatewayUnderTest gateway;
    private final String console;

    @BeforeAll
    static void open() {
        browser = new Browser();
    }

    @AfterAll
    static void shut() {
        browser.close();
    }

    ConsoleApprovalsTest(@TempDir Path data) {
        gateway = GatewayUnderTest.start(data);
        console = gateway.console();
    }

    @AfterEach
    void stop() {
        browser.leave();
        gateway.close();
        assertThat(browser.complaints()).isEmpty();
    }

    private WireClient agent() {
        return gateway.agent(Ask.as("sales-copilot", "alice", "maintain-deals")
                .with("crm:opportunity:read", "crm:opportunity:write"));
    }

    private static WireClient.Reply set(WireClient agent, String value) {
        return agent.call("opportunity_update", "{\"id\":\"" + DEAL + "\",\"values\":{\"amount\":" + value + "}}");
    }

    private static BigDecimal amount(WireClient agent) {
        return agent.call("opportunity_get", "{\"id\":\"" + DEAL + "\",\"fields\":[\"id\",\"amount\"]}")
                .structured()
                .at("/records/0/values/amount")
                .decimalValue();
    }

    private static String more(BigDecimal amount, String factor) {
        return amount.multiply(new BigDecimal(factor))
                .setScale(2, RoundingMode.DOWN)
                .toPlainString();
    }

    private static String pending(WireClient.Reply reply) {
        return reply.message()
                .at("/result/_meta/dev.tollgate~1refusal/approval")
                .asString("");
    }

    private Browser.Person enrolled(String user) {
        Browser.Person person = browser.person();
        person.enrol(console, gateway.enrol(user));
        return person;
    }

    private void approve(Browser.Person person) {
        gateway.clock().advance(Duration.ofSeconds(5));
        person.page()
                .getByLabel("Why", new Page.GetByLabelOptions().setExact(true))
                .fill("the customer confirmed it");
        Locator yes = person.page().getByText("Approve with passkey");
        person.page().waitForCondition(yes::isEnabled);
        yes.click();
    }

    @Test
    @Requirement({"S1-11", "S2-20", "S2-4", "B-11", "S0-31", "S1-6"})
    void a_person_reads_the_whole_change_signs_it_and_the_agent_may_write_it_once() {
        try (WireClient agent = agent()) {
            // Given
            BigDecimal before = amount(agent);
            String after = more(before, "1.05");
            Browser.Person dana = enrolled("dana");
            dana.page().getByText("Approvals").first().click();
            dana.page().getByText("Nothing waits for you.").waitFor();
            String id = pending(set(agent, after));

            // When
            dana.page().getByText("Change opportunity · amount").click();
            String shown = dana.page().locator(".diff").innerText();
            dana.picture("approval");
            approve(dana);
            dana.page().getByText("The agent may make exactly this change").waitFor();

            // Then
            assertThat(dana.page().url()).endsWith(id);
            assertThat(shown).contains("amount").contains(after).contains(before.toPlainString());
            assertThat(set(agent, after).passed()).isTrue();
            assertThat(amount(agent)).isEqualByComparingTo(after);
            assertThat(set(agent, more(before, "1.06")).passed()).isFalse();
        }
    }
}
