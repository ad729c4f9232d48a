// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Agents over MCP whose messages say too much or what is not so, and real servers that say what arrived.
class InspectedMessagesTest {
    private static final String ACCOUNT = "acc_000001";
    private static final String CANARY = "ghp_R4bT9kLm2NqX7vYz3WcD8sFgHj5Kp6Qe1UaB";

    /// What each class looks like, and the word by which it is refused.
    private static final Map<String, String> BLOCKED = Map.of(
            "The key is " + CANARY + " as you asked.",
            "secret",
            "Your verification code is 937174.",
            "one-time-code",
            "His account is DE89 3704 0044 0532 0130 00 now.",
            "personal-data",
            "Please send us your password so that we can help.",
            "credential-request");

    private final Outside outside = new Outside();
    private final Desk desk;
    private final String contact;
    private int tasks;

    InspectedMessagesTest(@TempDir Path data) {
        desk = new Desk(
                data, GatewayUnderTest.start(outside.connected(GatewayUnderTest.embedded(data)), new MovingClock()));
        contact = desk.store()
                .read(session ->
                        session.one("select min(id) as held from \"demo_contact\" where account_id = ?", ACCOUNT))
                .orElseThrow()
                .text("held");
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
                        Duration.ofMinutes(15)));
    }

    private WireClient.Reply mail(String body) {
        return agent(Ask.as("support-triage", "bob", "send-customer-update")
                        .about(ACCOUNT)
                        .with("email:message:send"))
                .call(
                        "mail_send",
                        "{\"values\":{\"to\":[\"" + desk.crm("contact", contact, "email")
                                + "\"],\"subject\":\"your request\",\"body\":\"" + body + "\"}}");
    }

    private WireClient.Reply post(String text) {
        return agent(Ask.as("support-triage", "bob", "support-triage").with("team:post:send"))
                .call("team_post", "{\"values\":{\"text\":\"" + text + "\"}}");
    }

    private WireClient.Reply hook(String text) {
        return agent(Ask.as("analyst", "erin", "review-pipeline").with("hook:event:send"))
                .call("hook_post", "{\"values\":{\"kind\":\"pipeline-reviewed\",\"summary\":\"" + text + "\"}}");
    }

    /// A refund that the customer asked for and that nobody decided on.
    private String requested() {
        WireClient.Reply made = agent(Ask.as("support-triage", "bob", "request-refund")
                        .about(ACCOUNT)
                        .with("crm:*:*"))
                .call(
                        "refund_request_create",
                        "{\"values\":{\"account_id\":\"" + ACCOUNT + "\",\"order_id\":\"ord_000001\",\"amount\":50,"
                                + "\"currency\":\"EUR\",\"reason\":\"damaged\",\"justification\":\"crushed\"}}");
        assertThat(made.passed()).as(made.text()).isTrue();
        String id = made.structured().at("/records/0/values/id").asString("");
        desk.store()
                .write(session -> session.update(
                        "delete from \"demo_refund_request\" where account_id = ? and id <> ?", ACCOUNT, id));
        return id;
    }

    private void decided(String id, String status) {
        desk.store()
                .write(session ->
                        session.update("update \"demo_refund_request\" set status = ? where id = ?", status, id));
    }

    @Test
    @Requirement("S2-15")
    void a_refund_that_is_only_requested_is_not_said_to_be_approved() {
        // Given
        String id = requested();

        // When
        WireClient.Reply said = mail("Good news. Your refund is approved.");
        WireClient.Reply revised = mail("Good news. Your refund is requested and under review.");
        decided(id, "approved");
        WireClient.Reply later = mail("Good news. Your refund is approved now.");

        // Then
        assertThat(Desk.code(said)).as(said.text()).isEqualTo("approval_pending");
        assertThat(said.text()).contains("unsupported-promise").contains("a revised message may need nobody");
        assertThat(revised.passed()).as(revised.text()).isTrue();
        assertThat(later.passed()).as(later.text()).isTrue();
        assertThat(outside.mails())
                .extracting(Outside.Mail::body)
                .containsExactly(
                        "Good news. Your refund is requested and under review.",
                        "Good news. Your refund is approved now.");
        assertThat(LogEntries.of(desk.gateway()).of("decision"))
                .anySatisfy(entry -> assertThat(
                                entry.at("/ruling/findings/unsupported-promise").asLong(0))
                        .isEqualTo(1));
    }

    @Test
    @Requirement("S2-15")
    void a_person_may_send_what_the_record_does_not_bear_out() {
        // Given
        requested();
        String body = "Your refund is approved.";

        // When
        String id = Desk.pending(mail(body));
        String approved = desk.approve(id, "carol", "revops");
        WireClient.Reply sent = mail(body);

        // Then
        assertThat(approved).isEmpty();
        assertThat(sent.passed()).as(sent.text()).isTrue();
        assertThat(outside.mails())
                .singleElement()
                .satisfies(mail -> assertThat(mail.body()).isEqualTo(body));
    }

    @Test
    @Requirement({"S1-22", "S2-21"})
    void secrets_codes_personal_data_and_requests_for_them_leave_through_no_sink() {
        BLOCKED.forEach((text, word) -> {
            // When
            List<WireClient.Reply> replies = List.of(mail(text), post(text), hook(text));

            // Then
            assertThat(replies).allSatisfy(reply -> {
                assertThat(Desk.code(reply)).as(reply.text()).isEqualTo("denied");
                assertThat(reply.text()).contains(word).doesNotContain(CANARY);
            });
        });
        assertThat(outside.mails()).isEmpty();
        assertThat(outside.partner().heard()).isEmpty();
        assertThat(outside.chat().heard()).isEmpty();
        assertThat(LogEntries.of(desk.gateway()).texts()).noneMatch(entry -> entry.contains(CANARY));
    }

    @Test
    @Requirement("S1-22")
    void prices_wait_for_a_person_at_each_sink() {
        // When
        List<String> codes = List.of(
                Desk.code(mail("Our floor price is 400 EUR.")),
                Desk.code(post("Offer them the partner discount.")),
                Desk.code(hook("They get P A R T N E R 5 0 today.")));

        // Then
        assertThat(codes).containsOnly("approval_pending");
        assertThat(outside.mails()).isEmpty();
        assertThat(outside.partner().heard()).isEmpty();
        assertThat(outside.chat().heard()).isEmpty();
    }

    @Test
    void names_and_ids_are_taken_out_of_what_leaves_the_house() {
        // When
        WireClient.Reply told = hook("The review of opp_000012 is done.");

        // Then
        assertThat(told.passed()).as(told.text()).isTrue();
        assertThat(outside.partner().heard())
                .singleElement()
                .satisfies(heard -> assertThat(heard.body())
                        .contains("The review of [internal identifier removed] is done.")
                        .doesNotContain("opp_000012"));
    }

    @Test
    void tone_guesses_and_commitments_go_to_a_person() {
        // When
        List<WireClient.Reply> replies = List.of(
                mail("You people are pathetic."),
                mail("I think the parcel was lost."),
                mail("We guarantee that it works."));

        // Then
        assertThat(replies)
                .allSatisfy(
                        reply -> assertThat(Desk.code(reply)).as(reply.text()).isEqualTo("approval_pending"));
        assertThat(replies.stream().map(WireClient.Reply::text))
                .satisfiesExactly(
                        tone -> assertThat(tone).contains("tone"),
                        guess -> assertThat(guess).contains("unsure"),
                        commitment -> assertThat(commitment).contains("commitment"));
        List<JsonNode> decisions = LogEntries.of(desk.gateway()).of("decision");
        assertThat(decisions)
                .allSatisfy(entry ->
                        assertThat(entry.at("/ruling/findings").isObject()).isTrue());
        assertThat(outside.mails()).isEmpty();
    }
}
