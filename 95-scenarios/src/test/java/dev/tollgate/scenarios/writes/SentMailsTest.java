// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.governance.approval.Approval;
import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Agents over MCP that send mail, and a real mail server that says what arrived.
class SentMailsTest {
    private static final String CONTACT = "con_000001";
    private static final String OTHER = "con_000400";

    private final Outside outside = new Outside();
    private final Desk desk;
    private int tasks;

    SentMailsTest(@TempDir Path data) {
        desk = new Desk(
                data, GatewayUnderTest.start(outside.connected(GatewayUnderTest.embedded(data)), new MovingClock()));
    }

    @AfterEach
    void stop() {
        desk.close();
        outside.close();
    }

    private String address(String contact) {
        return desk.crm("contact", contact, "email");
    }

    /// An agent in a task of its own.
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

    private WireClient support() {
        return agent(Ask.as("support-triage", "bob", "send-customer-update")
                .about(desk.crm("contact", CONTACT, "account_id"))
                .with("email:message:send"));
    }

    private WireClient sales() {
        return agent(Ask.as("sales-copilot", "alice", "reach-out").with("email:message:send"));
    }

    private static WireClient.Reply mail(WireClient agent, String to, String body) {
        return mail(agent, to, body, "");
    }

    private static WireClient.Reply mail(WireClient agent, String to, String body, String more) {
        return agent.call(
                "mail_send",
                "{\"values\":{\"to\":[\"" + to + "\"],\"subject\":\"your case\",\"body\":\"" + body + "\"}" + more
                        + "}");
    }

    @Test
    @Requirement("S1-24")
    void a_customer_on_file_is_written_to_and_an_arbitrary_address_is_not() {
        // When
        WireClient.Reply known = mail(support(), address(CONTACT), "it is solved");
        List<String> refused = Stream.of("eve@evil.example", address(OTHER), "service@acme.example")
                .map(to -> Desk.code(mail(support(), to, "it is solved")))
                .toList();

        // Then
        assertThat(known.passed()).as(known.text()).isTrue();
        assertThat(refused).containsOnly("denied");
        assertThat(outside.mails()).singleElement().satisfies(mail -> {
            assertThat(mail.recipients()).containsExactly(address(CONTACT));
            assertThat(mail.subject()).isEqualTo("your case");
            assertThat(mail.body()).isEqualTo("it is solved");
        });
        assertThat(known.structured().at("/records/0/values/id").asString("")).endsWith("@acme.example>");
    }

    @Test
    @Requirement("S1-24")
    void a_customer_named_by_a_record_is_written_to_and_the_agent_learns_no_address() {
        // When
        WireClient.Reply own = mail(support(), "contact:" + CONTACT, "it is solved");
        List<String> refused = Stream.of("contact:" + OTHER, "contact:con_999999")
                .map(to -> Desk.code(mail(support(), to, "it is solved")))
                .toList();

        // Then
        assertThat(own.passed()).as(own.text()).isTrue();
        assertThat(own.wire()).doesNotContain(address(CONTACT));
        assertThat(refused).containsOnly("not_found");
        assertThat(outside.mails())
                .singleElement()
                .satisfies(mail -> assertThat(mail.recipients()).containsExactly(address(CONTACT)));
    }

    @Test
    @Requirement("S1-24")
    void a_recipient_that_hides_another_is_malformed_and_nothing_is_looked_up_or_sent() {
        // Given
        String known = address(CONTACT);

        // When
        List<WireClient.Reply> replies = Stream.of(
                        known + "\\r\\nBcc: eve@evil.example",
                        "Ada <" + known + ">",
                        "\\\"" + known + "\\\"@evil.example",
                        known + "(eve@evil.example)",
                        "all:" + known + ",eve@evil.example;",
                        known + ",eve@evil.example",
                        "\\u202e" + known)
                .map(to -> mail(support(), to, "it is solved"))
                .toList();
        WireClient.Reply subject = support()
                .call(
                        "mail_send",
                        "{\"values\":{\"to\":[\"" + known
                                + "\"],\"subject\":\"a\\r\\nBcc: eve@evil.example\",\"body\":\"b\"}}");

        // Then
        assertThat(replies).allSatisfy(reply -> assertThat(Desk.code(reply)).isEqualTo("malformed"));
        assertThat(replies).allSatisfy(reply -> assertThat(reply.wire()).doesNotContain("evil"));
        assertThat(Desk.code(subject)).isEqualTo("malformed");
        assertThat(outside.mails()).isEmpty();
        assertThat(LogEntries.of(desk.gateway()).of("examined")).isEmpty();
    }

