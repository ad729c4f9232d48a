// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.RawHttp;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Good tokens that are used for what they are not for: whoever presents them hears the same of a
/// record that there is and of one that there is not.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RightsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int COLUMNS = 11;

    private final GatewayUnderTest gateway;
    private final Visitor visitor;

    private int count;

    RightsTest(@TempDir Path folder) {
        gateway = GatewayUnderTest.start(
                folder.resolve("data"),
                BundleFolder.copy("default", folder.resolve("bundle"))
                        .untested()
                        .generous()
                        .replace("principals.yaml", "\\{id: hugo, (.*)\\[sales-lead\\]", "{id: hugo, $1[sales-rep]"));
        visitor = new Visitor(gateway.port());
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    /// One line of the table.
    private record Case(List<String> cells) {
        static List<Case> all() throws IOException {
            try (InputStream in = Objects.requireNonNull(RightsTest.class.getResourceAsStream("rights.tsv"))) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> new Case(List.of(line.split("\t", -1))))
                        .toList();
            }
        }

        String name() {
            return cells.get(0) + ": " + cells.get(1);
        }

        String tool() {
            return cells.get(7);
        }
    }

    private String token(Case one) {
        count++;
        Ask.Token token = new Ask.Token(
                one.cells().get(2),
                one.cells().get(3),
                one.cells().get(4),
                one.cells().get(5),
                List.of(one.cells().get(6).split(" ", -1)),
                "task-" + count,
                "session-" + count,
                Duration.ofMinutes(15));
        return "Authorization: Bearer " + gateway.bearer(token);
    }

    private RawHttp.Exchange rest(Case one, String tool, String id) {
        return visitor.send("POST", "/v1/tools/" + tool, "{\"id\":\"" + id + "\"}", token(one));
    }

    private RawHttp.Exchange mcp(Case one, String tool, String id) {
        return visitor.send(
                "POST",
                "/mcp",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                        + "\",\"arguments\":{\"id\":\"" + id + "\"},\"_meta\":{"
                        + "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                        + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}",
                token(one),
                "MCP-Protocol-Version: 2026-07-28",
                "Mcp-Method: tools/call",
                "Mcp-Name: " + tool);
    }

    private static String refusal(RawHttp.Exchange exchange) {
        JsonNode problem = JSON.readTree(exchange.text());
        return exchange.status() + " " + problem.path("code").asString("?") + ": "
                + problem.path("detail").asString("?");
    }

    /// Everything that an answer says, without what differs between any two answers.
    private static String bytes(RawHttp.Exchange exchange) {
        return Expected.bytes(exchange).replaceAll("\"dev.tollgate/request\":\"[^\"]*\"", "");
    }

    @Test
    @Requirement({"S2-2", "S2-22", "S1-9", "S1-14"})
    void a_good_token_opens_nothing_beyond_itself_and_tells_of_no_record() throws IOException {
        SoftAssertions softly = new SoftAssertions();
        List<Case> cases = Case.all();
        for (Case one : cases) {
            // Given: what an agent was refused yesterday does not make it risky today
            gateway.clock().advance(Duration.ofDays(1));

            // When
            assertThat(one.cells()).as(one.name()).hasSize(COLUMNS);
            String existing = one.cells().get(8);
            String absent = one.cells().get(9);
            RawHttp.Exchange there = rest(one, one.tool(), existing);

            // Then
            softly.assertThat(refusal(there))
                    .as(one.name())
                    .isEqualTo(one.cells().get(10));
            softly.assertThat(bytes(rest(one, one.tool(), absent)))
                    .as(one.name())
                    .isEqualTo(bytes(there));
            softly.assertThat(bytes(mcp(one, one.tool(), absent)))
                    .as(one.name())
                    .isEqualTo(bytes(mcp(one, one.tool(), existing)));
            if (one.cells().get(10).startsWith("404 unknown_tool")) {
                softly.assertThat(bytes(rest(one, "no_such_tool", existing)))
                        .as(one.name())
                        .isEqualTo(bytes(there));
            }
        }
        softly.assertAll();
        assertThat(cases).hasSizeGreaterThan(30);
    }
}
