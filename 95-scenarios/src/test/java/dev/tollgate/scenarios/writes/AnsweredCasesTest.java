// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.Plant;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.store.Store;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Agents over MCP that answer on support cases, and the rows that customers read.
class AnsweredCasesTest {
    private static final String ACCOUNT = "acc_asks";
    private static final String OTHER = "acc_silent";
    private static final String NOTES = "we blame the subcontractor Quillfeather for it";
    private static final String CANARY = "ghp_R4bT9kLm2NqX7vYz3WcD8sFgHj5Kp6Qe1UaB";

    private final Desk desk;
    private final long before;
    private int tasks;

    AnsweredCasesTest(@TempDir Path data) {
        MovingClock clock = new MovingClock();
        GatewayUnderTest.seed(data, clock, store -> plant(store, clock));
        desk = new Desk(data, GatewayUnderTest.start(GatewayUnderTest.embedded(data), clock));
        before = desk.records("case_reply");
    }

    private static void plant(Store store, MovingClock clock) {
        Plant plant = new Plant(store, clock.instant().minus(Duration.ofDays(3)));
        for (String account : List.of(ACCOUNT, OTHER)) {
            plant.record("account", account, Map.of("name", account, "status", "active"))
                    .record("contact", person(account), Map.of("account_id", account, "email", address(account)))
                    .record(
                            "case",
                            "cas_" + account,
                            Map.of(
                                    "account_id",
                                    account,
                                    "contact_id",
                                    person(account),
                                    "status",
                                    "open",
                                    "internal_investigation_notes",
                                    NOTES));
        }
        plant.record("case", "cas_nobody", Map.of("account_id", ACCOUNT, "status", "open"))
                .record("case", "cas_stranger", Map.of("account_id", ACCOUNT, "contact_id", person(OTHER)))
                .with("tenant_id", "globex")
                .record("case", "cas_globex", Map.of("account_id", ACCOUNT, "contact_id", person(ACCOUNT)));
    }

    private static String person(String account) {
        return "con_" + account;
    }

    private static String address(String account) {
        return account + "@post.example";
    }

    @AfterEach
    void stop() {
        desk.close();
    }

    /// An agent in a task of its own.
    private WireClient agent(Ask.Token token) {
        tasks++;
        return desk.gateway().agent(token.in("task-" + tasks, "session-" + tasks));
    }

    private WireClient support() {
        return agent(Ask.as("support-triage", "carol", "send-customer-update")
                .about(ACCOUNT)
                .with("crm:case:read", "crm:case_reply:send"));
    }

    private static WireClient.Reply answer(WireClient agent, String caseId, String body) {
        return answer(agent, "\"case_id\":\"" + caseId + "\",\"body\":\"" + body + "\"");
    }

    private static WireClient.Reply answer(WireClient agent, String values) {
        return agent.call("case_reply_send", "{\"values\":{" + values + "}}");
    }

    private List<Store.Record> answers() {
        return desk.store()
                .read(session -> session.query(
                        "select contact_id, sent_to, body, tenant_id from demo_case_reply where sent_to is not null"));
    }

    private void nothingLeft() {
        assertThat(desk.records("case_reply")).isEqualTo(before);
    }

    @Test
    @Requirement({"S1-21", "S1-24"})
    void an_answer_reaches_the_person_who_asked_and_the_agent_learns_no_address() {
        // When
        WireClient agent = support();
        WireClient.Reply read = agent.call("case_get", "{\"id\":\"cas_" + ACCOUNT + "\"}");
        WireClient.Reply sent = answer(agent, "cas_" + ACCOUNT, "it is solved");

        // Then
        assertThat(read.passed()).as(read.text()).isTrue();
        assertThat(sent.passed()).as(sent.text()).isTrue();
        assertThat(sent.structured().at("/records/0/values/id").asString("")).startsWith("rep_");
        assertThat(read.wire() + sent.wire()).doesNotContain(address(ACCOUNT), NOTES);
        assertThat(answers()).singleElement().satisfies(row -> {
            assertThat(row.text("contact_id")).isEqualTo(person(ACCOUNT));
            assertThat(row.text("sent_to")).isEqualTo(address(ACCOUNT));
            assertThat(row.text("body")).isEqualTo("it is solved");
            assertThat(row.text("tenant_id")).isEqualTo("acme");
        });
        assertThat(LogEntries.of(desk.gateway()).of("decision"))
                .anySatisfy(entry -> assertThat(entry.toString())
                        .contains("\"destination\":\"case-reply\"")
                        .contains("answer-on-the-case"));
    }

    @Test
    @Requirement("S1-24")
    void nobody_else_can_be_named() {
        // When
        List<WireClient.Reply> named = Stream.of("sent_to", "contact_id", "account_id", "tenant_id", "to")
                .map(field -> answer(
                        support(),
                        "\"case_id\":\"cas_" + ACCOUNT + "\",\"body\":\"hello\",\"" + field + "\":\"" + address(OTHER)
                                + "\""))
                .toList();

        // Then
        assertThat(named).allSatisfy(reply -> assertThat(Desk.code(reply)).isEqualTo("malformed"));
        nothingLeft();
    }

