// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.Commands;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class LimitsTest {
    private static final String STANDARD = "\\{from: 2026-07-01, value: 100\\}";

    private static final String SECOND = """
            agents:
              - id: support-triage-2
                type: support-triage
                tier: 2
                zone: tier2-internal-assist
                spiffe_id: spiffe://spare.example/agents/support-triage-2
                trust_domain: spare.example
                attestation: local
                workflows: [request-refund]
                roles: [support-rep, support-lead]
            """;

    @TempDir
    private Path folder;

    private BundleFolder bundle() {
        return BundleFolder.copy("default", folder.resolve("bundle"))
                .untested()
                .replace("principals.yaml", "agents:\\s", SECOND);
    }

    private static WireClient agent(GatewayUnderTest gateway, String agent, String user) {
        return gateway.agent(
                Ask.as(agent, user, "request-refund").about("acc_000003").with("crm:refund_request:create"));
    }

    private static JsonNode asked(WireClient agent, String amount) {
        return agent.call(
                        "request_authorization",
                        "{\"tool\":\"refund_request_create\",\"arguments\":{\"values\":{\"account_id\":\"acc_000003\","
                                + "\"order_id\":\"ord_000001\",\"amount\":" + amount + ",\"currency\":\"EUR\","
                                + "\"reason\":\"damaged\",\"justification\":\"it came broken\"}}}")
                .structured();
    }

    private static String word(WireClient agent, String amount) {
        return asked(agent, amount).path("decision").asString("");
    }

    @Test
    @Requirement({"S3-2", "S3-3", "S3-13"})
    void three_agents_never_stay_on_the_old_refund_limit() {
        BundleFolder bundle = bundle();
        try (GatewayUnderTest gateway = GatewayUnderTest.start(folder.resolve("data"), bundle);
                WireClient first = agent(gateway, "support-triage", "bob");
                WireClient second = agent(gateway, "support-triage", "carol");
                WireClient third = agent(gateway, "support-triage-2", "bob")) {
            // Given three agents with tokens from before the change
            List<WireClient> agents = List.of(first, second, third);
            assertThat(agents).allMatch(agent -> word(agent, "100").equals("authorised"));
            assertThat(agents).allMatch(agent -> word(agent, "100.01").equals("needs_approval"));

            // When
            bundle.replace("limits.yaml", STANDARD, "{from: 2026-07-01, value: 40}");
            Commands.Result activated = new Commands(gateway.data())
                    .run("policy", "activate", bundle.path().toString(), "--by", "olivia");

            // Then
            assertThat(activated.code()).as(activated.err() + activated.out()).isZero();
            assertThat(agents).allMatch(agent -> word(agent, "40.01").equals("needs_approval"));
            assertThat(agents).noneMatch(agent -> asked(agent, "100").has("token"));
            assertThat(agents).allMatch(agent -> word(agent, "40").equals("authorised"));
        }
    }

    @Test
    @Requirement("S3-12")
    void a_limit_takes_effect_on_its_date_without_anybody_doing_anything() {
        LocalDate today = LocalDate.ofInstant(new MovingClock().instant(), ZoneOffset.UTC);
        BundleFolder bundle = bundle().replace(
                        "limits.yaml", "from: 2025-01-01, value: 150", "from: 2025-01-01, value: 100")
                .replace("limits.yaml", STANDARD, "{from: " + today.plusDays(2) + ", value: 250}");
        try (GatewayUnderTest gateway = GatewayUnderTest.start(folder.resolve("data"), bundle);
                WireClient before = agent(gateway, "support-triage", "bob")) {
            // Given
            JsonNode early = asked(before, "250");

            // When
            gateway.clock().advance(Duration.ofDays(3));
            try (WireClient after = agent(gateway, "support-triage", "bob")) {
                JsonNode late = asked(after, "250");

                // Then the same bundle decides otherwise
                assertThat(early.path("decision").asString("")).isEqualTo("needs_approval");
                assertThat(late.path("decision").asString("")).isEqualTo("authorised");
                assertThat(late.path("policy_version")).isEqualTo(early.path("policy_version"));
                assertThat(word(after, "250.01")).isEqualTo("needs_approval");
                assertThat(word(after, "2000.01")).isEqualTo("denied");
            }
        }
    }
}
