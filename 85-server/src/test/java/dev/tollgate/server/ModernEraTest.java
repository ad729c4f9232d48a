// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.server.Wire.Reply;
import dev.tollgate.server.wire.JsonWriter;
import dev.tollgate.terms.Value;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ModernEraTest {
    private static Wire wire;

    @BeforeAll
    static void start() {
        wire = new Wire();
    }

    @AfterAll
    static void stop() {
        wire.close();
    }

    @Test
    void a_tool_answers_with_structured_content_and_the_same_json_as_text() {
        // When
        Reply reply = wire.call("alice", "contact_get", "{\"id\":\"17\"}");

        // Then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.said("result", "resultType")).isEqualTo("\"complete\"");
        assertThat(reply.at("result", "structuredContent")).isEqualTo(FakeFront.sample());
        Value text = reply.at("result", "content", "0", "text");
        assertThat(text).isEqualTo(Value.of(new String(JsonWriter.bytes(FakeFront.sample()), StandardCharsets.UTF_8)));
        assertThat(reply.said("result", "_meta", "dev.tollgate/request"))
                .isEqualTo("\"" + reply.header("x-request-id") + "\"");
    }

    @Test
    void each_principal_sees_its_own_tools_in_order_and_for_itself_only() {
        // When
        Reply alice = wire.modern("alice", "tools/list", "", "");
        Reply bob = wire.modern("bob", "tools/list", "", "");

        // Then
        assertThat(alice.said("result", "tools", "0", "name")).isEqualTo("\"contact_get\"");
        assertThat(alice.said("result", "tools", "1", "name")).isEqualTo("\"deal_get\"");
        assertThat(((Value.Items) bob.at("result", "tools")).values()).hasSize(1);
        assertThat(alice.said("result", "cacheScope")).isEqualTo("\"private\"");
        assertThat(alice.said("result", "ttlMs")).isEqualTo("60000");
    }

    @Test
    void a_hidden_tool_reads_like_one_that_does_not_exist() {
        // When
        Reply hidden = wire.call("bob", "deal_get", "{\"id\":\"1\"}");
        Reply absent = wire.call("bob", "deal_got", "{\"id\":\"1\"}");

        // Then
        assertThat(hidden.text()).isEqualTo(absent.text());
        assertThat(hidden.status()).isEqualTo(absent.status());
        assertThat(hidden.said("error")).isEqualTo("{\"code\":-32602,\"message\":\"unknown tool\"}");
    }

    @Test
    void a_request_without_a_token_is_told_where_tokens_come_from() {
        // When
        Reply none = wire.modern("", "tools/list", "", "");
        Reply wrong = wire.modern("mallory", "server/discover", "", "");
        Reply metadata = wire.get("/.well-known/oauth-protected-resource/mcp", "");

        // Then
        String document = wire.server.url() + "/.well-known/oauth-protected-resource/mcp";
        assertThat(none.status()).isEqualTo(401);
        assertThat(none.header("www-authenticate")).isEqualTo("Bearer resource_metadata=\"" + document + "\"");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.header("www-authenticate"))
                .isEqualTo("Bearer error=\"invalid_token\", resource_metadata=\"" + document + "\"");
        assertThat(metadata.said("resource")).isEqualTo("\"" + wire.server.url() + "/mcp\"");
    }

    @Test
    void what_the_caller_says_of_its_model_and_its_token_reach_the_gateway() {
        // Given
        String meta = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                + "\"io.modelcontextprotocol/clientCapabilities\":{},\"dev.tollgate/decision-token\":\"abc\","
                + "\"dev.tollgate/model\":{\"version\":\"m-1\",\"promptHash\":\"p\",\"outputHash\":\"o\"}}";
        String body =
                "{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"method\":\"tools/call\",\"params\":{\"name\":\"contact_get\","
                        + "\"arguments\":{\"id\":\"model-call\"}," + meta + "}}";

        // When
        Reply reply = wire.post("/mcp", Wire.headers("alice", "tools/call", "contact_get"), body);

        // Then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(wire.front.calls)
                .filteredOn(call -> call.arguments().equals(new Value.Fields(Map.of("id", Value.of("model-call")))))
                .singleElement()
                .satisfies(call -> {
                    assertThat(call.decisionToken()).isPresent();
                    assertThat(call.model().version()).contains("m-1");
                    assertThat(call.model().promptHash()).contains("p");
                    assertThat(call.model().outputHash()).contains("o");
                    assertThat(call.door()).isEqualTo("mcp");
                    assertThat(call.request().value()).isEqualTo(reply.header("x-request-id"));
                });
    }

    @Test
    void a_product_server_offers_tools_and_nothing_else() {
        // When
        Reply discover = wire.modern("alice", "server/discover", "", "");
        Reply prompts = wire.modern("alice", "prompts/list", "", "");

        // Then
        assertThat(discover.said("result", "capabilities")).isEqualTo("{\"tools\":{\"listChanged\":true}}");
        assertThat(discover.said("result", "supportedVersions"))
                .isEqualTo("[\"2026-07-28\",\"2025-11-25\",\"2025-06-18\"]");
        assertThat(prompts.status()).isEqualTo(404);
        assertThat(prompts.said("error", "code")).isEqualTo("-32601");
    }
}
