// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.Plant;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoriesTest {
    private static final String ESCALATION = "Zorro threatened to leave over the outage";
    private static final String BODY = "Hi, as I told you in confidence my divorce is through";
    private static final String INVESTIGATION = "Root cause is the leaked admin password of the vendor";
    private static final String CARD = "visa ending 4242";

    private final MovingClock clock = new MovingClock();
    private final GatewayUnderTest gateway;

    StoriesTest(@TempDir Path data) {
        GatewayUnderTest.seed(
                data, clock, store -> plant(new Plant(store, clock.instant().minus(Duration.ofDays(3)))));
        gateway = GatewayUnderTest.start(GatewayUnderTest.embedded(data), clock);
    }

    private static void plant(Plant plant) {
        plant.record(
                        "account",
                        "acc_story",
                        Map.of(
                                "name", "Story Ltd",
                                "industry", "retail",
                                "website", "https://story.example",
                                "status", "active",
                                "escalation_summary", ESCALATION,
                                "billing_email", "billing@story.example",
                                "outstanding_balance", 1_234_500L,
                                "contract_terms", "thirty days net"))
                .record(
                        "contact",
                        "con_story",
                        Map.of(
                                "account_id", "acc_story",
                                "name", "Paula Story",
                                "email", "paula.story@story.example",
                                "phone", "+49 30 1234567",
                                "birth_date", "1980-02-03",
                                "medical_note", "recovering from surgery",
                                "risk_note", ESCALATION))
                .record(
                        "activity",
                        "act_story",
                        Map.of(
                                "account_id", "acc_story",
                                "contact_id", "con_story",
                                "kind", "call",
                                "subject", "Renewal",
                                "summary", "Wants a quote for fifty seats by June",
                                "body", BODY))
                .record("note", "not_story", Map.of("account_id", "acc_story", "title", "Careful", "body", ESCALATION))
                .record(
                        "case",
                        "cas_story",
                        Map.of(
                                "number", "C-9001",
                                "account_id", "acc_story",
                                "contact_id", "con_story",
                                "subject", "Console does not load",
                                "status", "open",
                                "incident_summary", "Console failed for two hours after the update",
                                "safe_steps", "Clear the cache and sign in again",
                                "internal_investigation_notes", INVESTIGATION))
                .record("invoice", "inv_story", Map.of("account_id", "acc_story", "number", "I-9001"));
        plantOrders(plant);
    }

    private static void plantOrders(Plant plant) {
        plant.record(
                        "order",
                        "ord_story",
                        Map.of(
                                "number", "O-9001",
                                "account_id", "acc_story",
                                "status", "delayed",
                                "carrier", "dhl",
                                "delay_reason", "customs",
                                "total", 9_876_543_210_000L,
                                "payment_method", CARD))
                .record("order", "ord_other", Map.of("number", "O-9002", "account_id", "acc_elsewhere"));
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @Test
    @Requirement({"S0-17", "S0-13", "S0-14", "S4-11"})
    void call_preparation_gets_summaries_and_company_details_and_no_notes() {
        try (WireClient agent = gateway.agent(
                Ask.as("sales-copilot", "alice", "prepare-sales-call").with("crm:*:read", "crm:*:summarize"))) {
            // When
            JsonNode account = record(agent.call(
                    "account_get",
                    "{\"id\":\"acc_story\",\"fields\":[\"name\",\"industry\",\"website\",\"escalation_summary\"]}"));
            JsonNode contact = record(agent.call(
                    "contact_get",
                    "{\"id\":\"con_story\",\"fields\":[\"name\",\"email\",\"phone\",\"birth_date\",\"risk_note\"]}"));
            WireClient.Reply summaries =
                    agent.call("activity_summaries", ofAccount("\"subject\",\"summary\",\"body\""));
            WireClient.Reply notes = agent.call("note_search", ofAccount("\"body\""));

            // Then: the outline is still produced
            List<String> outline = new ArrayList<>();
            outline.add(value(account, "name") + ", " + value(account, "industry"));
            outline.add("with " + value(contact, "name"));
            outline.add(value(record(summaries), "summary"));
            outline.add(value(account, "escalation_summary"));
            assertThat(outline)
                    .containsExactly(
                            "Story Ltd, retail",
                            "with Paula Story",
                            "Wants a quote for fifty seats by June",
                            "internal notes unavailable");
            assertThat(view(contact, "email")).isEqualTo("masked");
            assertThat(view(contact, "phone")).isEqualTo("masked");
            assertThat(view(contact, "birth_date")).isEqualTo("withheld");
            assertThat(view(contact, "risk_note")).isEqualTo("withheld");
            assertThat(view(record(summaries), "body")).isEqualTo("withheld");
            assertThat(notes.structured()
                            .path("records")
                            .path(0)
                            .path("values")
                            .path("body")
                            .asString(""))
                    .isIn("", "internal notes unavailable");
            assertNothingOf(agent, ESCALATION, BODY, "paula.story@story.example", "1234567\"", "1980-02-03");
        }
    }

    @Test
    @Requirement({"S0-23", "S0-13", "S0-14"})
    void an_answer_about_a_delivery_can_never_ask_for_billing() {
        try (WireClient agent = gateway.agent(
                Ask.as("delivery-assistant", "bob", "respond-delivery-status").about("acc_story"))) {
            // When
            JsonNode order = record(agent.call(
                    "order_get", "{\"id\":\"ord_story\",\"fields\":[\"status\",\"carrier\",\"delay_reason\"]}"));
            JsonNode billed = record(agent.call(
                    "order_get", "{\"id\":\"ord_story\",\"fields\":[\"status\",\"total\",\"payment_method\"]}"));
            WireClient.Reply filtered = agent.call(
                    "order_search",
                    "{\"where\":[{\"field\":\"total\",\"comparison\":\"greater\",\"value\":1}],"
                            + "\"fields\":[\"status\"]}");
            WireClient.Reply invoices = agent.call("invoice_search", ofAccount("\"number\""));
            WireClient.Reply invented = agent.call("no_such_tool", "{}");

            // Then
            assertThat(value(order, "status")).isEqualTo("delayed");
            assertThat(value(order, "delay_reason")).isEqualTo("customs");
            assertThat(view(billed, "total")).isEqualTo("withheld");
            assertThat(view(billed, "payment_method")).isEqualTo("withheld");
            assertThat(filtered.passed()).isFalse();
            assertThat(invoices.errorCode()).isEqualTo(-32602).isEqualTo(invented.errorCode());
            assertThat(agent.tools())
                    .extracting(tool -> tool.path("name").asString(""))
                    .noneMatch(name -> name.startsWith("invoice"));
            assertNothingOf(agent, "987654321", CARD, "I-9001");
        }
    }

    @Test
    @Requirement("S3-2")
    void an_answer_about_a_delivery_reads_the_orders_of_its_own_customer_only() {
        try (WireClient agent = gateway.agent(
                Ask.as("delivery-assistant", "bob", "respond-delivery-status").about("acc_story"))) {
            // When
            WireClient.Reply other = agent.call("order_get", "{\"id\":\"ord_other\",\"fields\":[\"status\"]}");
            WireClient.Reply absent = agent.call("order_get", "{\"id\":\"ord_none\",\"fields\":[\"status\"]}");
            JsonNode every = agent.call("order_search", "{\"fields\":[\"id\",\"account_id\"],\"limit\":200}")
                    .structured()
                    .path("records");

            // Then
            assertThat(other.passed()).isFalse();
            assertThat(other.text()).isEqualTo(absent.text());
            assertThat(every).hasSize(1);
            assertThat(value(every.path(0), "account_id")).isEqualTo("acc_story");
        }
    }

    @Test
    @Requirement({"S0-34", "S0-13", "S0-14"})
    void support_triage_gets_what_a_draft_needs_and_no_investigation_notes() {
        try (WireClient agent = gateway.agent(
                Ask.as("support-triage", "bob", "support-triage").with("crm:*:read", "crm:*:summarize"))) {
            // When
            JsonNode found = record(agent.call(
                    "case_get",
                    "{\"id\":\"cas_story\",\"fields\":[\"number\",\"account_id\",\"incident_summary\",\"safe_steps\","
                            + "\"internal_investigation_notes\"]}"));
            List<String> tools = new ArrayList<>();
            agent.tools().forEach(tool -> tools.add(tool.path("name").asString("")));

            // Then: the draft is made without the notes
            String draft = "About " + value(found, "number") + ": " + value(found, "incident_summary") + ". Please "
                    + value(found, "safe_steps") + ".";
            assertThat(draft)
                    .isEqualTo("About C-9001: Console failed for two hours after the update. Please Clear the cache and"
                            + " sign in again.");
            assertThat(value(found, "account_id")).isEqualTo("acc_story");
            assertThat(value(found, "internal_investigation_notes")).isEqualTo("internal notes unavailable");
            assertThat(tools).isNotEmpty().noneMatch(name -> name.contains("send") || name.contains("create"));
            assertNothingOf(agent, INVESTIGATION);
        }
    }

    @Test
    @Requirement("S3-2")
    void a_key_that_could_export_exports_nothing() {
        try (WireClient agent = gateway.agent(
                Ask.as("sales-copilot", "alice", "prepare-sales-call").with("crm:*:read", "crm:*:export"))) {
            // When
            WireClient.Reply reply = agent.call("contact_export", "{\"fields\":[\"name\",\"email\"],\"limit\":200}");

            // Then
            assertThat(reply.passed()).isFalse();
            assertThat(reply.structured().path("records")).isEmpty();
        }
    }

    @Test
    @Requirement("S0-10")
    void each_verb_is_its_own_scope() {
        try (WireClient reader = gateway.agent(
                Ask.as("sales-copilot", "alice", "prepare-sales-call").with("crm:*:read"))) {
            // When
            WireClient.Reply summarise = reader.call("activity_summaries", ofAccount("\"summary\""));
            WireClient.Reply export = reader.call("contact_export", "{\"fields\":[\"name\"]}");
            WireClient.Reply read = reader.call("account_get", "{\"id\":\"acc_story\",\"fields\":[\"name\"]}");

            // Then
            assertThat(summarise.errorCode()).isEqualTo(-32602);
            assertThat(export.errorCode()).isEqualTo(-32602);
            assertThat(read.passed()).isTrue();
        }
    }

    private static String ofAccount(String fields) {
        return "{\"where\":[{\"field\":\"account_id\",\"comparison\":\"equals\",\"value\":\"acc_story\"}],\"fields\":["
                + fields + "]}";
    }

    private static JsonNode record(WireClient.Reply reply) {
        assertThat(reply.structured().path("records"))
                .as(reply.exchange().text())
                .hasSize(1);
        return reply.structured().path("records").path(0);
    }

    private static String value(JsonNode record, String field) {
        return record.path("values").path(field).asString("");
    }

    private static String view(JsonNode record, String field) {
        return record.path("tags").path(field).path("view").asString("none");
    }

    private static void assertNothingOf(WireClient agent, String... secrets) {
        for (String secret : secrets) {
            assertThat(agent.exchanges()).noneMatch(exchange -> exchange.wire().contains(secret));
        }
    }
}
