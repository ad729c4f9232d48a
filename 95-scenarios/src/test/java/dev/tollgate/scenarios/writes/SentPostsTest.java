// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Agents over MCP that post to a partner's webhook and to a chat, and real HTTP servers that say what they
/// heard.
class SentPostsTest {
    private static final Ask.Token REVIEW =
            Ask.as("analyst", "erin", "review-pipeline").with("crm:*:read", "crm:*:search", "hook:event:send");
    private static final Ask.Token TRIAGE =
            Ask.as("support-triage", "bob", "support-triage").with("crm:case:read", "team:post:send");

    @TempDir
    private Path folder;

    private GatewayUnderTest gateway(Outside outside, BundleFolder bundle) {
        return GatewayUnderTest.start(
                outside.connected(
                        GatewayUnderTest.withBundle(GatewayUnderTest.embedded(folder.resolve("data")), bundle)),
                new MovingClock());
    }

    private BundleFolder bundle() {
        return BundleFolder.copy("default", folder.resolve("bundle"));
    }

    private static WireClient.Reply tell(WireClient agent, String summary, String more) {
        return agent.call(
                "hook_post",
                "{\"values\":{\"kind\":\"pipeline-reviewed\",\"summary\":\"" + summary + "\"}" + more + "}");
    }

    private static List<String> names(WireClient agent) {
        return agent.tools().stream()
                .map(tool -> tool.path("name").asString(""))
                .toList();
    }

    @Test
    @Requirement("S1-21")
    void an_agent_that_has_read_personal_data_no_longer_writes_to_a_webhook() {
        // Given
        BundleFolder named = bundle().append("policies/80-sends.cedar", """

                @id("review-names")
                permit (
                  principal in Agents::"analyst",
                  action in [Action::"read", Action::"search"],
                  resource in DataClass::"person-name"
                )
                when { context.intent == "review-pipeline" };
                """);
        try (Outside outside = new Outside();
                GatewayUnderTest gateway = gateway(outside, named)) {
            WireClient agent = gateway.agent(REVIEW);

            // When
            WireClient.Reply before = tell(agent, "twelve deals", "");
            WireClient.Reply read = agent.call("contact_search", "{\"fields\":[\"id\",\"name\"],\"limit\":3}");
            WireClient.Reply after = tell(agent, "thirteen deals", "");

            // Then
            assertThat(before.passed()).as(before.text()).isTrue();
            assertThat(read.structured().at("/records/0/values/name").asString(""))
                    .isNotEmpty();
            assertThat(Desk.code(after)).isEqualTo("denied");
            assertThat(after.text()).contains("no-personal-data-to-webhooks");
            assertThat(outside.partner().only().body()).contains("twelve deals");
        }
    }

    @Test
    void a_post_whose_end_nobody_knows_is_not_made_twice_under_its_key() {
        try (Outside outside = new Outside();
                GatewayUnderTest gateway = gateway(outside, bundle())) {
            // Given
            outside.partner().say(503, Map.of(), "try ada@engines.example");
            WireClient agent = gateway.agent(REVIEW);
            String key = ",\"idempotency_key\":\"review-7\"";

            // When
            WireClient.Reply lost = tell(agent, "twelve deals", key);
            outside.partner().say(200, Map.of(), "");
            WireClient.Reply again = tell(agent, "twelve deals", key);
            WireClient.Reply other = tell(agent, "thirteen deals", "");

            // Then
            assertThat(Desk.code(lost)).isEqualTo("upstream_failed");
            assertThat(lost.text()).contains("unknown_outcome").doesNotContain("ada");
            assertThat(again.passed()).isFalse();
            assertThat(other.passed()).as(other.text()).isTrue();
            assertThat(outside.partner().heard()).hasSize(2);
            assertThat(LogEntries.of(gateway).texts()).noneMatch(entry -> entry.contains("twelve deals"));
        }
    }

    @Test
    @Requirement("S1-21")
    void a_decision_token_buys_exactly_the_post_that_was_asked_for_once() {
        try (Outside outside = new Outside();
                GatewayUnderTest gateway = gateway(outside, bundle())) {
            // Given
            WireClient agent = gateway.agent(REVIEW);
            String meant = "{\"values\":{\"kind\":\"pipeline-reviewed\",\"summary\":\"twelve deals\"}}";
            String token = agent.call("request_authorization", "{\"tool\":\"hook_post\",\"arguments\":" + meant + "}")
                    .structured()
                    .path("token")
                    .asString("");
            Map<String, String> presented = Map.of("dev.tollgate/decision-token", "\"" + token + "\"");

            // When
            WireClient.Reply other = agent.call("hook_post", meant.replace("twelve", "thirteen"), presented);
            int before = outside.partner().heard().size();
            WireClient.Reply same = agent.call("hook_post", meant, presented);
            WireClient.Reply again = agent.call("hook_post", meant, presented);

            // Then
            assertThat(token).isNotEmpty();
            assertThat(Desk.code(other)).isEqualTo("token_refused");
            assertThat(before).isZero();
            assertThat(same.passed()).as(same.text()).isTrue();
            assertThat(Desk.code(again)).isEqualTo("token_refused");
            assertThat(outside.partner().only().body()).contains("twelve deals");
        }
    }

    @Test
    void a_redirect_of_the_partner_leads_nowhere() {
        try (Outside outside = new Outside();
                GatewayUnderTest gateway = gateway(outside, bundle())) {
            // Given
            outside.partner()
                    .say(307, Map.of("Location", outside.chat().url("/stolen").toString()), "");

            // When
            WireClient.Reply moved = tell(gateway.agent(REVIEW), "twelve deals", "");

            // Then
            assertThat(moved.text()).contains("rejected");
            assertThat(outside.chat().heard()).isEmpty();
        }
    }

    @Test
    void a_post_to_the_team_calls_nobody_and_a_meter_counts_it() {
        // Given
        BundleFolder few = bundle().budget("""
                  - agents: support-triage
                    calls_per_minute: 600
                    sends_per_hour: 2
                """);
        try (Outside outside = new Outside();
                GatewayUnderTest gateway = gateway(outside, few)) {
            WireClient agent = gateway.agent(TRIAGE);

            // When
            List<String> codes = IntStream.range(0, 3)
                    .mapToObj(at -> Desk.code(
                            agent.call("team_post", "{\"values\":{\"text\":\"<!channel> case " + at + " waits\"}}")))
                    .toList();

            // Then
            assertThat(codes).containsExactly("", "", "over_budget");
            assertThat(outside.chat().heard()).hasSize(2);
            assertThat(outside.chat().heard().getFirst().body()).contains("\"text\":\"&lt;!channel&gt; case 0 waits\"");
        }
    }

    @Test
    void a_sink_that_is_not_connected_is_no_tool() {
        try (GatewayUnderTest gateway = GatewayUnderTest.start(folder.resolve("bare"))) {
            WireClient agent = gateway.agent(TRIAGE);

            WireClient.Reply reply = agent.call("team_post", "{\"values\":{\"text\":\"a case waits\"}}");

            assertThat(names(agent)).contains("case_get").doesNotContain("team_post");
            assertThat(reply.passed()).isFalse();
            assertThat(reply.wire()).doesNotContain("upstream");
        }
    }
}
