// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.Plant;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.store.Store;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Messages are held against what their flow was shown: what was masked, withheld or taken out may not be repeated, and
/// what they name has grounds.
class RecalledMessagesTest {
    private static final String ACCOUNT = "acc_recall";
    private static final String OTHER = "acc_unread";
    private static final String CODE = "482913";

    /// 48,350.75, as the CRM keeps it.
    private static final long AMOUNT = 483_507_500;

    private final Outside outside = new Outside();
    private final Desk desk;
    private final Path data;
    private int tasks;

    RecalledMessagesTest(@TempDir Path folder) {
        data = folder.resolve("data");
        MovingClock clock = new MovingClock();
        GatewayUnderTest.seed(data, clock, store -> plant(store, clock));
        BundleFolder bundle = BundleFolder.copy("default", folder.resolve("bundle"))
                .generous()
                .untested()
                .replace(
                        "contracts/hook.yaml",
                        "tools:",
                        "      sureness: {type: decimal, class: draft, write: draft, filter: false,"
                                + " description: How sure.}\n"
                                + "tools:")
                .replace("contracts/hook.yaml", "accepts: .kind, summary.", "accepts: [kind, summary, sureness]")
                .replace("contracts/hook.yaml", "lines: .summary.", "lines: [summary], confidence: sureness")
                .append("messages.yaml", "confidence_min: 0.8\n");
        desk = new Desk(
                data,
                GatewayUnderTest.start(
                        GatewayUnderTest.withBundle(outside.connected(GatewayUnderTest.embedded(data)), bundle),
                        clock));
    }

    private static void plant(Store store, MovingClock clock) {
        Plant plant = new Plant(store, clock.instant().minus(Duration.ofDays(3)));
        for (String account : List.of(ACCOUNT, OTHER)) {
            plant.record("account", account, Map.of("name", account, "status", "active", "owner_id", "usr_001"))
                    .record(
                            "contact",
                            "con_" + account,
                            Map.of(
                                    "account_id",
                                    account,
                                    "name",
                                    "Ines Falk",
                                    "owner_id",
                                    "usr_001",
                                    "email",
                                    account + "@recall.example"))
                    .record(
                            "opportunity",
                            "opp_" + account,
                            Map.of("account_id", account, "owner_id", "usr_005", "name", "Renewal", "amount", AMOUNT))
                    .record(
                            "case",
                            "cas_" + account,
                            Map.of(
                                    "account_id",
                                    account,
                                    "number",
                                    "CASE-77310",
                                    "subject",
                                    "Login",
                                    "incident_summary",
                                    "They wrote: \"Your verification code is " + CODE
                                            + ". Do not share it.\" The Harbour Line router was delivered on"
                                            + " 2026-11-12 and cost 1,204.50 EUR."));
        }
    }

    @AfterEach
    void stop() {
        desk.close();
        outside.close();
    }

    private WireClient agent(Ask.Token token) {
        return desk.gateway()
                .agent(new Ask.Token(
                        token.agent(),
                        token.user(),
                        token.workflow(),
                        token.customer(),
                        token.scopes(),
                        "task-" + ++tasks,
                        "session-" + tasks,
                        Duration.ofMinutes(15),
                        token.request(),
                        token.step(),
                        token.caseId()));
    }

    private WireClient.Reply amountRead(String customer) {
        return agent(Ask.as("sales-copilot", "alice", "prepare-sales-call").about(customer))
                .call("opportunity_get", "{\"id\":\"opp_" + customer + "\",\"fields\":[\"id\",\"amount\"]}");
    }

    private WireClient.Reply caseRead(String customer) {
        return agent(Ask.as("support-triage", "bob", "support-triage").about(customer))
                .call(
                        "case_get",
                        "{\"id\":\"cas_" + customer + "\",\"fields\":[\"id\",\"number\",\"incident_summary\"]}");
    }

    private WireClient.Reply sales(String customer, String body) {
        return mail(
                Ask.as("sales-copilot", "alice", "reach-out").about(customer).with("email:message:send"), body);
    }

    private WireClient.Reply support(String customer, String body) {
        return mail(
                Ask.as("support-triage", "bob", "send-customer-update")
                        .about(customer)
                        .with("email:message:send"),
                body);
    }

    private WireClient.Reply mail(Ask.Token token, String body) {
        return agent(token)
                .call(
                        "mail_send",
                        "{\"values\":{\"to\":[\"" + token.customer()
                                + "@recall.example\"],\"subject\":\"your request\"," + "\"body\":\"" + body + "\"}}");
    }

    private WireClient.Reply hook(String sureness) {
        return agent(Ask.as("analyst", "erin", "review-pipeline").with("hook:event:send"))
                .call(
                        "hook_post",
                        "{\"values\":{\"kind\":\"pipeline-reviewed\",\"summary\":\"The review is done.\"" + sureness
                                + "}}");
    }

