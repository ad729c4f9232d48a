// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.RawHttp;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// How clients of each era of the protocol are told of the page on which a person decides.
class ApprovalPagesTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String PAGES = "{\"elicitation\":{\"form\":{},\"url\":{}}}";
    private static final String TOOL = "opportunity_update";
    private static final String CHANGE = "{\"id\":\"opp_000001\",\"values\":{\"discount_percent\":20}}";

    private final Desk desk;

    ApprovalPagesTest(@TempDir Path data) {
        desk = new Desk(data);
    }

    @AfterEach
    void stop() {
        desk.close();
    }

    private WireClient agent() {
        return desk.gateway()
                .agent(Ask.as("sales-copilot", "alice", "maintain-deals")
                        .with("crm:opportunity:read", "crm:opportunity:write"));
    }

    private String page(String id) {
        return desk.gateway().console() + "approvals/" + id;
    }

    @Test
    @Requirement("S2-4")
    void a_client_of_2026_gets_the_page_as_input_required_once_and_then_the_state_of_things() {
        try (WireClient agent = agent().capable(PAGES)) {
            // When
            JsonNode asked = agent.call(TOOL, CHANGE).message().path("result");
            String id = asked.path("inputRequests").propertyNames().iterator().next();
            List<WireClient.Reply> again = new ArrayList<>();
            for (String action : List.of("accept", "decline", "cancel")) {
                again.add(agent.again(TOOL, CHANGE, "{\"" + id + "\":{\"action\":\"" + action + "\"}}"));
            }
            WireClient.Reply nonsense = agent.again(TOOL, CHANGE, "{\"" + id + "\":{\"action\":\"approve\"}}");
            String meanwhile = desk.crm("opportunity", "opp_000001", "discount_percent");
            desk.approve(id, "dana", "sales-lead");
            WireClient.Reply written = agent.again(TOOL, CHANGE, "{\"" + id + "\":{\"action\":\"accept\"}}");

            // Then
            assertThat(asked.path("resultType").asString("")).isEqualTo("input_required");
            JsonNode request = asked.path("inputRequests").path(id);
            assertThat(request.path("method").asString("")).isEqualTo("elicitation/create");
            assertThat(request.at("/params/mode").asString("")).isEqualTo("url");
            assertThat(request.at("/params/url").asString("")).isEqualTo(page(id));
            assertThat(request.at("/params/message").asString("")).contains("discount-with-approval");
            assertThat(asked.has("isError")).isFalse();
            assertThat(again)
                    .allSatisfy(reply -> assertThat(Desk.pending(reply)).isEqualTo(id));
            assertThat(nonsense.message().at("/result/resultType").asString("")).isEqualTo("input_required");
            assertThat(meanwhile).isNotEqualTo("200000");
            assertThat(written.passed()).as(written.text()).isTrue();
        }
    }

    @Test
    void a_client_that_names_no_pages_gets_the_result_that_a_model_can_read() {
        try (WireClient plain = agent();
                WireClient forms = agent().capable("{\"elicitation\":{}}")) {
            // When
            WireClient.Reply none = plain.call(TOOL, CHANGE);
            WireClient.Reply form = forms.call(TOOL, CHANGE);

            // Then
            assertThat(Desk.pending(none)).isEqualTo(Desk.pending(form));
            assertThat(none.text()).contains("approval_status");
            assertThat(none.wire()).doesNotContain("/console/");
        }
    }

    private static JsonNode message(RawHttp.Exchange exchange) {
        String text = exchange.text();
        int data = text.lastIndexOf("data:");
        return JSON.readTree(data < 0 ? text : text.substring(data + "data:".length()));
    }

    private static JsonNode legacy(WireClient agent, String version) {
        String begin = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\""
                + version + "\",\"capabilities\":" + PAGES + ",\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}";
        RawHttp.Exchange begun = agent.post("/mcp", Map.of(), begin);
        String session = begun.headers().getOrDefault("mcp-session-id", "");
        String call = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":\"" + TOOL
                + "\",\"arguments\":" + CHANGE + "}}";
        return message(agent.post("/mcp", Map.of("MCP-Protocol-Version", version, "Mcp-Session-Id", session), call));
    }

    @Test
    @Requirement("S2-4")
    void a_client_of_2025_is_told_of_the_page_by_an_error_that_it_retries_after_and_nothing_stays_open() {
        try (WireClient agent = agent()) {
            // When
            JsonNode error = legacy(agent, "2025-11-25").path("error");
            JsonNode elicitation = error.at("/data/elicitations/0");
            String id = elicitation.path("elicitationId").asString("");
            desk.approve(id, "dana", "sales-lead");
            JsonNode written = legacy(agent, "2025-11-25");

            // Then
            assertThat(error.path("code").asInt(0)).isEqualTo(-32042);
            assertThat(error.at("/data/elicitations")).hasSize(1);
            assertThat(elicitation.path("mode").asString("")).isEqualTo("url");
            assertThat(elicitation.path("url").asString("")).isEqualTo(page(id));
            assertThat(elicitation.path("message").asString("")).isNotBlank();
            assertThat(written.at("/result/isError").asBoolean(true))
                    .as(written.toString())
                    .isFalse();
        }
    }

    @Test
    void a_client_of_the_revision_before_knows_no_pages_whatever_it_claims() {
        try (WireClient agent = agent()) {
            // When
            JsonNode reply = legacy(agent, "2025-06-18");

            // Then
            assertThat(reply.has("error")).isFalse();
            assertThat(reply.at("/result/_meta/dev.tollgate~1refusal/code").asString(""))
                    .isEqualTo("approval_pending");
        }
    }
}
