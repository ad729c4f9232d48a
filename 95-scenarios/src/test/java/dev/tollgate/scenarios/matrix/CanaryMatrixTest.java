// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.app.Configuration;
import dev.tollgate.catalog.DataClasses;
import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogCapture;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.SpanCollector;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Plants a value that stands nowhere else in each field of each object of the demo CRM, asks for it in every role,
/// intent and tool, and looks for it in everything that left the gateway.
class CanaryMatrixTest {
    @TempDir
    Path folder;

    @Test
    @Requirement({"B-1", "S0-1", "S0-9", "S0-16"})
    void a_canary_is_seen_in_the_cells_that_policy_permits_and_nowhere_else() throws IOException {
        // Given
        BundleFolder files = Ground.bundle(folder.resolve("bundle"));
        BundleText bundle = BundleText.read(files.path(), "demo.yaml", "demo");
        MovingClock clock = new MovingClock();
        Path data = folder.resolve("data");
        Canaries canaries = Ground.planted(bundle, clock, data);

        try (LogCapture logs = new LogCapture();
                SpanCollector spans = new SpanCollector()) {
            Configuration configuration =
                    Ground.traced(GatewayUnderTest.withBundle(GatewayUnderTest.embedded(data), files), spans);
            Matrix.Found found;
            try (GatewayUnderTest gateway = GatewayUnderTest.start(configuration, clock)) {
                // When
                found = new Matrix(bundle, new Oracle(bundle, DataClasses.BASE, "demo"), canaries, gateway)
                        .run(who -> true, tool -> true);
            }

            // Then
            String log = LogFolder.text(data.resolve("log"));
            assertThat(found.problems()).isEmpty();
            assertThat(found.clear()).as("cells seen clear").isGreaterThan(5_000);
            assertThat(found.masked()).as("cells seen masked").isGreaterThan(50);
            assertThat(found.withheld()).as("cells withheld").isGreaterThan(50_000);
            assertThat(canaries.needles().in(logs.text())).isEmpty();
            assertThat(spans.text()).contains("tools/call");
            assertThat(canaries.needles().in(spans.text())).isEmpty();
            assertThat(log)
                    .as("risk, which the oracle knows nothing of")
                    .contains("\"level\":\"low\"")
                    .doesNotContain("\"level\":\"high\"");
            // The tenant of the person who asked belongs into every entry.
            assertThat(canaries.needles()
                            .without(List.of(Ground.TENANT, Ground.STRANGERS))
                            .in(log))
                    .isEmpty();
        }
    }

    @Test
    @Requirement({"B-1", "S0-4"})
    void an_agent_that_was_denied_often_loses_sensitive_cells_until_its_sheet_is_clean() throws IOException {
        // Given
        BundleFolder files = Ground.bundle(folder.resolve("bundle"));
        BundleText bundle = BundleText.read(files.path(), "demo.yaml", "demo");
        MovingClock clock = new MovingClock();
        Path data = folder.resolve("data");
        Canaries.Planted invoice =
                Ground.planted(bundle, clock, data).of("invoice").getFirst();
        String read = "{\"id\":\"" + invoice.id() + "\",\"fields\":[\"amount\"]}";
        try (GatewayUnderTest gateway = GatewayUnderTest.start(
                        GatewayUnderTest.withBundle(GatewayUnderTest.embedded(data), files), clock);
                WireClient agent = gateway.agent(Ask.as("analyst", "erin", "review-billing"))) {
            // When
            JsonNode before = tag(agent.call("invoice_get", read));
            for (int denied = 0; denied < 20; denied++) {
                agent.call("no_such_tool", "{}");
            }
            JsonNode risky = tag(agent.call("invoice_get", read));
            clock.advance(Duration.ofMinutes(12));
            JsonNode after = tag(agent.call("invoice_get", read));

            // Then
            assertThat(before.path("view").asString("")).isEqualTo("clear");
            assertThat(risky.path("view").asString("")).isEqualTo("withheld");
            assertThat(risky.path("rule").asString("")).isEqualTo("high-risk-stops-sensitive-reads");
            assertThat(after).isEqualTo(before);
        }
    }

    private static JsonNode tag(WireClient.Reply reply) {
        return reply.structured().path("records").path(0).path("tags").path("amount");
    }

    @Test
    void a_bundle_that_permits_more_than_the_oracle_knows_is_noticed() throws IOException {
        // Given
        BundleFolder files = Ground.bundle(folder.resolve("bundle"));
        BundleText bundle = BundleText.read(files.path(), "demo.yaml", "demo");
        files.replace("workflows/sales.yaml", "classes: \\[public,", "classes: [public, contract-terms, billing,")
                .append("policies/90-planted.cedar", """
                        @id("planted")
                        permit (principal in Agents::"sales-copilot", action, resource in DataClass::"contract-terms");
                        @id("planted-mask")
                        permit (principal in Agents::"sales-copilot", action, resource in DataClass::"billing")
                        when { context.view == "masked" };
                        """);
        MovingClock clock = new MovingClock();
        Path data = folder.resolve("data");
        Canaries canaries = Ground.planted(bundle, clock, data);

        // When
        Matrix.Found found;
        try (GatewayUnderTest gateway =
                GatewayUnderTest.start(GatewayUnderTest.withBundle(GatewayUnderTest.embedded(data), files), clock)) {
            found = new Matrix(bundle, new Oracle(bundle, DataClasses.BASE, "demo"), canaries, gateway)
                    .run(
                            who -> who.user().id().equals("alice")
                                    && who.workflow().id().equals("prepare-sales-call"),
                            tool -> true);
        }

        // Then
        assertThat(found.problems())
                .anyMatch(problem -> problem.contains("leaked contract_terms"))
                .anyMatch(problem -> problem.contains("`contract_terms` is clear, policy says withheld"))
                .anyMatch(problem -> problem.contains("`vat_number` is masked, policy says withheld"));
    }
}
