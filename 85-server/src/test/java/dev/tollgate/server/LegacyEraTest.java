// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.server.Wire.Reply;
import dev.tollgate.server.http.HttpLimits;
import dev.tollgate.server.wire.JsonLimits;
import dev.tollgate.terms.Value;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LegacyEraTest {
    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}";

    private static Wire wire;

    @BeforeAll
    static void start() {
        wire = new Wire();
    }

    @AfterAll
    static void stop() {
        wire.close();
    }

    @ParameterizedTest
    @CsvSource({"2025-11-25, 2025-11-25", "2025-06-18, 2025-06-18", "2025-03-26, 2025-11-25", "1999-01-01, 2025-11-25"})
    void a_handshake_agrees_on_a_version(String wanted, String agreed) {
        // When
        Reply reply = wire.legacy(
                "alice",
                "",
                "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"" + wanted
                        + "\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}");

        // Then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("result", "protocolVersion")).isEqualTo(Value.of(agreed));
        assertThat(reply.said("result", "capabilities")).isEqualTo("{\"tools\":{}}");
        assertThat(reply.header("mcp-session-id")).matches("[\\x21-\\x7e]+");
    }

    @Test
    void a_session_lists_and_calls_without_the_newer_eras_members() {
        // Given
        String session = wire.session("alice", "{}");

        // When
        Reply list = wire.legacy("alice", session, LIST);
        Reply call = wire.legacy(
                "alice",
                session,
                "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/call\",\"params\":{\"name\":\"contact_get\","
                        + "\"arguments\":{\"id\":\"1\"}}}");

        // Then
        assertThat(list.said("result", "tools", "1", "name")).isEqualTo("\"deal_get\"");
        assertThat(list.text()).doesNotContain("ttlMs", "cacheScope", "resultType");
        assertThat(call.at("result", "structuredContent")).isEqualTo(FakeFront.sample());
        assertThat(call.text()).doesNotContain("resultType");
    }

    @Test
    void a_session_is_found_only_by_its_own_principal() {
        // Given
        String session = wire.session("alice", "{}");

        // When
        Reply renewed = wire.legacy("alice-renewed", session, LIST);
        Reply foreign = wire.legacy("bob", session, LIST);
        Reply madeUp = wire.legacy("bob", "e30.AAAA", LIST);

        // Then
        assertThat(renewed.status()).isEqualTo(200);
        assertThat(foreign.status()).isEqualTo(404);
        assertThat(foreign.text()).isEqualTo(madeUp.text());
    }

    @Test
    void a_session_that_was_tampered_with_is_not_found() {
        // Given
        String session = wire.session("alice", "{}");

        // When
        Reply changed = wire.legacy("alice", "A" + session.substring(1), LIST);
        Reply cut = wire.legacy("alice", session.substring(0, session.length() - 2), LIST);

        // Then
        assertThat(changed.status()).isEqualTo(404);
        assertThat(cut.status()).isEqualTo(404);
    }

    @Test
    void a_session_ends_in_time_and_at_the_clients_wish() {
        // Given
        try (Wire own = new Wire(HttpLimits.DEFAULT, JsonLimits.DEFAULT)) {
            String ended = own.session("alice", "{}");
            String old = own.session("alice", "{}");

            // When
            Reply delete =
                    own.send("DELETE", "/mcp", Map.of("Authorization", "Bearer alice", "Mcp-Session-Id", ended), "");
            Reply afterDelete = own.legacy("alice", ended, LIST);
            Reply stillThere = own.legacy("alice", old, LIST);
            own.clock.advance(Duration.ofHours(13));
            Reply expired = own.legacy("alice", old, LIST);

            // Then
            assertThat(delete.status()).isEqualTo(204);
            assertThat(afterDelete.status()).isEqualTo(404);
            assertThat(stillThere.status()).isEqualTo(200);
            assertThat(expired.status()).isEqualTo(404);
        }
    }

    @Test
    void without_a_session_or_with_another_version_nothing_is_served() {
        // Given
        String session = wire.session("alice", "{}");
        Map<String, String> headers = new HashMap<>(Map.of(
                "Authorization", "Bearer alice",
                "Content-Type", "application/json",
                "Mcp-Session-Id", session,
                "MCP-Protocol-Version", "2025-06-18"));

        // When
        Reply none = wire.legacy("alice", "", LIST);
        Reply otherVersion = wire.post("/mcp", headers, LIST);
        headers.put("MCP-Protocol-Version", "2025-11-25");
        Reply right = wire.post("/mcp", headers, LIST);

        // Then
        assertThat(none.status()).isEqualTo(400);
        assertThat(otherVersion.status()).isEqualTo(400);
        assertThat(right.status()).isEqualTo(200);
    }

    @Test
    void a_token_is_asked_for_on_every_request_of_a_session() {
        // Given
        String session = wire.session("alice", "{}");

        // When
        Reply none = wire.post("/mcp", Map.of("Content-Type", "application/json", "Mcp-Session-Id", session), LIST);

        // Then
        assertThat(none.status()).isEqualTo(401);
        assertThat(none.header("www-authenticate")).contains("resource_metadata=");
    }

    @Test
    void a_ping_is_empty_and_a_get_is_refused() {
        // Given
        String session = wire.session("alice", "{}");

        // When
        Reply ping = wire.legacy("alice", session, "{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"ping\"}");
        Reply get =
                wire.send("GET", "/mcp", Map.of("Authorization", "Bearer alice", "Accept", "text/event-stream"), "");

        // Then
        assertThat(ping.text()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":9,\"result\":{}}");
        assertThat(get.status()).isEqualTo(405);
        assertThat(get.header("allow")).isEqualTo("POST, DELETE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":4}}",
                "{\"jsonrpc\":\"2.0\",\"id\":\"ask-1\",\"result\":{}}",
                "{\"jsonrpc\":\"2.0\",\"id\":\"ask-1\",\"error\":{\"code\":1,\"message\":\"no\"}}"
            })
    void what_wants_no_reply_gets_none(String message) {
        // Given
        String session = wire.session("alice", "{}");

        // When
        Reply reply = wire.legacy("alice", session, message);

        // Then
        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.text()).isEmpty();
    }

    @Test
    void a_method_that_is_not_offered_is_said_so() {
        // Given
        String session = wire.session("alice", "{}");

        // When
        Reply setLevel = wire.legacy(
                "alice",
                session,
                "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"logging/setLevel\",\"params\":{\"level\":\"info\"}}");
        Reply batch = wire.legacy("alice", session, "[" + LIST + "]");

        // Then
        assertThat(setLevel.said("error", "code")).isEqualTo("-32601");
        assertThat(batch.status()).isEqualTo(400);
    }
}
