// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.server.Wire.Reply;
import dev.tollgate.terms.testing.Requirement;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What two readers could read differently never reaches the gateway.
@Requirement("B-4")
class OneMeaningTest {
    private static final String CALL = "\"name\":\"contact_get\",\"arguments\":{\"id\":\"17\"}";

    private static Wire wire;

    @BeforeAll
    static void start() {
        wire = new Wire();
    }

    @AfterAll
    static void stop() {
        wire.close();
    }

    @BeforeEach
    void nothing_was_called() {
        wire.front.calls.clear();
    }

    @ParameterizedTest
    @CsvSource({
        "Mcp-Method, tools/list",
        "Mcp-Method, TOOLS/CALL",
        "Mcp-Name, deal_get",
        "Mcp-Name, CONTACT_GET",
        "Mcp-Name, =?base64?ZGVhbF9nZXQ=?=",
        "Mcp-Name, =?base64?Y29udGFjdF9nZXQ?=",
        "MCP-Protocol-Version, 2025-11-25",
        "MCP-Protocol-Version, 2026-07-29"
    })
    void a_header_that_disagrees_with_the_body_is_refused(String header, String value) {
        // Given
        Map<String, String> headers = Wire.headers("alice", "tools/call", "contact_get");
        headers.put(header, value);

        // When
        Reply reply = wire.post("/mcp", headers, Wire.body("tools/call", CALL));

        // Then
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.said("error", "code")).isEqualTo("-32020");
        assertThat(reply.said("id")).isEqualTo("1");
        assertThat(wire.front.calls).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mcp-Method", "Mcp-Name", "MCP-Protocol-Version"})
    void a_header_that_is_missing_is_refused(String header) {
        // Given
        Map<String, String> headers = Wire.headers("alice", "tools/call", "contact_get");
        headers.remove(header);

        // When
        Reply reply = wire.post("/mcp", headers, Wire.body("tools/call", CALL));

        // Then
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.said("error", "code")).isEqualTo("-32020");
        assertThat(wire.front.calls).isEmpty();
    }

    @Test
    void a_name_in_base64_that_agrees_is_accepted() {
        // Given
        Map<String, String> headers = Wire.headers("alice", "tools/call", "=?base64?Y29udGFjdF9nZXQ=?=");

        // When
        Reply reply = wire.post("/mcp", headers, Wire.body("tools/call", CALL));

        // Then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(wire.toolsCalled()).containsExactly("contact_get");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // The same member twice: plainly, by escape, in the envelope, in arguments, in nested objects.
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"method\":\"tools/call\",\"params\":{}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"contact_get\","
                        + "\"n\\u0061me\":\"deal_get\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"contact_get\","
                        + "\"arguments\":{\"id\":\"1\",\"id\":\"2\"}}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"contact_get\","
                        + "\"arguments\":{\"where\":[{\"field\":\"a\",\"field\":\"b\"}]}}}",
                // A Cyrillic letter that looks like a Latin one, a full-width letter, an invisible one, a control.
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"contact_get\","
                        + "\"arguments\":{\"\u0456d\":\"1\"}}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"contact_get\","
                        + "\"arguments\":{\"\\uff49d\":\"1\"}}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"contact_get\","
                        + "\"arguments\":{\"id\\u200b\":\"1\"}}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"contact_get\","
                        + "\"arguments\":{\"id\\u0000\":\"1\"}}}",
                // Half a character, a second text, a byte order mark, a comment, a request and a response in one.
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"contact_get\","
                        + "\"arguments\":{\"id\":\"\\ud800\"}}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}{\"jsonrpc\":\"2.0\"}",
                "\ufeff{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,/**/\"method\":\"tools/list\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"result\":{}}"
            })
    void a_body_with_two_meanings_is_refused(String body) {
        // When
        Reply reply = wire.post("/mcp", Wire.headers("alice", "tools/call", "contact_get"), body);

        // Then
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.said("error", "code")).isIn("-32600", "-32700");
        assertThat(wire.front.calls).isEmpty();
        assertThat(wire.front.unread).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Type | text/plain",
                "Content-Type | application/json; charset=utf-16",
                "Content-Type | application/x-www-form-urlencoded",
                "Content-Encoding | gzip"
            })
    void a_body_in_another_coding_is_refused(String header, String value) {
        // Given
        Map<String, String> headers = Wire.headers("alice", "tools/call", "contact_get");
        headers.put(header, value);

        // When
        Reply mcp = wire.post("/mcp", headers, Wire.body("tools/call", CALL));
        Reply rest = wire.post("/v1/tools/contact_get", headers, "{\"id\":\"1\"}");

        // Then
        assertThat(mcp.status()).isEqualTo(415);
        assertThat(rest.status()).isEqualTo(415);
        assertThat(wire.front.calls).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"id\":\"1\",\"id\":\"2\"}", "{\"\u0456d\":\"1\"}", "{\"id\":\"1\"} {}", "[]", "1"})
    void the_plain_door_refuses_the_same_bodies(String body) {
        // Given
        Map<String, String> headers = Map.of("Authorization", "Bearer alice", "Content-Type", "application/json");

        // When
        Reply tool = wire.post("/v1/tools/contact_get", headers, body);
        Reply authZen = wire.post("/access/v1/evaluation", headers, body);

        // Then
        assertThat(tool.status()).isEqualTo(400);
        assertThat(authZen.status()).isEqualTo(400);
        assertThat(wire.front.calls).isEmpty();
    }

    @Test
    void a_mirrored_argument_must_equal_its_header() {
        // Given
        try (Wire fixtures = new Wire(ServerConfig.local(0).withFixtures())) {
            Map<String, String> headers = Wire.headers("", "tools/call", "test_header_mirror");
            String body = Wire.body("tools/call", "\"name\":\"test_header_mirror\",\"arguments\":{\"region\":\"eu\"}");

            // When
            Reply without = fixtures.post("/mcp", headers, body);
            headers.put("Mcp-Param-Region", "us");
            Reply wrong = fixtures.post("/mcp", headers, body);
            headers.put("Mcp-Param-Region", "eu");
            Reply right = fixtures.post("/mcp", headers, body);

            // Then
            assertThat(without.said("error", "code")).isEqualTo("-32020");
            assertThat(wrong.said("error", "code")).isEqualTo("-32020");
            assertThat(right.status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({"Mcp-Method, tools/list", "Mcp-Name, deal_get"})
    void an_older_client_that_sends_mirroring_headers_must_mean_them(String header, String value) {
        // Given
        String session = wire.session("alice", "{}");
        Map<String, String> headers = new HashMap<>(Map.of(
                "Authorization",
                "Bearer alice",
                "Content-Type",
                "application/json",
                "Mcp-Session-Id",
                session,
                header,
                value));

        // When
        String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{" + CALL + "}}";
        Reply reply = wire.post("/mcp", headers, body);

        // Then
        assertThat(reply.status()).isEqualTo(400);
        assertThat(wire.front.calls).isEmpty();
    }
}
