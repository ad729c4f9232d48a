// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.Commands;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Requirement;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people do at the console when an agent went wrong: stop it, take back what it did, settle what waits.
class ConsoleRemedyTest {
    private static final int TRIES_MAX = 100;
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

    ConsoleRemedyTest(@TempDir Path data) {
        stage = new Stage(browser, data);
    }

    @AfterEach
    void stop() {
        stage.close();
        assertThat(browser.complaints()).isEmpty();
    }

    private static String code(WireClient.Reply reply) {
        return reply.message().at("/result/_meta/dev.tollgate~1refusal/code").asString("");
    }

    private void visit(Browser.Person person, String path) {
        person.page().navigate(stage.gateway().console() + path);
    }

    @Test
    @Requirement("B-12")
    void a_stopped_agent_is_refused_by_its_very_next_call_and_goes_on_when_it_is_let_go() {
        // Given
        BigDecimal before = stage.amount();
        Browser.Person erin = stage.enrolled("erin");
        String pending = Stage.pending(stage.set(stage.more("1.05")));
        visit(erin, "agents");

        // When
        erin.page().locator("#agent-sales-copilot input[name=why]").fill("it writes what nobody asked for");
        erin.page().locator("#agent-sales-copilot").getByText("Stop this agent").click();
        Stage.sees(erin, "Stopped by erin");
        WireClient.Reply stopped = stage.set(before.toPlainString());
        erin.picture("agents");
        visit(erin, "approvals/" + pending);
        String approval = erin.page().locator("main").innerText();
        visit(erin, "agents");
        erin.page().locator("#agent-sales-copilot input[name=why]").fill("looked into");
        erin.page().locator("#agent-sales-copilot").getByText("Let it go on").click();
        erin.page().locator("#agent-sales-copilot").getByText("may act").waitFor();

        // Then
        assertThat(code(stopped)).isEqualTo("halted");
        assertThat(approval).containsIgnoringCase("void");
        assertThat(stage.amount()).isEqualByComparingTo(before);
    }

    @Test
    void the_last_calls_of_an_agent_are_on_its_card_and_of_another_tenant_nowhere() {
        // Given
        try (WireClient foreign = stage.gateway()
                .agent(Ask.as("sales-copilot", "mallory", "maintain-deals").with("crm:account:read"))) {
            assertThat(foreign.call("account_get", "{\"id\":\"acc_000005\"}").passed())
                    .isTrue();
            stage.amount();
            Browser.Person erin = stage.enrolled("erin");

            // When
            Locator card = erin.page().locator("#agent-sales-copilot");
            for (int tried = 0; tried < TRIES_MAX && card.locator(".calls li").count() == 0; tried++) {
                visit(erin, "agents");
            }
            String calls = card.locator(".calls").innerText();
            visit(erin, "");
            String overview = erin.page().locator("main").innerText();
            visit(erin, "agents");
            card.locator(".calls a").first().click();

            // Then
            assertThat(calls).contains("opportunity_get", "released").doesNotContain("account_get");
            assertThat(overview).containsPattern("(?i)decisions\\s+1\\s+0 refused in 24 h");
            assertThat(erin.page().locator("main").innerText()).contains("opportunity_get");
        }
    }

    @Test
    @Requirement("S4-21")
    void what_an_agent_changed_is_looked_at_and_taken_back() {
        // Given
        BigDecimal before = stage.amount();
        String after = stage.more("1.05");
        Browser.Person dana = stage.enrolled("dana");
        stage.open(dana, Stage.pending(stage.set(after)));
        stage.approve(dana);
        Stage.sees(dana, "The agent may make exactly this change");
        assertThat(stage.set(after).passed()).isTrue();

        // When
        visit(dana, "changes?agent=sales-copilot");
        String journal = dana.page().locator("main").innerText();
        dana.picture("changes");
        dana.page().getByText("Look first").click();
        dana.page().locator(".seen").first().waitFor();
        String preview = dana.page().locator("main").innerText();
        BigDecimal untouched = stage.amount();
        dana.picture("rollback");
        dana.page().locator("#why").fill("the deal is smaller");
        dana.page().getByText("Take back what can be").click();
        dana.page().locator(".tile").first().waitFor();
        String done = dana.page().locator("#run").innerText();

        // Then
        assertThat(journal).contains("opportunity_update", "opp_000001", "amount", after, "sales-copilot", "alice");
        assertThat(preview).contains("revertible", "opp_000001", after);
        assertThat(untouched).isEqualByComparingTo(after);
        assertThat(done).contains("reverted", "the deal is smaller");
        assertThat(stage.amount()).isEqualByComparingTo(before);
    }

