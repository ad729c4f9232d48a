// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// People ask the log in a browser what agents did, and look at the policy that they did it under.
class ConsoleAuditTest {
    private static final String CUSTOMER = "acc_000002";
    private static final int TRIES_MAX = 200;
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

    ConsoleAuditTest(@TempDir Path data) {
        gateway = GatewayUnderTest.start(data);
        console = gateway.console();
    }

    @AfterEach
    void stop() {
        browser.closeWindows();
        gateway.close();
        assertThat(browser.complaints()).isEmpty();
    }

    private WireClient agent() {
        return gateway.agent(
                Ask.as("sales-copilot", "alice", "prepare-sales-call").with("crm:account:read"));
    }

    private Browser.Person enrolled(String user) {
        Browser.Person person = browser.person();
        person.enrol(console, gateway.enrol(user));
        return person;
    }

    /// Asks again until the index has followed: it lags behind the log by a moment.
    private static void ask(Page page, Runnable question, String wanted) {
        for (int tried = 0; tried < TRIES_MAX; tried++) {
            question.run();
            page.locator("#answer").waitFor();
            if (page.locator(wanted).count() > 0) {
                return;
            }
        }
        throw new AssertionError(
                "the log never answered: " + page.locator("main").innerText());
    }

    private static Map<String, String> views(WireClient.Reply reply) {
        Map<String, String> views = new TreeMap<>();
        reply.structured()
                .at("/records/0/tags")
                .properties()
                .forEach(tag ->
                        views.put(tag.getKey(), tag.getValue().path("view").asString("")));
        return views;
    }

    @Test
    @Requirement({"S0-27", "S1-26"})
    void a_person_asks_who_saw_a_customer_and_what_an_agent_did_and_sees_the_call_stage_by_stage() {
        try (WireClient agent = agent()) {
            // Given
            WireClient.Reply reply = agent.call(
                    "account_get", "{\"id\":\"" + CUSTOMER + "\",\"fields\":[\"name\",\"status\",\"vat_number\"]}");
            agent.call("invoice_search", "{}");
            Browser.Person dana = enrolled("dana");
            Page page = dana.page();
            page.navigate(console + "audit");

            // When
            ask(
                    page,
                    () -> {
                        page.getByLabel("Customer or record id").fill(CUSTOMER);
                        page.getByText("Ask the log").first().click();
                    },
                    ".seen");
            Map<String, String> shown = new TreeMap<>();
            page.locator(".seen .views li")
                    .all()
                    .forEach(field -> shown.put(
                            field.locator("b").innerText(), field.locator("i").innerText()));
            String line = page.locator(".seen").innerText();
            dana.picture("audit");
            page.locator(".seen a").click();
            page.locator(".trail").waitFor();
            List<String> stages = page.locator(".trail h2").allInnerTexts();
            String decided = page.locator(".trail li").first().innerText();
            dana.picture("audit-call");
            page.navigate(console + "audit?agent=sales-copilot&user=alice&from=2020-01-01&to=2099-01-01");
            List<String> results = page.locator(".rows .state").allInnerTexts();

            // Then what the page tells is what crossed the wire
            assertThat(shown).isEqualTo(views(reply)).isNotEmpty();
            assertThat(line).contains("sales-copilot", "alice", "prepare-sales-call", CUSTOMER, "released");
            assertThat(stages).containsExactly("Decided", "Ended");
            assertThat(decided)
                    .contains("account_get", "vat_number", "permit")
                    .contains(reply.structured().at("/decision/id").asString("?"));
            assertThat(results).containsExactly("released", "unknown_tool");
        }
    }

    @Test
    void who_answers_for_nothing_or_belongs_to_another_tenant_learns_nothing() {
        try (WireClient agent = agent()) {
            // Given
            agent.call("account_get", "{\"id\":\"" + CUSTOMER + "\",\"fields\":[\"name\"]}");
            Browser.Person alice = enrolled("alice");

            // When
            int status = alice.page().navigate(console + "audit").status();
            String links = alice.page().locator("nav").innerText();
            int policy = alice.page().navigate(console + "policy").status();
            Browser.Person erin = enrolled("erin");
            int unknown = erin.page().navigate(console + "audit/no-such-call").status();
            int odd = erin.page()
                    .navigate(console + "audit?agent=a&user=b&from=yesterday&to=tomorrow")
                    .status();

            // Then
            assertThat(List.of(status, policy, unknown)).containsOnly(404);
            assertThat(odd).isEqualTo(400);
            assertThat(links).doesNotContain("Audit").doesNotContain("Policy");
        }
    }

    @Test
    void the_policy_page_tells_what_is_in_force_and_who_put_it_there() {
        // Given
        Browser.Person erin = enrolled("erin");

        // When
        erin.page().navigate(console + "policy");
        String text = erin.page().locator("main").innerText();
        erin.picture("policy");

        // Then
        assertThat(text)
                .contains(
                        "sha256:",
                        "in force",
                        "refund-with-approval",
                        "support-lead",
                        "opportunity-amount-with-approval");
    }
}
