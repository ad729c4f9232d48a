// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogCapture;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.Plant;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An agent that sees handles and no addresses writes to people, and a real mail server says who got what.
class HandledMailsTest {
    private static final String ADDRESS = "ada.canary@engines.example";
    private static final String FORM = "tgh_[A-Za-z0-9_-]{24}";

    private final MovingClock clock = new MovingClock();
    private final Outside outside = new Outside();
    private GatewayUnderTest gateway;

    @BeforeEach
    void start(@TempDir Path data) {
        GatewayUnderTest.seed(data, clock, store -> {
            Plant ours = new Plant(store, clock.instant().minus(Duration.ofDays(3)));
            plant(ours, "ours");
            plant(ours.with("tenant_id", "globex").with("owner_id", "usr_101"), "theirs");
        });
        gateway = GatewayUnderTest.start(outside.connected(GatewayUnderTest.embedded(data)), clock);
    }

    private static void plant(Plant plant, String whose) {
        plant.record("account", "acc_" + whose, Map.of("name", whose, "status", "active"));
        for (String number : List.of("1", "2")) {
            plant.record(
                    "contact",
                    "con_" + whose + number,
                    Map.of("account_id", "acc_" + whose, "name", "Ada Byron", "email", ADDRESS));
        }
    }

    @AfterEach
    void stop() {
        gateway.close();
        outside.close();
    }

    private WireClient.Reply call(String user, String task, String tool, String arguments) {
        Ask.Token token = Ask.as("sales-copilot", user, "reach-out").with("crm:contact:read", "email:message:send");
        try (WireClient agent = gateway.agent(new Ask.Token(
                token.agent(), user, token.workflow(), "", token.scopes(), task, "session of " + task, token.life()))) {
            return agent.call(tool, arguments);
        }
    }

    private WireClient.Reply read(String user, String task, String contact) {
        return call(user, task, "contact_get", "{\"id\":\"" + contact + "\",\"fields\":[\"id\",\"email\"]}");
    }

    private String handle(String user, String task, String contact) {
        return read(user, task, contact)
                .structured()
                .at("/records/0/values/email")
                .asString("");
    }

    private WireClient.Reply mail(String user, String task, String to, String body) {
        return call(
                user,
                task,
                "mail_send",
                "{\"values\":{\"to\":[\"" + to + "\"],\"subject\":\"hello\",\"body\":\"" + body + "\"}}");
    }

    @Test
    @Requirement({"B-6", "S0-37"})
    void a_mail_to_a_handle_arrives_and_neither_agent_nor_log_ever_holds_the_address() {
        try (LogCapture logs = new LogCapture()) {
            // Given
            WireClient.Reply read = read("alice", "task-a", "con_ours1");
            String handle = read.structured().at("/records/0/values/email").asString("");
            assertThat(handle).matches(FORM);
            assertThat(read.structured().at("/records/0/tags/email/view").asString(""))
                    .isEqualTo("handle");

            // When
            WireClient.Reply sent = mail("alice", "task-a", handle, "let us talk, " + handle);

            // Then
            assertThat(sent.passed()).as(sent.text()).isTrue();
            assertThat(outside.mails()).singleElement().satisfies(mail -> {
                assertThat(mail.recipients()).containsExactly(ADDRESS);
                assertThat(mail.body()).as("a body resolves nothing").contains(handle);
                assertThat(mail.body()).doesNotContain(ADDRESS);
            });
            assertThat(read.wire() + sent.wire()).doesNotContain("ada.canary");
            assertThat(String.join("\n", LogEntries.of(gateway).texts())).doesNotContain("ada.canary");
            assertThat(logs.text()).doesNotContain("ada.canary");
        }
    }

    @Test
    @Requirement("B-6")
    void equal_addresses_have_equal_handles_in_a_task_and_never_across_tasks_or_tenants() {
        // When
        String one = handle("alice", "task-a", "con_ours1");
        String two = handle("alice", "task-a", "con_ours2");
        String task = handle("alice", "task-b", "con_ours1");
        String tenant = handle("mallory", "task-a", "con_theirs1");

        // Then
        assertThat(one).matches(FORM).isEqualTo(two);
        assertThat(task).matches(FORM).isNotEqualTo(one);
        assertThat(tenant).matches(FORM).isNotEqualTo(one).isNotEqualTo(task);
    }

    @Test
    @Requirement("B-6")
    void in_another_task_another_tenant_or_after_its_time_it_does_not_resolve() {
        // Given
        String handle = handle("alice", "task-a", "con_ours1");

        // When
        WireClient.Reply task = mail("alice", "task-b", handle, "hello");
        WireClient.Reply tenant = mail("mallory", "task-a", handle, "hello");
        WireClient.Reply invented = mail("alice", "task-a", "tgh_" + "A".repeat(24), "hello");
        clock.advance(Duration.ofHours(13));
        WireClient.Reply late = mail("alice", "task-a", handle, "hello");

        // Then
        assertThat(List.of(task, tenant, invented, late))
                .allSatisfy(reply -> assertThat(Desk.code(reply)).isEqualTo("not_found"));
        assertThat(outside.mails()).isEmpty();
    }

    @Test
    @Requirement("B-6")
    void in_a_webhook_and_in_a_note_it_stays_what_it_is() {
        // Given
        String handle = handle("alice", "task-a", "con_ours1");

        // When
        WireClient.Reply post;
        try (WireClient analyst =
                gateway.agent(Ask.as("analyst", "erin", "review-pipeline").with("hook:event:send"))) {
            post = analyst.call(
                    "hook_post", "{\"values\":{\"kind\":\"pipeline-reviewed\",\"summary\":\"" + handle + "\"}}");
        }
        WireClient.Reply note;
        try (WireClient triage = gateway.agent(
                Ask.as("support-triage", "bob", "support-triage").with("crm:case:read", "crm:case:write"))) {
            note = triage.call(
                    "case_update",
                    "{\"id\":\"cas_000001\",\"values\":{\"customer_message_draft\":\"" + handle + "\"}}");
        }

        // Then
        assertThat(post.passed()).as(post.text()).isTrue();
        assertThat(outside.partner().only().body()).contains(handle).doesNotContain("ada.canary");
        assertThat(note.passed()).as(note.text()).isTrue();
        assertThat(note.structured()
                        .at("/records/0/values/customer_message_draft")
                        .asString(""))
                .isEqualTo(handle);
    }
}
