// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.governance.approval.Approval;
import dev.tollgate.governance.approval.ApprovalId;
import dev.tollgate.governance.approval.ApprovalLimits;
import dev.tollgate.governance.approval.ApprovalState;
import dev.tollgate.governance.approval.Approvals;
import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.Commands;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.Verified;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.testing.Property;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What keeps people from approving what they did not look at, or may not decide.
class ConsoleGuardsTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final int BURST = 10;
    /// What every approval's page is made of, whatever its values are.
    private static final String PARTS = ".two h2, .two dt, .two th, .two .tag, .two button";
    private static Browser browser;

    private final Stage stage;
    private final Store store;
    private final Approvals approvals;
    private final Commands commands;

    @BeforeAll
    static void open() {
        browser = new Browser();
    }

    @AfterAll
    static void shut() {
        browser.close();
    }

    ConsoleGuardsTest(@TempDir Path data, @TempDir Path folder) {
        // Hugo answers for the salespeople's agent, and for no other.
        BundleFolder bundle = BundleFolder.copy("default", folder)
                .replace("principals.yaml", "(?s)(id: sales-copilot.*?owner: )ivan", "$1hugo");
        stage = new Stage(browser, GatewayUnderTest.start(data, bundle));
        commands = new Commands(data);
        store = Stores.open(StoreConfig.sqlite(data.resolve("tollgate.db")));
        approvals = new Approvals(
                store, stage.gateway().clock(), Property.random(3), ApprovalLimits.DEFAULT, (_, _, _) -> {});
    }

    @AfterEach
    void stop() {
        store.close();
        stage.close();
        assertThat(browser.complaints()).isEmpty();
    }

    private Approval approval(String id) {
        return approvals.find(ACME, new ApprovalId(id)).orElseThrow();
    }

    @Test
    @Requirement({"B-11", "S1-10"})
    void a_merge_waits_for_a_second_pair_of_eyes_that_is_not_the_first() {
        try (WireClient analyst = stage.gateway()
                .agent(Ask.as("analyst", "erin", "review-pipeline")
                        .with("crm:account:read", "crm:account:reconcile"))) {
            // Given
            String merge = "{\"id\":\"acc_000001\",\"duplicate\":\"acc_000002\"}";
            String id = Stage.pending(analyst.call("account_merge", merge));
            Browser.Person dana = stage.enrolled("dana");
            Browser.Person hugo = stage.enrolled("hugo");

            // When
            stage.open(dana, id);
            stage.approve(dana);
            Stage.sees(dana, "Decided by");
            int buttons = dana.page().getByText("Approve with passkey").count();
            String twice = stage.post(dana, id, "decline");
            String early = Stage.pending(analyst.call("account_merge", merge));
            stage.open(hugo, id);
            String shown = hugo.page().locator("main").innerText();
            stage.approve(hugo);
            Stage.sees(hugo, "The agent may make exactly this change");
            hugo.picture("four-eyes");

            // Then
            assertThat(buttons).isZero();
            assertThat(twice).startsWith("409").contains("must be another person");
            assertThat(early).isEqualTo(id);
            assertThat(shown).contains("dana", "irreversible");
            assertThat(analyst.call("account_merge", merge).passed()).isTrue();
        }
    }

    @Test
    @Requirement("B-11")
    void neither_who_asked_nor_who_answers_for_the_agent_decides() {
        // Given
        String id = Stage.pending(stage.set(stage.more("1.05")));
        Browser.Person alice = stage.enrolled("alice");
        Browser.Person hugo = stage.enrolled("hugo");

        // When
        List<Integer> buttons = new ArrayList<>();
        List<String> posted = new ArrayList<>();
        for (Browser.Person person : List.of(alice, hugo)) {
            stage.open(person, id);
            Stage.sees(person, "Nothing is written until somebody approves it");
            buttons.add(person.page().locator("button[name=verdict]").count());
            posted.add(stage.post(person, id, "decline"));
            posted.add(stage.post(person, id, "approve"));
        }

        // Then
        assertThat(buttons).containsExactly(0, 0);
        assertThat(posted.get(0)).startsWith("409").contains("who asked for it cannot decide it");
        assertThat(posted.get(1)).startsWith("403");
        assertThat(posted.get(2)).startsWith("409").contains("who answers for the agent cannot decide it");
        assertThat(posted.get(3)).startsWith("403");
        assertThat(approval(id).state()).isEqualTo(ApprovalState.PENDING);
        assertThat(approval(id).votes()).isEmpty();
    }

    @Test
    @Requirement("B-11")
    void a_change_that_was_not_looked_at_long_enough_is_not_approved_whatever_the_page_lets_through() {
        // Given
        String after = stage.more("1.05");
        String id = Stage.pending(stage.set(after));
        Browser.Person dana = stage.enrolled("dana");
        stage.open(dana, id);

        // When
        stage.hurry(dana);
        Stage.sees(dana, "look at the whole change first");
        ApprovalState meanwhile = approval(id).state();
        stage.approve(dana);
        Stage.sees(dana, "The agent may make exactly this change");

        // Then
        assertThat(meanwhile).isEqualTo(ApprovalState.PENDING);
        assertThat(stage.set(after).passed()).isTrue();
    }

    @Test
    @Requirement("B-11")
    void who_approves_one_after_the_other_is_slowed_down() {
        try (WireClient agent = stage.gateway()
                .agent(Ask.as("enrichment-agent", "erin", "enrich-leads").with("crm:lead:read", "crm:lead:write"))) {
            // Given
            Browser.Person dana = stage.enrolled("dana");
            List<String> ids = new ArrayList<>();
            agent.call("lead_search", "{\"fields\":[\"id\"],\"limit\":20}")
                    .structured()
                    .path("records")
                    .forEach(row -> ids.add(Stage.pending(agent.call(
                            "lead_assign",
                            "{\"id\":\"" + row.at("/values/id").asString("")
                                    + "\",\"values\":{\"owner_id\":\"usr_009\"}}"))));

            // When
            for (String id : ids.subList(0, BURST)) {
                stage.open(dana, id);
                stage.gateway().clock().advance(Duration.ofSeconds(4));
                stage.hurry(dana);
                Stage.sees(dana, "The agent may make exactly this change");
            }
            stage.open(dana, ids.get(BURST));
            stage.gateway().clock().advance(Duration.ofSeconds(4));
            stage.hurry(dana);
            Stage.sees(dana, "too many approvals in a short time");
            ApprovalState meanwhile = approval(ids.get(BURST)).state();
            stage.gateway().clock().advance(Duration.ofMinutes(1));
            stage.hurry(dana);
            Stage.sees(dana, "The agent may make exactly this change");

            // Then
            assertThat(meanwhile).isEqualTo(ApprovalState.PENDING);
        }
    }

    private Commands.Result decoy(String like, String amount) {
        return commands.run(
                "approvals",
                "decoy",
                "--like",
                like,
                "--set",
                "amount=" + amount,
                "--by",
                "olivia",
                "--tenant",
                "acme");
    }

    @Test
    @Requirement("B-11")
    void a_decoy_looks_like_any_change_and_who_approves_it_is_an_exception() {
        // Given
        String id = Stage.pending(stage.set(stage.more("1.05")));
        Commands.Result same = decoy(id, stage.more("1.05"));
        Commands.Result planted = decoy(id, "9900000");
        String decoy = planted.out().strip().replace("planted ", "");
        Browser.Person dana = stage.enrolled("dana");
        Browser.Person erin = stage.enrolled("erin");

        // When
        stage.open(dana, id);
        List<String> honest = dana.page().locator(PARTS).allInnerTexts();
        stage.open(dana, decoy);
        List<String> shown = dana.page().locator(PARTS).allInnerTexts();
        stage.approve(dana);
        Stage.sees(dana, "it was a test of attention and changes nothing");
        erin.page().navigate(stage.gateway().console() + "exceptions");
        Stage.sees(erin, "an approver approved a decoy");
        String queue = erin.page().locator("main").innerText();
        erin.picture("decoy");

        // Then
        assertThat(planted.err()).isEmpty();
        assertThat(same.err()).contains("a decoy differs from what was asked for");
        assertThat(shown).isEqualTo(honest).contains("Approve with passkey", "amount");
        assertThat(LogEntries.of(stage.gateway()).of("administered"))
                .filteredOn(entry -> entry.path("event").asString("").equals("decoy-planted"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.path("by").asString("")).isEqualTo("olivia"));
        assertThat(queue).contains("decoy-approved");
        assertThat(approval(decoy).state()).isEqualTo(ApprovalState.VOIDED);
        assertThat(approval(id).state()).isEqualTo(ApprovalState.PENDING);
        assertThat(stage.set(stage.more("1.05")).passed()).isFalse();
    }

    @Test
    @Requirement("S0-33")
    void a_consent_that_policy_cannot_settle_is_a_task_that_its_own_staff_find_and_decide() {
        Ask.Token token = Ask.as("support-triage", "bob", "change-contact-details")
                .about("acc_000001")
                .with("crm:contact:read", "crm:contact:write");
        Verified.in(stage.gateway(), token, "acc_000001", "con_000001");
        try (WireClient support = stage.gateway().agent(token.at("action"))) {
            // Given
            String call =
                    "{\"id\":\"con_000001\",\"values\":{\"email\":\"new@firm.example\",\"marketing_consent\":false},"
                            + "\"reason\":\"she asked for it on the phone\"}";
            String id = Stage.pending(support.call("contact_update", call));
            Browser.Person grace = stage.enrolled("grace");
            Browser.Person carol = stage.enrolled("carol");

            // When
            grace.page().navigate(stage.gateway().console() + "approvals");
            String queue = grace.page().locator("main").innerText();
            carol.page().navigate(stage.gateway().console() + "approvals");
            String elsewhere = carol.page().locator("main").innerText();
            stage.open(grace, id);
            String shown = grace.page().locator("main").innerText();
            stage.approve(grace);
            Stage.sees(grace, "The agent may make exactly this change");

            // Then
            assertThat(queue).contains("marketing_consent", "support-triage", "bob");
            assertThat(elsewhere).doesNotContain("marketing_consent");
            assertThat(shown).contains("new@firm.example", "she asked for it on the phone", "privacy-office");
            assertThat(support.call("contact_update", call).passed()).isTrue();
        }
    }
}