    @Test
    @Requirement("S4-24")
    void a_net_new_domain_waits_for_a_person_and_then_exactly_that_mail_arrives_once() {
        // Given
        WireClient agent = sales();

        // When
        String id = Desk.pending(mail(agent, "ceo@net-new.example", "let us talk"));
        Approval waiting = desk.waiting(id);
        int before = outside.mails().size();
        String approved = desk.approve(id, "dana", "sales-lead");
        String edited = Desk.pending(mail(agent, "ceo@net-new.example", "let us talk now"));
        String elsewhere = Desk.pending(mail(agent, "cfo@net-new.example", "let us talk"));
        int after = outside.mails().size();
        WireClient.Reply sent = mail(agent, "ceo@net-new.example", "let us talk");
        String again = Desk.pending(mail(agent, "ceo@net-new.example", "let us talk"));

        // Then
        assertThat(waiting.change().after())
                .containsEntry("to", Value.texts(List.of("ceo@net-new.example")))
                .containsEntry("subject", Value.of("your case"))
                .containsEntry("body", Value.of("let us talk"));
        assertThat(waiting.change().reversibility()).isEqualTo("irreversible");
        assertThat(waiting.change().target().destination()).isEqualTo("customer-mail");
        assertThat(approved).isEmpty();
        assertThat(List.of(id, edited, elsewhere, again)).doesNotHaveDuplicates();
        assertThat(List.of(before, after)).containsOnly(0);
        assertThat(sent.passed()).as(sent.text()).isTrue();
        assertThat(outside.mails()).singleElement().satisfies(mail -> {
            assertThat(mail.recipients()).containsExactly("ceo@net-new.example");
            assertThat(mail.body()).isEqualTo("let us talk");
        });
    }

    @Test
    @Requirement("S4-24")
    void who_is_on_file_waits_for_nobody_and_somebody_new_at_a_known_company_does() {
        // Given
        String known = address(CONTACT);

        // When
        WireClient.Reply onFile = mail(sales(), known, "hello");
        WireClient.Reply house = mail(sales(), "dana@acme.example", "hello");
        WireClient.Reply fresh = mail(sales(), "somebody-new" + known.substring(known.indexOf('@')), "hello");

        // Then
        assertThat(onFile.passed()).as(onFile.text()).isTrue();
        assertThat(house.passed()).as(house.text()).isTrue();
        assertThat(desk.waiting(Desk.pending(fresh)).demand().rule().value()).isEqualTo("new-person-with-approval");
        assertThat(outside.mails()).hasSize(2);
    }

    @Test
    @Requirement("S1-21")
    void who_may_draft_may_not_send() {
        // Given
        WireClient drafts = agent(Ask.as("support-triage", "bob", "support-triage")
                .with("crm:case:read", "crm:case:write", "email:message:send"));
        WireClient scoped = agent(Ask.as("support-triage", "bob", "send-customer-update")
                .about(desk.crm("contact", CONTACT, "account_id"))
                .with("crm:case:read", "crm:case:write"));

        // When
        WireClient.Reply draft = drafts.call(
                "case_update", "{\"id\":\"cas_000002\",\"values\":{\"customer_message_draft\":\"it is solved\"}}");
        List<WireClient.Reply> sent = Stream.of(drafts, scoped)
                .map(agent -> mail(agent, address(CONTACT), "it is solved"))
                .toList();

        // Then
        assertThat(draft.passed()).as(draft.text()).isTrue();
        assertThat(desk.crm("case", "cas_000002", "customer_message_draft")).isEqualTo("it is solved");
        assertThat(sent).noneMatch(WireClient.Reply::passed);
        assertThat(names(drafts)).contains("case_update").doesNotContain("mail_send");
        assertThat(names(scoped)).doesNotContain("mail_send");
        assertThat(names(support())).contains("mail_send");
        assertThat(outside.mails()).isEmpty();
    }

    private static List<String> names(WireClient agent) {
        return agent.tools().stream()
                .map(tool -> tool.path("name").asString(""))
                .toList();
    }

    @Test
    void a_mail_under_a_key_arrives_once_and_its_log_holds_no_word_of_it() {
        // Given
        WireClient agent = support();
        String key = ",\"idempotency_key\":\"case-7\"";

        // When
        WireClient.Reply first = mail(agent, address(CONTACT), "zebra crossing", key);
        WireClient.Reply second = mail(agent, address(CONTACT), "zebra crossing", key);

        // Then
        String id = first.structured().at("/records/0/values/id").asString("");
        assertThat(second.structured().at("/repeated/record").asString("")).isEqualTo(id);
        assertThat(outside.mails()).hasSize(1);
        LogEntries log = LogEntries.of(desk.gateway());
        assertThat(log.of("examined"))
                .as("the address was looked up, under an entry of its own")
                .isNotEmpty();
        assertThat(log.of("decision"))
                .anySatisfy(entry -> assertThat(entry.toString())
                        .contains("\"destination\":\"customer-mail\"")
                        .contains("update-to-customer-on-file"));
        assertThat(log.texts())
                .allSatisfy(entry -> assertThat(entry).doesNotContain("zebra").doesNotContain(address(CONTACT)));
    }

    @Test
    void a_mail_server_that_is_away_is_told_and_the_mail_can_be_tried_again() {
        // Given
        String key = ",\"idempotency_key\":\"case-8\"";
        outside.stopPost();

        // When
        WireClient.Reply away = mail(support(), address(CONTACT), "it is solved", key);

        // Then
        assertThat(Desk.code(away)).isEqualTo("upstream_failed");
        assertThat(away.text()).contains("unreachable").doesNotContain("127.0.0.1");
    }
}