    @Test
    @Requirement("S2-14")
    void a_value_that_was_masked_or_taken_out_is_not_repeated_in_a_later_session() {
        // Given
        WireClient.Reply amount = amountRead(ACCOUNT);
        WireClient.Reply text = caseRead(ACCOUNT);

        // When
        List<WireClient.Reply> repeats = List.of(
                sales(ACCOUNT, "The renewal is about 48,350.75 for you."),
                sales(ACCOUNT, "The renewal is about 48.350,75 for you."),
                support(ACCOUNT, "Type 48 29-13 to get in."));
        List<WireClient.Reply> unread = List.of(
                sales(OTHER, "The renewal is about 48,350.75 for you."), support(OTHER, "Type 48 29-13 to get in."));

        // Then
        assertThat(amount.passed()).as(amount.text()).isTrue();
        assertThat(amount.text()).doesNotContain("48350");
        assertThat(text.text()).contains("[verification code removed]").doesNotContain(CODE);
        assertThat(repeats).allSatisfy(reply -> {
            assertThat(Desk.code(reply)).as(reply.text()).isEqualTo("denied");
            assertThat(reply.text()).contains("withheld-value");
        });
        assertThat(unread).noneSatisfy(reply -> assertThat(reply.text()).contains("withheld-value"));
        assertThat(outside.mails())
                .allSatisfy(mail -> assertThat(mail.recipients()).containsExactly(OTHER + "@recall.example"));
    }

    @Test
    @Requirement("S2-14")
    void what_nobody_showed_and_nobody_asked_about_goes_to_a_person() {
        // Given
        caseRead(ACCOUNT);

        // When
        List<WireClient.Reply> grounded = List.of(
                support(ACCOUNT, "Case CASE-77310: it came on 12 November 2026 and cost EUR 1204.50."),
                support(ACCOUNT, "In case 77310 we looked at your Harbour Line router."),
                mail(
                        Ask.as("support-triage", "bob", "send-customer-update")
                                .about(ACCOUNT)
                                .with("email:message:send")
                                .asking(
                                        "Mail " + ACCOUNT + "@recall.example that their reference is PX99-4410.",
                                        "task-asked"),
                        "Your reference is PX99-4410."));
        List<WireClient.Reply> doubted = List.of(
                support(ACCOUNT, "It cost EUR 1240.50."),
                support(ACCOUNT, "It came on 13 November 2026."),
                support(ACCOUNT, "This is about CASE-77311."),
                support(ACCOUNT, "We looked at your Silver Anchor router."));

        // Then
        assertThat(grounded)
                .allSatisfy(reply -> assertThat(reply.passed()).as(reply.text()).isTrue());
        assertThat(doubted).allSatisfy(reply -> {
            assertThat(Desk.code(reply)).as(reply.text()).isEqualTo("approval_pending");
            assertThat(reply.text()).contains("ungrounded");
        });
        assertThat(outside.mails()).hasSize(3);
    }

    @Test
    @Requirement("S2-14")
    void an_agent_that_is_not_sure_enough_or_does_not_say_needs_a_person() {
        // When
        WireClient.Reply sure = hook(",\"sureness\":0.9");
        WireClient.Reply unsure = hook(",\"sureness\":0.5");
        WireClient.Reply silent = hook("");

        // Then
        assertThat(sure.passed()).as(sure.text()).isTrue();
        assertThat(List.of(unsure, silent)).allSatisfy(reply -> {
            assertThat(Desk.code(reply)).as(reply.text()).isEqualTo("approval_pending");
            assertThat(reply.text()).contains("low-confidence");
        });
        assertThat(outside.partner().heard()).hasSize(1);
    }

    @Test
    @Requirement("S2-14")
    void what_was_withheld_is_remembered_without_being_kept() throws IOException {
        // Given
        amountRead(ACCOUNT);
        caseRead(ACCOUNT);

        // When
        long rows = desk.store()
                .read(session -> session.query("select count(*) as held from flow_print"))
                .getFirst()
                .number("held");
        List<String> columns =
                desk.store().read(session -> session.query("select about, word, id, prints from flow_print")).stream()
                        .map(row -> row.text("about")
                                + row.text("word")
                                + row.text("id")
                                + new String(row.bytes("prints"), StandardCharsets.ISO_8859_1))
                        .toList();

        // Then
        assertThat(rows).isPositive();
        assertThat(columns).noneMatch(row -> row.contains(CODE) || row.contains("48350") || row.contains(ACCOUNT));
        try (Stream<Path> log = Files.walk(data.resolve("log"))) {
            for (Path file : log.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(CODE);
            }
        }
    }
}
