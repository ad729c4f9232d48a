// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.app.Configuration;
import dev.tollgate.connectors.demo.DemoData;
import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.NodeOnPostgres;
import dev.tollgate.scenarios.harness.Plant;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.SecretValue;
import dev.tollgate.terms.testing.Requirement;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What an agent was shown is remembered, and a real webhook on the other side says whether it got anything.
class RememberedSendsTest {
    private static final String SEEN = "acc_seen";
    private static final String CALM = "acc_calm";

    /// In the default bundle reviewers see no addresses; here they do, and may still not tell them to a webhook.
    private static final String REVIEWERS_READ = """

            @id("review-reads-addresses")
            permit (
              principal in Agents::"analyst",
              action in [Action::"read", Action::"search"],
              resource in DataClass::"contact-detail"
            )
            when { context.intent == "review-pipeline" };
            """;

    @TempDir
    private Path folder;

    private final MovingClock clock = new MovingClock();
    private final Outside outside = new Outside();
    private GatewayUnderTest gateway;

    @BeforeEach
    void start() {
        Path data = folder.resolve("data");
        GatewayUnderTest.seed(
                data, clock, store -> plant(new Plant(store, clock.instant().minus(Duration.ofDays(3)))));
        gateway = GatewayUnderTest.start(
                outside.connected(GatewayUnderTest.withBundle(GatewayUnderTest.embedded(data), bundle("bundle"))),
                clock);
    }

    private BundleFolder bundle(String name) {
        return BundleFolder.copy("default", folder.resolve(name))
                .append("policies/30-sales.cedar", REVIEWERS_READ)
                .replace("workflows/sales.yaml", "contact_search, contact_count, contact_export", "contact_get, $0");
    }

    private static void plant(Plant plant) {
        for (String account : List.of(SEEN, CALM)) {
            plant.record("account", account, Map.of("name", account, "status", "active"))
                    .record(
                            "contact",
                            "con_" + account,
                            Map.of("account_id", account, "name", "Ada Byron", "email", "ada@" + "engines.example"));
        }
    }

    @AfterEach
    void stop() {
        gateway.close();
        outside.close();
    }

    private WireClient.Reply call(String customer, String session, String tool, String arguments) {
        return call(gateway, customer, session, tool, arguments);
    }

    private static WireClient.Reply call(
            GatewayUnderTest node, String customer, String session, String tool, String arguments) {
        Ask.Token token = Ask.as("analyst", "erin", "review-pipeline").with("crm:contact:read", "hook:event:send");
        try (WireClient agent = node.agent(new Ask.Token(
                token.agent(),
                token.user(),
                token.workflow(),
                customer,
                token.scopes(),
                "task of " + session,
                session,
                token.life()))) {
            return agent.call(tool, arguments);
        }
    }

    private WireClient.Reply read(String customer, String session) {
        return call(
                customer, session, "contact_get", "{\"id\":\"con_" + customer + "\",\"fields\":[\"id\",\"email\"]}");
    }

    private WireClient.Reply post(String customer, String session) {
        return call(
                customer,
                session,
                "hook_post",
                "{\"values\":{\"kind\":\"pipeline-reviewed\",\"summary\":\"reviewed in " + session + "\"}}");
    }

    @Test
    @Requirement({"B-5", "S1-21", "S0-3"})
    void an_agent_that_read_an_address_posts_to_no_webhook_in_any_session_and_another_case_passes() {
        // Given
        assertThat(post(SEEN, "before").passed()).isTrue();
        WireClient.Reply read = read(SEEN, "monday");
        assertThat(read.wire()).contains("ada@engines.example");

        // When
        WireClient.Reply same = post(SEEN, "monday");
        // Before denied calls make the agent look risky.
        WireClient.Reply calm = post(CALM, "thursday");
        WireClient.Reply other = post(SEEN, "tuesday");
        WireClient.Reply unnamed = post("", "wednesday");

        // Then
        assertThat(List.of(same, other, unnamed)).allSatisfy(denied -> {
            assertThat(denied.passed()).isFalse();
            assertThat(denied.text()).contains("no-personal-data-to-webhooks");
        });
        assertThat(calm.passed()).as(calm.text()).isTrue();
        assertThat(outside.partner().heard())
                .hasSize(2)
                .allSatisfy(
                        heard -> assertThat(heard.body()).containsAnyOf("reviewed in before", "reviewed in thursday"));
    }

    @Test
    @Requirement({"B-5", "S1-21"})
    void the_next_day_it_still_posts_nowhere_and_after_a_week_it_may() {
        // Given
        read(SEEN, "monday");

        // When
        clock.advance(Duration.ofDays(1));
        WireClient.Reply day = post(SEEN, "tuesday");
        clock.advance(Duration.ofDays(7));
        WireClient.Reply week = post(SEEN, "next week");

        // Then
        assertThat(day.text()).contains("no-personal-data-to-webhooks");
        assertThat(week.passed()).as(week.text()).isTrue();
        assertThat(outside.partner().heard()).hasSize(1);
    }

    @Test
    @Requirement({"B-5", "S0-25"})
    void the_decision_on_a_post_says_what_was_carried() {
        // Given
        read(SEEN, "monday");

        // When
        post(SEEN, "tuesday");
        JsonNode decision = LogEntries.of(gateway).of("decision").getLast();

        // Then
        assertThat(decision.at("/call/verb").asString("")).isEqualTo("send");
        assertThat(decision.at("/flow/carried").values().stream().map(JsonNode::asString))
                .contains("contact-detail", "direct-identifier");
        assertThat(decision.at("/flow/integrity").asString("")).isEqualTo("trusted");
    }

    @Test
    @Requirement({"B-5", "S1-21"})
    void another_node_denies_the_post_at_once() throws IOException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
            Configuration first = outside.connected(GatewayUnderTest.withBundle(
                    NodeOnPostgres.in(folder.resolve("first"), postgres), bundle("of-nodes")));
            Configuration second = outside.connected(NodeOnPostgres.in(folder.resolve("second"), postgres));
            try (Store store = Stores.open(
                    StoreConfig.postgres(NodeOnPostgres.url(postgres), "postgres", SecretValue.of("postgres")))) {
                DemoData.load(store, clock.instant());
                plant(new Plant(store, clock.instant().minus(Duration.ofDays(3))));
            }
            try (GatewayUnderTest one = GatewayUnderTest.start(first, clock)) {
                NodeOnPostgres.shareKeys(first.data(), second.data());
                try (GatewayUnderTest two = GatewayUnderTest.start(second, clock)) {
                    // Given
                    String contact = "{\"id\":\"con_" + SEEN + "\",\"fields\":[\"id\",\"email\"]}";
                    assertThat(call(one, SEEN, "reading", "contact_get", contact)
                                    .passed())
                            .isTrue();

                    // When
                    String post = "{\"values\":{\"kind\":\"pipeline-reviewed\",\"summary\":\"done\"}}";
                    WireClient.Reply there = call(two, SEEN, "posting", "hook_post", post);
                    WireClient.Reply calm = call(two, CALM, "calm", "hook_post", post);

                    // Then
                    assertThat(there.text()).contains("no-personal-data-to-webhooks");
                    assertThat(calm.passed()).as(calm.text()).isTrue();
                    assertThat(outside.partner().heard()).hasSize(1);
                }
            }
        }
    }
}