    @Test
    @Requirement({"S4-19", "S4-20"})
    void an_exception_waits_with_two_clocks_until_who_answers_for_it_settles_it() {
        try (WireClient agent = stage.gateway()
                .agent(Ask.as("sales-copilot", "alice", "maintain-deals")
                        .with("crm:opportunity:read", "crm:opportunity:write"))) {
            // Given
            WireClient.Reply refused = agent.call(
                    "opportunity_update", "{\"id\":\"opp_000001\",\"values\":{\"forecast_category\":\"commit\"}}");
            Browser.Person erin = stage.enrolled("erin");
            Browser.Person alice = stage.enrolled("alice");

            // When
            row(erin);
            String waiting = erin.page().locator("main").innerText();
            int clocks = erin.page().locator("progress").count();
            erin.picture("exceptions");
            visit(alice, "exceptions");
            int buttons = alice.page().locator("button[name=act]").count();
            erin.page()
                    .getByText("Take", new Page.GetByTextOptions().setExact(true))
                    .first()
                    .click();
            Stage.sees(erin, "taken by erin");
            erin.page().locator("input[name=remark]").first().fill("the agent was told");
            erin.page()
                    .getByText("Resolve", new Page.GetByTextOptions().setExact(true))
                    .first()
                    .click();
            Stage.sees(erin, "Nothing is open.");

            // Then
            assertThat(refused.passed()).isFalse();
            assertThat(waiting)
                    .contains("sales-copilot", "RevOps")
                    .containsPattern("2[34] h left")
                    .containsPattern("[23] d left");
            assertThat(clocks).isEqualTo(2);
            assertThat(buttons).isZero();
        }
    }

    @Test
    @Requirement("S4-19")
    void who_answers_for_an_exception_looks_at_its_call_as_a_policy_test_and_keeps_it(@TempDir Path folder) {
        // Given
        stage.set("999999999.00");
        Browser.Person erin = stage.enrolled("erin");
        Browser.Person alice = stage.enrolled("alice");
        row(erin);

        // When
        erin.page().getByText("As a policy test").first().click();
        String shown = erin.page().locator("pre.file").innerText();
        erin.picture("policy-test");
        Download kept = erin.page()
                .waitForDownload(() -> erin.page().getByText("Download").click());
        Path file = folder.resolve("kept.yaml");
        kept.saveAs(file);
        visit(alice, "exceptions");
        int links = alice.page().getByText("As a policy test").count();
        Response foreign = alice.page().navigate(erin.page().url());

        // Then
        assertThat(kept.suggestedFilename()).matches("[0-9a-f]{32}\\.yaml");
        assertThat(file).content().isEqualToIgnoringNewLines(shown).contains("amount", "sales-copilot");
        BundleFolder bundle =
                BundleFolder.copy("default", folder.resolve("bundle")).append("tests/from-exceptions.yaml", shown);
        Commands.Result checked = new Commands(folder.resolve("data"))
                .run("policy", "check", bundle.path().toString());
        assertThat(checked.out()).as(checked.err()).startsWith("valid:");
        assertThat(links).isZero();
        assertThat(foreign.status()).isEqualTo(404);
    }

    private void row(Browser.Person person) {
        for (int tried = 0; tried < TRIES_MAX; tried++) {
            visit(person, "exceptions");
            if (person.page().locator(".exception").count() > 0) {
                return;
            }
        }
        throw new AssertionError("no exception was opened");
    }
}
