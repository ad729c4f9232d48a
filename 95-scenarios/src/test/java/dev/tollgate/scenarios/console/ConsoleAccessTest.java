// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.RequestOptions;
import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.Commands;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// People review in a browser what agents may do, beside what they did.
class ConsoleAccessTest {
    private static final int TRIES_MAX = 3_000;
    private static final long PAUSE_NANOS = 10_000_000;
    private static Browser browser;

    private final Path data;
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

    ConsoleAccessTest(@TempDir Path data) {
        this.data = data;
        gateway = GatewayUnderTest.start(data);
        console = gateway.console();
    }

    @AfterEach
    void stop() {
        browser.closeWindows();
        gateway.close();
        assertThat(browser.complaints()).isEmpty();
    }

    private Browser.Person enrolled(String user) {
        Browser.Person person = browser.person();
        person.enrol(console, gateway.enrol(user));
        return person;
    }

    private void used() {
        try (WireClient agent =
                gateway.agent(Ask.as("sales-copilot", "alice", "reach-out").with("crm:*:read"))) {
            for (String id : List.of("acc_000001", "acc_000002")) {
                assertThat(agent.call("account_get", "{\"id\":\"" + id + "\",\"fields\":[\"id\",\"name\"]}")
                                .passed())
                        .isTrue();
            }
        }
    }

    private void noted(String verdict) {
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            boolean there = LogEntries.of(gateway).of("administered").stream()
                    .anyMatch(entry -> entry.path("event").asString("").equals("access-reviewed")
                            && entry.path("by").asString("").equals("dana")
                            && entry.path("detail").path("verdict").asString("").equals(verdict));
            if (there) {
                return;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new AssertionError("the log never heard of the review");
    }

    @Test
    @Requirement("S0-42")
    void granted_stands_beside_used_and_a_narrowing_change_is_one_click_away() {
        // Given
        used();
        Browser.Person dana = enrolled("dana");
        Page page = dana.page();

        // When
        page.locator("nav").getByText("Access").click();
        page.locator("#found").waitFor();
        int everything = page.locator(".grant tbody tr").count();
        List<String> agents = page.locator(".grant summary b:first-child").allInnerTexts();
        dana.picture("access");
        page.getByLabel("Agent").selectOption("sales-copilot");
        page.getByLabel("Workflow").selectOption("reach-out");
        page.getByText("Show").click();
        page.locator(".grant[open]").waitFor();
        List<String> lines = page.locator(".grant tbody tr").allInnerTexts().stream()
                .map(line -> line.replaceAll("\\s+", " "))
                .toList();
        dana.picture("access-agent");
        page.getByLabel("Use").selectOption("unused");
        page.getByText("Show").click();
        page.locator(".grant[open]").waitFor();
        List<String> unused = page.locator(".grant tbody tr").allInnerTexts();
        page.getByText("Open a change").click();
        page.locator("pre.file").waitFor();
        String patch = page.locator("pre.file").innerText();
        dana.picture("access-change");
        String kept = page.context()
                .request()
                .get(console + "access/patch?agent=sales-copilot&workflow=reach-out")
                .text();
        page.getByText("Write the review down").click();
        page.locator(".grant[open]").waitFor();
        String reviewed = page.locator(".grant summary").innerText();

        // Then
        assertThat(everything).isGreaterThan(lines.size());
        assertThat(agents).contains("sales-copilot", "support-triage", "analyst");
        assertThat(lines)
                .anyMatch(line ->
                        line.startsWith("read public ") && line.contains("agent") && line.contains("2 calls, last "))
                .anyMatch(line -> line.startsWith("read record-metadata")
                        && line.contains("clear")
                        && line.contains("it is the person's tenant's")
                        && line.contains("unused"));
        assertThat(unused).isNotEmpty().noneMatch(line -> line.contains("calls, last"));
        assertThat(patch).startsWith("--- a/workflows/sales.yaml\n+++ b/workflows/sales.yaml\n@@ -");
        assertThat(kept.strip()).isEqualTo(patch.strip());
        assertThat(reviewed).contains("narrowed", "by dana");
        assertThat(new Commands(data)
                        .run("access", "review", "--agent", "sales-copilot")
                        .out())
                .as("the command tells of the same review")
                .contains("by dana");
        noted("narrowed");
    }

    @Test
    @Requirement("S0-42")
    void the_keyboard_alone_reviews_and_both_widths_hold_the_page() {
        // Given
        Browser.Person dana = enrolled("dana");
        Page page = dana.page();
        page.navigate(console + "access?agent=sales-copilot&workflow=reach-out");

        // When
        page.locator(".grant summary").focus();
        page.keyboard().press("Enter");
        boolean closed = page.locator(".grant[open]").count() == 0;
        page.keyboard().press("Enter");
        page.getByText("All of it is needed").focus();
        page.keyboard().press("Enter");
        page.waitForURL("**/access?agent=sales-copilot&workflow=reach-out");
        page.locator(".grant[open]").waitFor();
        String reviewed = page.locator(".grant summary").innerText();

        // Then
        assertThat(closed).isTrue();
        assertThat(reviewed).contains("kept", "by dana");
        noted("kept");
        for (int width : new int[] {1_440, 390}) {
            page.setViewportSize(width, 900);
            page.navigate(console + "access?agent=sales-copilot");
            assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(width);
        }
        assertThat(page.locator("main script, main [onclick], main [style]").count())
                .isZero();
    }

    @Test
    @Requirement("S0-42")
    void nobody_reviews_who_does_not_answer_and_no_form_of_another_page_counts() {
        // Given
        Browser.Person alice = enrolled("alice");
        Browser.Person dana = enrolled("dana");
        String form = "act=keep&agent=sales-copilot&workflow=reach-out";
        RequestOptions posted = RequestOptions.create()
                .setHeader("Content-Type", "application/x-www-form-urlencoded")
                .setData(form);

        // When
        Response closed = alice.page().navigate(console + "access");
        int forged =
                dana.page().context().request().post(console + "access", posted).status();
        int odd = dana.page().navigate(console + "access?use=perhaps").status();
        int absent = dana.page()
                .navigate(console + "access/change?agent=nobody&workflow=reach-out")
                .status();

        // Then
        assertThat(closed.status()).isEqualTo(404);
        assertThat(forged).isEqualTo(403);
        assertThat(odd).isEqualTo(400);
        assertThat(absent).isEqualTo(404);
        assertThat(LogEntries.of(gateway).of("administered"))
                .noneMatch(entry -> entry.path("event").asString("").equals("access-reviewed"));
    }
}