    @Test
    @Requirement("S1-24")
    void a_case_of_others_or_one_that_nobody_asked_on_is_not_there() {
        // When
        List<WireClient.Reply> refused = Stream.of(
                        "cas_999999", "cas_" + OTHER, "cas_globex", "cas_nobody", "cas_stranger")
                .map(id -> answer(support(), id, "hello"))
                .toList();
        WireClient.Reply elsewhere = answer(
                agent(Ask.as("support-triage", "carol", "send-customer-update")
                        .about(ACCOUNT)
                        .on("cas_nobody")
                        .with("crm:case_reply:send")),
                "cas_" + ACCOUNT,
                "hello");

        // Then
        assertThat(refused).extracting(Desk::code).containsOnly("not_found");
        assertThat(refused.stream().map(WireClient.Reply::text).distinct()).hasSize(1);
        assertThat(Desk.code(elsewhere)).as("a task on another case").isEqualTo("not_found");
        nothingLeft();
    }

    @Test
    @Requirement("S1-21")
    void who_may_draft_an_answer_may_not_send_it() {
        // Given
        WireClient drafts = agent(Ask.as("support-triage", "carol", "support-triage")
                .with("crm:case:read", "crm:case:write", "crm:case_reply:send"));
        WireClient scoped = agent(Ask.as("support-triage", "carol", "send-customer-update")
                .about(ACCOUNT)
                .with("crm:case:read", "crm:case:write"));

        // When
        WireClient.Reply draft = drafts.call(
                "case_update",
                "{\"id\":\"cas_" + ACCOUNT + "\",\"values\":{\"customer_message_draft\":\"it is solved\"}}");
        List<WireClient.Reply> sent = Stream.of(drafts, scoped)
                .map(agent -> answer(agent, "cas_" + ACCOUNT, "it is solved"))
                .toList();

        // Then
        assertThat(draft.passed()).as(draft.text()).isTrue();
        assertThat(sent).noneMatch(WireClient.Reply::passed);
        nothingLeft();
    }

    @Test
    @Requirement({"S1-22", "S2-21"})
    void an_answer_is_read_like_a_mail_before_it_leaves() {
        // Given
        Map<String, String> blocked = Map.of(
                "The key is " + CANARY + " as you asked.",
                "secret",
                "His account is DE89 3704 0044 0532 0130 00 now.",
                "personal-data",
                "Please send us your password so that we can help.",
                "credential-request");

        blocked.forEach((text, word) -> {
            // When
            WireClient.Reply reply = answer(support(), "cas_" + ACCOUNT, text);

            // Then
            assertThat(Desk.code(reply)).as(reply.text()).isEqualTo("denied");
            assertThat(reply.text()).contains(word).doesNotContain(CANARY);
        });
        assertThat(Desk.code(answer(support(), "cas_" + ACCOUNT, "Our floor price is 400 EUR.")))
                .isEqualTo("approval_pending");
        nothingLeft();
        assertThat(LogEntries.of(desk.gateway()).texts()).noneMatch(entry -> entry.contains(CANARY));
    }

    @Test
    @Requirement({"S1-22", "S0-25"})
    void whoever_was_shown_internal_notes_answers_no_customer() {
        // Given
        WireClient review = agent(Ask.as("support-triage", "carol", "review-incident")
                .about(ACCOUNT)
                .with("crm:case:read"));
        WireClient.Reply shown = review.call(
                "case_get", "{\"id\":\"cas_" + ACCOUNT + "\",\"fields\":[\"internal_investigation_notes\"]}");

        // When
        WireClient.Reply quoted = answer(support(), "cas_" + ACCOUNT, "Sorry: " + NOTES);
        WireClient.Reply plain = answer(support(), "cas_" + ACCOUNT, "it is solved");

        // Then
        assertThat(shown.text())
                .as("the audience of incident reviews reads them")
                .contains(NOTES);
        assertThat(List.of(quoted, plain)).extracting(Desk::code).containsOnly("denied");
        assertThat(plain.text()).contains("restricted-stays-in-the-house");
        nothingLeft();
    }

    @Test
    void an_answer_under_a_key_is_given_once() {
        // Given
        WireClient agent = support();
        String call = "{\"values\":{\"case_id\":\"cas_" + ACCOUNT
                + "\",\"body\":\"it is solved\"},\"idempotency_key\":\"case-7\"}";

        // When
        WireClient.Reply first = agent.call("case_reply_send", call);
        WireClient.Reply second = agent.call("case_reply_send", call);

        // Then
        assertThat(first.passed()).as(first.text()).isTrue();
        assertThat(second.structured().at("/repeated/record").asString(""))
                .isEqualTo(first.structured().at("/records/0/values/id").asString(""));
        assertThat(answers()).hasSize(1);
    }
}
