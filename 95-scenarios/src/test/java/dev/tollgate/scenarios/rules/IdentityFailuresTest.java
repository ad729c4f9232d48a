// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Failures of identity that other set-ups have: each is tried at the door, and each is a no.
class IdentityFailuresTest {
    private static final String ACCOUNT = "{\"id\":\"acc_000001\",\"fields\":[\"id\",\"name\"]}";

    private final GatewayUnderTest gateway;

    @TempDir
    private Path elsewhere;

    IdentityFailuresTest(@TempDir Path data) {
        gateway = GatewayUnderTest.start(data);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private WireClient.Reply call(Ask.Token token, String tool, String arguments) {
        try (WireClient agent = gateway.agent(token)) {
            return agent.call(tool, arguments);
        }
    }

    private static boolean unknown(WireClient.Reply reply) {
        return reply.errorCode() == -32602
                && reply.message().at("/error/message").asString("").contains("nknown tool");
    }

    @Test
    @Requirement({"S2-2", "S4-10"})
    void a_key_that_opens_everything_opens_what_its_workflow_needs() {
        // Given
        Ask.Token broad = Ask.as("delivery-assistant", "bob", "respond-delivery-status")
                .with("crm:*:read", "crm:*:write", "crm:*:create")
                .about("acc_000001");

        // When
        WireClient.Reply contact = call(broad, "contact_search", "{\"fields\":[\"id\",\"email\"]}");
        WireClient.Reply refund = call(broad, "refund_request_create", "{\"values\":{\"amount\":10}}");
        WireClient.Reply orders = call(broad, "order_search", "{\"fields\":[\"id\",\"status\"]}");

        // Then
        assertThat(unknown(contact)).as(contact.wire()).isTrue();
        assertThat(unknown(refund)).as(refund.wire()).isTrue();
        assertThat(orders.passed()).as(orders.text()).isTrue();
    }

    @Test
    @Requirement("S2-2")
    void a_call_that_names_no_case_is_refused_and_one_that_does_is_in_the_log_with_it() {
        // Given
        Ask.Token token = Ask.as("delivery-assistant", "bob", "respond-delivery-status");

        // When
        WireClient.Reply alone = call(token, "order_search", "{\"fields\":[\"id\",\"status\"]}");
        WireClient.Reply about = call(token.about("acc_000001"), "order_search", "{\"fields\":[\"id\",\"status\"]}");

        // Then
        assertThat(alone.passed()).isFalse();
        assertThat(about.passed()).as(about.text()).isTrue();
        JsonNode decision = LogEntries.of(gateway).of("decision").getLast();
        assertThat(decision.at("/caller/task").asString("")).isEqualTo("task-1");
        assertThat(decision.at("/caller/user").asString("")).isEqualTo("bob");
    }

    @Test
    @Requirement("S2-2")
    void an_agent_does_for_a_person_what_that_person_may_have_done_and_for_nobody_else() {
        // When
        WireClient.Reply lead = call(
                Ask.as("support-triage", "carol", "review-incident").with("crm:note:read"),
                "note_search",
                "{\"fields\":[\"id\",\"body\"],\"limit\":1}");
        WireClient.Reply rep = call(
                Ask.as("support-triage", "bob", "review-incident").with("crm:note:read"),
                "note_search",
                "{\"fields\":[\"id\",\"body\"],\"limit\":1}");
        WireClient.Reply stranger = call(Ask.as("support-triage", "alice", "support-triage"), "account_get", ACCOUNT);
        WireClient.Reply tenant = call(Ask.as("sales-copilot", "mallory", "look-around"), "account_get", ACCOUNT);

        // Then
        assertThat(lead.passed()).as(lead.text()).isTrue();
        String body =
                lead.structured().path("records").path(0).at("/values/body").asString("");
        assertThat(body).isNotBlank();
        assertThat(rep.wire()).doesNotContain(body);
        assertThat(stranger.exchange().status()).isEqualTo(401);
        assertThat(tenant.passed()).isFalse();
        assertThat(tenant.message()
                        .at("/result/_meta/dev.tollgate~1refusal/code")
                        .asString(""))
                .isEqualTo("not_found");
    }

    @Test
    @Requirement("S2-2")
    void a_credential_of_another_environment_is_worth_nothing_here() {
        try (GatewayUnderTest staging = GatewayUnderTest.start(elsewhere)) {
            // Given
            String token = staging.bearer(Ask.as("sales-copilot", "alice", "look-around"));
            try (WireClient there = new WireClient(staging.port(), token);
                    WireClient here = new WireClient(gateway.port(), token)) {
                // When
                WireClient.Reply at = there.call("account_get", ACCOUNT);
                WireClient.Reply other = here.call("account_get", ACCOUNT);

                // Then
                assertThat(at.passed()).as(at.text()).isTrue();
                assertThat(other.exchange().status()).isEqualTo(401);
            }
        }
    }

    @Test
    @Requirement("S4-10")
    void each_type_of_agent_is_an_account_of_its_own_that_reads_and_writes_apart_and_never_acts_as_a_person() {
        // When
        WireClient.Reply asPerson =
                call(Ask.as("erin", "erin", "enrich-leads"), "lead_search", "{\"fields\":[\"id\"]}");
        Ask.Token reads = Ask.as("enrichment-agent", "erin", "enrich-leads").with("crm:lead:read");
        WireClient.Reply leads = call(reads, "lead_search", "{\"fields\":[\"id\",\"company\"],\"limit\":1}");
        String lead =
                leads.structured().path("records").path(0).at("/values/id").asString("");
        WireClient.Reply written =
                call(reads, "lead_update", "{\"id\":\"" + lead + "\",\"values\":{\"fit_score\":80}}");
        WireClient.Reply mail = call(
                Ask.as("enrichment-agent", "erin", "enrich-leads").with("crm:lead:read", "mail:message:send"),
                "mail_send",
                "{\"values\":{}}");
        WireClient.Reply outreach = call(
                Ask.as("outreach-agent", "alice", "enrich-leads").with("crm:lead:read"),
                "lead_search",
                "{\"fields\":[\"id\"]}");

        // Then
        assertThat(asPerson.exchange().status()).isEqualTo(401);
        assertThat(leads.passed()).as(leads.text()).isTrue();
        assertThat(unknown(written)).as(written.wire()).isTrue();
        assertThat(unknown(mail)).as(mail.wire()).isTrue();
        assertThat(outreach.exchange().status()).isEqualTo(401);
    }
}
