// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogCapture;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.Needles;
import dev.tollgate.scenarios.harness.RawHttp;
import dev.tollgate.scenarios.harness.SpanCollector;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Every kind of refusal, at the front door of a gateway whose CRM is full of canaries.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalsTest {
    private static final Ask.Token REP =
            Ask.as("sales-copilot", "alice", "prepare-sales-call").with("crm:*:read", "crm:*:export");

    private LogCapture logs;
    private SpanCollector spans;
    private GatewayUnderTest gateway;
    private Canaries canaries;
    private Needles needles;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        logs = new LogCapture();
        spans = new SpanCollector();
        BundleFolder files = Ground.bundle(folder.resolve("bundle"));
        files.append("budgets.yaml", "  - {agents: enrichment-agent, calls_per_minute: 1}\n");
        MovingClock clock = new MovingClock();
        Path data = folder.resolve("data");
        canaries = Ground.planted(BundleText.read(files.path(), "demo.yaml", "demo"), clock, data);
        needles = canaries.needles();
        gateway = GatewayUnderTest.start(
                Ground.traced(GatewayUnderTest.withBundle(GatewayUnderTest.embedded(data), files), spans), clock);
    }

    @AfterAll
    void stop() {
        gateway.close();
        spans.close();
        logs.close();
    }

    /// One refusal.
    ///
    /// @param result what the audit log calls it
    private record Told(String what, RawHttp.Exchange exchange, String result) {}

    @Test
    @Requirement({"S2-22", "B-4"})
    void every_refusal_is_clean_is_logged_and_leaks_nothing() throws IOException {
        // When
        List<Told> refusals = new ArrayList<>();
        for (boolean rest : new boolean[] {false, true}) {
            refused(refusals, rest);
        }
        overBudget(refusals);

        // Then
        for (Told told : refusals) {
            RawHttp.Exchange exchange = told.exchange();
            String request = exchange.headers().getOrDefault("x-request-id", "none");
            assertThat(needles.in(exchange.wire())).as(told.what()).isEmpty();
            assertThat(exchange.text())
                    .as(told.what())
                    .doesNotContain("\"isError\":false")
                    .doesNotContain("Exception")
                    .doesNotContain("dev.tollgate.")
                    .doesNotContain("records");
            assertThat(LogFolder.entries(gateway.data().resolve("log"), request))
                    .as(told.what() + " " + exchange.text())
                    .anyMatch(entry -> entry.contains(told.result()));
        }
        assertThat(refusals).hasSize(2 * 7 + 1);
        assertNothingKept();
    }

    private void refused(List<Told> told, boolean rest) {
        String own = canaries.of("account").getFirst().id();
        String foreign = canaries.of("account").getLast().id();
        String balance = "{\"where\":[{\"field\":\"outstanding_balance\",\"comparison\":\"at_least\",\"value\":1}]}";
        Map<String, List<String>> asks = new LinkedHashMap<>();
        asks.put("tool without a permit", List.of("contact_export", "{}", "\"result\":\"unknown_tool\""));
        asks.put("denied", List.of("account_search", balance, "\"kind\":\"decision\""));
        asks.put("unknown tool", List.of("no_such_tool", "{}", "\"result\":\"unknown_tool\""));
        asks.put("unknown record", List.of("account_get", "{\"id\":\"acc_none\"}", "\"result\":\"not_found\""));
        asks.put(
                "forbidden record", List.of("account_get", "{\"id\":\"" + foreign + "\"}", "\"result\":\"not_found\""));
        asks.put(
                "malformed",
                List.of("account_get", "{\"id\":\"acc_1\",\"fields\":[\"nope\"]}", "\"result\":\"malformed\""));
        asks.put(
                "malformed with a value",
                List.of(
                        "account_search",
                        "{\"where\":[{\"field\":\"name\",\"comparison\":\"like\",\"value\":\"%\"}]}",
                        "\"result\":\"malformed\""));
        asks.forEach((what, ask) -> {
            gateway.clock().advance(Duration.ofMinutes(16));
            try (WireClient agent = gateway.agent(REP)) {
                RawHttp.Exchange exchange = rest
                        ? agent.rest(ask.get(0), ask.get(1))
                        : agent.call(ask.get(0), ask.get(1)).exchange();
                told.add(new Told(what + (rest ? " over REST" : " over MCP"), exchange, ask.get(2)));
            }
        });
        assertThat(own).isNotEqualTo(foreign);
    }

    private void overBudget(List<Told> told) {
        try (WireClient agent = gateway.agent(Ask.as("enrichment-agent", "erin", "enrich-leads"))) {
            for (int call = 0; call < 3; call++) {
                RawHttp.Exchange exchange = agent.call("lead_count", "{}").exchange();
                if (exchange.text().contains("budget")) {
                    told.add(new Told("over budget", exchange, "\"result\":\"over_budget\""));
                    return;
                }
            }
        }
    }

    @Test
    @Requirement({"B-4", "S2-22"})
    void a_call_with_two_meanings_is_refused_before_anything_is_read() throws IOException {
        // Given
        String id = canaries.of("account").getFirst().id();
        String meta = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                + "\"io.modelcontextprotocol/clientCapabilities\":{},"
                + "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}";
        String call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"account_get\","
                + meta + ",\"arguments\":";
        Map<String, String> agree =
                Map.of("MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "tools/call", "Mcp-Name", "account_get");
        Map<String, String> differ =
                Map.of("MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "tools/call", "Mcp-Name", "lead_get");
        try (WireClient agent = gateway.agent(REP)) {
            // When
            List<RawHttp.Exchange> refused = List.of(
                    agent.post("/mcp", agree, call + "{\"id\":\"acc_1\",\"id\":\"" + id + "\"}}}"),
                    agent.post("/mcp", agree, call + "{\"id\":\"acc_1\",\"i\\u0064\":\"" + id + "\"}}}"),
                    agent.post("/mcp", agree, call + "{\"\u0456d\":\"" + id + "\"}}}"),
                    agent.post("/mcp", agree, call + "{\"id\\u200b\":\"" + id + "\"}}}"),
                    agent.post("/mcp", agree, call + "{\"id\":\"" + id + "\"}"),
                    agent.post("/mcp", differ, call + "{\"id\":\"" + id + "\"}}}"),
                    agent.rest("account_get", "{\"id\":\"acc_1\",\"id\":\"" + id + "\"}"),
                    agent.rest("account_get", "{\"\uff49d\":\"" + id + "\"}"),
                    agent.rest("account_get", "{\"id\":\"" + id + "\"}{}"));
            RawHttp.Exchange sound = agent.post("/mcp", agree, call + "{\"id\":\"" + id + "\"}}}");

            // Then
            assertThat(refused).allMatch(exchange -> exchange.status() == 400);
            assertThat(refused).allMatch(exchange -> needles.in(exchange.wire()).isEmpty());
            for (RawHttp.Exchange exchange : refused) {
                String request = exchange.headers().getOrDefault("x-request-id", "none");
                assertThat(LogFolder.entries(gateway.data().resolve("log"), request))
                        .as(exchange.text())
                        .anyMatch(entry ->
                                entry.contains("\"result\":\"malformed\"") && entry.contains("\"user\":\"alice\""))
                        .noneMatch(entry -> entry.contains("\"kind\":\"decision\""));
            }
            assertThat(sound.status()).isEqualTo(200);
            assertThat(needles.in(sound.wire())).isNotEmpty();
        }
        assertNothingKept();
    }

    private void assertNothingKept() throws IOException {
        Needles secret = needles.without(List.of(Ground.TENANT, Ground.STRANGERS));
        assertThat(needles.in(logs.text())).isEmpty();
        assertThat(needles.in(spans.text())).isEmpty();
        assertThat(secret.in(LogFolder.text(gateway.data().resolve("log")))).isEmpty();
    }
}
