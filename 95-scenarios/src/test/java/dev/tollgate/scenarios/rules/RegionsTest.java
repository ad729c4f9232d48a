// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.app.Configuration;
import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.NodeOnPostgres;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.testing.Requirement;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Data of a region stays on compute of that region: on nodes, and with agents.
class RegionsTest {
    private static final String REGIONS = """
            data_regions:
              - {data: eu, compute: [eu-west-1, eu-central-1]}
              - {data: us, compute: ['*']}
              - {data: apac, compute: ['*']}
            """;
    private static final String ALL = "{\"fields\":[\"id\",\"name\",\"region\"],\"limit\":100}";

    private static final Ask.Token REP =
            Ask.as("sales-copilot", "alice", "maintain-deals").with("crm:*:read", "crm:opportunity:write");
    private static final Ask.Token ANALYST = Ask.as("analyst", "erin", "look-around");

    @TempDir
    private Path folder;

    private Configuration configuration(Path data) {
        return GatewayUnderTest.withBundle(
                GatewayUnderTest.embedded(data),
                BundleFolder.copy("default", folder.resolve("bundle"))
                        .untested()
                        .append("zones.yaml", REGIONS));
    }

    private static Set<String> regions(WireClient.Reply reply) {
        assertThat(reply.passed()).as(reply.text()).isTrue();
        Set<String> regions = new TreeSet<>();
        for (JsonNode record : reply.structured().path("records")) {
            regions.add(record.path("values").path("region").asString("none"));
        }
        return regions;
    }

    private static String code(WireClient.Reply reply) {
        return reply.message().at("/result/_meta/dev.tollgate~1refusal/code").asString("");
    }

    /// A deal of Alice's own in the EU.
    private static String european(Path data) {
        try (Store store = Stores.open(StoreConfig.sqlite(data.resolve("tollgate.db")))) {
            return store.read(session -> session.query("select id from demo_opportunity where region = 'eu'"
                            + " and tenant_id = 'acme' and owner_id = 'usr_001' order by updated_at desc"))
                    .getFirst()
                    .text("id");
        }
    }

    private static WireClient.Reply suggest(GatewayUnderTest gateway, String deal) {
        return gateway.agent(REP)
                .call(
                        "opportunity_update",
                        "{\"id\":\"" + deal + "\",\"values\":{\"agent_suggested_next_step\":\"call\"}}");
    }

    private static WireClient.Reply articles(GatewayUnderTest gateway) {
        return gateway.agent(Ask.as("support-triage", "bob", "support-triage").with("crm:*:read"))
                .call("article_search", "{\"fields\":[\"id\",\"title\"]}");
    }

