// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Tools that can do one thing and nothing beside it.
class NarrowToolsTest {
    private static final String CASE = "cas_000001";

    private final Desk desk;

    NarrowToolsTest(@TempDir Path data) {
        desk = new Desk(data);
    }

    @AfterEach
    void stop() {
        desk.close();
    }

    private static List<String> names(WireClient agent) {
        return agent.tools().stream()
                .map(tool -> tool.path("name").asString(""))
                .toList();
    }

    private static String refund(String more) {
        return "{\"values\":{\"account_id\":\"acc_000001\",\"order_id\":\"ord_000001\",\"amount\":50,"
                + "\"currency\":\"EUR\",\"reason\":\"damaged\",\"justification\":\"crushed\"" + more + "}}";
    }

    @Test
    @Requirement("S2-6")
    void an_agent_asks_for_a_refund_and_can_issue_none_whatever_its_scopes_say() {
        try (WireClient agent = desk.gateway()
                .agent(Ask.as("support-triage", "bob", "request-refund")
                        .about("acc_000001")
                        .with("crm:*:*"))) {
            // Given
            long payments = desk.records("payment");
            String owed = desk.crm("account", "acc_000001", "outstanding_balance");

            // When
            List<String> offered = names(agent);
            WireClient.Reply asked = agent.call("refund_request_create", refund(""));
            List<WireClient.Reply> issued = new ArrayList<>();
            for (String tool :
                    List.of("refund_issue", "payment_create", "payment_reconcile", "refund_request_update")) {
                issued.add(agent.call(tool, refund("")));
            }
            WireClient.Reply paid = agent.call("refund_request_create", refund(",\"status\":\"paid\""));

            // Then
            assertThat(offered).contains("refund_request_create").noneMatch(name -> name.contains("issue"));
            assertThat(offered.stream().filter(name -> name.startsWith("refund") || name.startsWith("payment")))
                    .containsExactlyInAnyOrder("refund_request_create", "refund_request_get", "refund_request_search");
            assertThat(issued).allSatisfy(reply -> assertThat(reply.errorCode()).isEqualTo(-32602));
            assertThat(paid.passed()).isFalse();
            assertThat(asked.passed()).as(asked.text()).isTrue();
            String made = asked.structured().at("/records/0/values/id").asString("");
            assertThat(desk.crm("refund_request", made, "status")).isEqualTo("requested");
            assertThat(desk.crm("refund_request", made, "decided_by")).isEmpty();
            assertThat(desk.records("payment")).isEqualTo(payments);
            assertThat(desk.crm("account", "acc_000001", "outstanding_balance")).isEqualTo(owed);
        }
    }

    /// Entries without which nothing reaches the CRM.
    private long reached() {
        LogEntries log = LogEntries.of(desk.gateway());
        return (long) log.of("examined").size() + log.of("decision").size();
    }

    @Test
    @Requirement("S2-11")
    void a_ticket_takes_three_fields_and_anything_else_is_rejected_before_the_crm_sees_it() {
        try (WireClient agent = desk.gateway()
                .agent(Ask.as("support-triage", "bob", "support-triage").with("crm:case:read", "crm:case:write"))) {
            // Given
            JsonNode schema = agent.tools().stream()
                    .filter(tool -> tool.path("name").asString("").equals("case_update"))
                    .findFirst()
                    .orElseThrow()
                    .at("/inputSchema/properties/values");
            TreeSet<String> taken = new TreeSet<>();
            schema.path("properties").propertyNames().forEach(taken::add);
            String version = desk.crm("case", CASE, "row_version");

            // When
            WireClient.Reply written = agent.call(
                    "case_update",
                    "{\"id\":\"" + CASE + "\",\"values\":{\"status\":\"waiting\",\"internal_notes_category\":"
                            + "\"workaround\",\"customer_message_draft\":\"we are on it\"}}");
            long before = reached();
            List<WireClient.Reply> rejected = new ArrayList<>();
            for (String values : List.of(
                    "{\"refund_issued\":true}",
                    "{\"change_billing_plan\":\"enterprise\"}",
                    "{\"status\":\"solved\",\"refund_issued\":true}",
                    "{\"status\":\"solved\",\"resolution\":\"paid back\"}",
                    "{\"status\":\"refunded\"}")) {
                rejected.add(agent.call("case_update", "{\"id\":\"" + CASE + "\",\"values\":" + values + "}"));
            }
            long after = reached();

            // Then
            assertThat(taken).containsExactly("customer_message_draft", "internal_notes_category", "status");
            assertThat(schema.path("additionalProperties").asBoolean(true)).isFalse();
            assertThat(rejected)
                    .allSatisfy(reply -> assertThat(Desk.code(reply)).isIn("malformed", "human_only"));
            assertThat(rejected.getFirst().text()).contains("does not exist");
            assertThat(after)
                    .as("nothing was decided or read, so no token was ever made")
                    .isEqualTo(before);
            assertThat(written.passed()).as(written.text()).isTrue();
            assertThat(desk.crm("case", CASE, "status")).isEqualTo("waiting");
            assertThat(desk.crm("case", CASE, "internal_notes_category")).isEqualTo("workaround");
            assertThat(Long.parseLong(desk.crm("case", CASE, "row_version"))).isEqualTo(Long.parseLong(version) + 1);
        }
    }

    @Test
    void enrichment_needs_nobody_while_a_new_record_and_a_new_owner_wait_for_a_person() {
        try (WireClient agent = desk.gateway()
                .agent(Ask.as("enrichment-agent", "erin", "enrich-leads")
                        .with("crm:lead:read", "crm:lead:write", "crm:lead:create"))) {
            // Given
            String lead = "lea_000001";
            long leads = desk.records("lead");
            String owner = desk.crm("lead", lead, "owner_id");
            String create =
                    "{\"values\":{\"name\":\"Ada Byron\",\"company\":\"Engines\",\"email\":\"ada@engines.example\"}}";
            String assign = "{\"id\":\"" + lead + "\",\"values\":{\"owner_id\":\"usr_009\"}}";

            // When
            WireClient.Reply enriched = agent.call(
                    "lead_update",
                    "{\"id\":\"" + lead + "\",\"values\":{\"industry\":\"retail\",\"icp_fit_score\":71}}");
            String created = Desk.pending(agent.call("lead_create", create));
            String assigned = Desk.pending(agent.call("lead_assign", assign));
            long leadsMeanwhile = desk.records("lead");
            String ownerMeanwhile = desk.crm("lead", lead, "owner_id");
            desk.approve(created, "dana", "sales-lead");
            WireClient.Reply made = agent.call("lead_create", create);
            desk.approve(assigned, "dana", "sales-lead");
            WireClient.Reply handed = agent.call("lead_assign", assign);

            // Then
            assertThat(enriched.passed()).as(enriched.text()).isTrue();
            assertThat(desk.crm("lead", lead, "industry")).isEqualTo("retail");
            assertThat(leadsMeanwhile).isEqualTo(leads);
            assertThat(ownerMeanwhile).isEqualTo(owner);
            assertThat(made.passed()).as(made.text()).isTrue();
            assertThat(desk.records("lead")).isEqualTo(leads + 1);
            assertThat(handed.passed()).as(handed.text()).isTrue();
            assertThat(desk.crm("lead", lead, "owner_id")).isEqualTo("usr_009");
        }
    }
}