    @Test
    @Requirement("S1-15")
    void two_nodes_on_one_database_each_answer_with_what_may_be_processed_where_they_stand() throws IOException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
            BundleFolder bundle = BundleFolder.copy("default", folder.resolve("bundle"))
                    .untested()
                    .append("zones.yaml", REGIONS);
            Configuration european = GatewayUnderTest.withBundle(
                            NodeOnPostgres.in(folder.resolve("eu"), postgres), bundle)
                    .standing("eu-west-1");
            Configuration american = GatewayUnderTest.withBundle(
                            NodeOnPostgres.in(folder.resolve("us"), postgres), bundle)
                    .standing("us-east-1");
            MovingClock clock = new MovingClock();
            try (GatewayUnderTest eu = GatewayUnderTest.start(european, clock)) {
                NodeOnPostgres.shareKeys(european.data(), american.data());
                try (GatewayUnderTest us = GatewayUnderTest.start(american, clock)) {
                    // When
                    WireClient.Reply there = eu.agent(REP).call("account_search", ALL);
                    WireClient.Reply here = us.agent(REP).call("account_search", ALL);
                    WireClient.Reply asked = us.agent(REP)
                            .call(
                                    "account_search",
                                    "{\"fields\":[\"id\"],\"where\":[{\"field\":\"region\",\"comparison\":\"equals\","
                                            + "\"value\":\"eu\"}]}");
                    String european1 = there.structured().path("records").values().stream()
                            .filter(record -> record.path("values")
                                    .path("region")
                                    .asString("")
                                    .equals("eu"))
                            .map(record -> record.path("values").path("id").asString(""))
                            .findFirst()
                            .orElseThrow();
                    WireClient.Reply named = us.agent(REP)
                            .call("account_get", "{\"id\":\"" + european1 + "\",\"fields\":[\"id\",\"name\"]}");

                    // Then
                    assertThat(regions(there)).contains("eu");
                    assertThat(regions(here)).isNotEmpty().doesNotContain("eu", "none");
                    assertThat(asked.structured().path("records")).isEmpty();
                    assertThat(code(named)).isEqualTo("not_found");
                }
            }
        }
    }

    @Test
    @Requirement("S1-15")
    void an_agent_that_runs_elsewhere_is_not_answered_with_it_and_nobody_changes_it_from_there() {
        Path data = folder.resolve("data");
        MovingClock clock = new MovingClock();
        Configuration nowhere = configuration(data);
        String deal;
        try (GatewayUnderTest american = GatewayUnderTest.start(nowhere.standing("us-east-1"), clock)) {
            // Given
            regions(american.agent(ANALYST).call("account_search", ALL));
            deal = european(data);

            // When
            WireClient.Reply changed = suggest(american, deal);

            // Then
            assertThat(code(changed)).isEqualTo("not_found");
        }
        try (GatewayUnderTest european = GatewayUnderTest.start(nowhere.standing("eu-west-1"), clock)) {
            WireClient.Reply changed = suggest(european, deal);
            assertThat(changed.passed()).as(changed.text()).isTrue();
            // The analyst's own zone is us-east-1.
            assertThat(regions(european.agent(ANALYST).call("account_search", ALL)))
                    .isNotEmpty()
                    .doesNotContain("eu", "none");
            assertThat(regions(european.agent(REP).call("account_search", ALL))).contains("eu");
        }
    }

    @Test
    @Requirement("S1-15")
    void a_node_that_does_not_say_where_it_stands_has_nothing_that_is_tied_to_a_place() {
        try (GatewayUnderTest gateway =
                GatewayUnderTest.start(configuration(folder.resolve("data")), new MovingClock())) {
            // When
            WireClient.Reply accounts = gateway.agent(REP).call("account_search", ALL);

            // Then
            assertThat(regions(accounts)).isNotEmpty().doesNotContain("eu", "none");
        }
    }

    @Test
    @Requirement("S1-15")
    void records_that_do_not_say_where_they_belong_are_out_of_reach_until_their_system_says_it() {
        Configuration silent = configuration(folder.resolve("data"));
        BundleFolder bundle = new BundleFolder(silent.bundle().orElseThrow())
                .replace(
                        "contracts/demo.yaml",
                        "facts: \\{tenant: tenant_id, region: region, updated",
                        "facts: {tenant: tenant_id, updated");
        try (GatewayUnderTest gateway = GatewayUnderTest.start(silent.standing("us-east-1"), new MovingClock())) {
            // When
            WireClient.Reply unsaid = articles(gateway);

            // Then
            assertThat(unsaid.passed()).isFalse();
            assertThat(unsaid.errorCode()).isEqualTo(-32602);
        }
        bundle.replace("contracts/demo.yaml", "system: demo\n", "system: demo\nregion: us\n");
        Configuration said = GatewayUnderTest.withBundle(GatewayUnderTest.embedded(folder.resolve("other")), bundle)
                .standing("us-east-1");
        try (GatewayUnderTest gateway = GatewayUnderTest.start(said, new MovingClock())) {
            assertThat(articles(gateway).passed()).isTrue();
        }
    }
}
