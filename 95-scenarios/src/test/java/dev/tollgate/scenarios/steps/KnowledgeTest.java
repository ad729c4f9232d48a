// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.app.Configuration;
import dev.tollgate.connectors.demo.DemoData;
import dev.tollgate.connectors.demo.DemoKnowledge;
import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.NodeOnPostgres;
import dev.tollgate.scenarios.harness.Plant;
import dev.tollgate.scenarios.harness.RawHttp;
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
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Enrichment finds what applies to the case of its task, by words, and nothing else: on both databases
/// the same, in the same order.
class KnowledgeTest {
    private static final String CASE = "cas_known";
    private static final String OTHERS = "cas_others";
    private static final String CANARY = "canary-hidden-";

    private final MovingClock clock = new MovingClock();

    @TempDir
    private Path folder;

    private static int plant(Store store, MovingClock clock) {
        Counter.plant(store, clock.instant());
        Plant plant = new Plant(store, clock.instant().minus(Duration.ofDays(1)));
        plant.record("case", CASE, about(Counter.ACCOUNT)).record("case", OTHERS, about(Counter.SUSPECT));
        // The word is rare: the demo's own articles do not hold it.
        article(plant, "art_1", "gateway", "eu", "standard", "Zymurgy of the edge unit", "Restart it.");
        article(plant, "art_2", "gateway", "eu", "standard", "Restart", "Zymurgy is best left alone. Überlauf, 2fa.");
        article(plant, "art_3", "any", "any", "any", "Zymurgy restart", "For every product.");
        article(plant, "art_4", "hardware", "eu", "standard", CANARY + "product Zymurgy restart", "Zymurgy");
        article(plant, "art_5", "gateway", "us", "standard", CANARY + "geography Zymurgy restart", "Zymurgy");
        article(plant, "art_6", "gateway", "eu", "regulated", CANARY + "policies Zymurgy restart", "Zymurgy");
        article(plant.with("tenant_id", "globex"), "art_7", "any", "any", "any", CANARY + "tenant Zymurgy", "Zymurgy");
        return store.write(session -> DemoKnowledge.index(store, session));
    }

    private static Map<String, Object> about(String account) {
        return Map.of("account_id", account, "status", "open", "product", "gateway", "subject", "It hums");
    }

    private static void article(
            Plant plant, String id, String product, String geography, String policies, String title, String body) {
        plant.record(
                "article",
                id,
                Map.of(
                        "product", product,
                        "geography", geography,
                        "policy_set", policies,
                        "title", title,
                        "body", body,
                        "status", "published",
                        "internal_procedure", CANARY + "procedure"));
    }

    private static Ask.Token token(String step, String caseId) {
        return Ask.as("support-triage", "bob", "answer-case")
                .about(Counter.ACCOUNT)
                .on(caseId)
                .with("crm:*:read")
                .at(step);
    }

    private static WireClient.Reply intake(GatewayUnderTest gateway, String caseId) {
        try (WireClient agent = gateway.agent(token("intake", caseId))) {
            return agent.call("case_get", "{\"id\":\"" + caseId + "\"}");
        }
    }

    private static WireClient.Reply find(WireClient agent, String words, String more) {
        return agent.call("knowledge_search", "{\"words\":\"" + words + "\"" + more + "}");
    }

    private static List<String> found(WireClient.Reply reply) {
        assertThat(reply.passed()).as(reply.text()).isTrue();
        return StreamSupport.stream(reply.structured().path("records").spliterator(), false)
                .map(row -> row.at("/values/id").asString(""))
                .toList();
    }

    @Test
    @Requirement({"S2-5", "S2-10"})
    void only_what_applies_to_the_case_is_found_on_sqlite() {
        Path data = folder.resolve("data");
        GatewayUnderTest.seed(data, clock, store -> plant(store, clock));
        try (GatewayUnderTest gateway = GatewayUnderTest.start(GatewayUnderTest.embedded(data), clock)) {
            enriched(gateway);
        }
    }

    @Test
    @Requirement({"S2-5", "S2-10"})
    void only_what_applies_to_the_case_is_found_on_postgresql() throws IOException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
            Configuration node = NodeOnPostgres.in(folder.resolve("node"), postgres);
            try (Store store = Stores.open(
                    StoreConfig.postgres(NodeOnPostgres.url(postgres), "postgres", SecretValue.of("postgres")))) {
                DemoData.load(store, clock.instant());
                plant(store, clock);
            }
            try (GatewayUnderTest gateway = GatewayUnderTest.start(node, clock)) {
                enriched(gateway);
            }
        }
    }

    private static void enriched(GatewayUnderTest gateway) {
        try (WireClient agent = gateway.agent(token("enrichment", CASE))) {
            // When
            WireClient.Reply early = find(agent, "zymurgy", "");
            WireClient.Reply read = intake(gateway, CASE);
            WireClient.Reply both = find(agent, "RESTART, Zymurgy!", "");
            WireClient.Reply again = find(agent, "RESTART, Zymurgy!", "");
            WireClient.Reply page = find(agent, "zymurgy", ",\"limit\":2");
            String cursor = page.structured().path("cursor").asString("");
            WireClient.Reply next = find(agent, "zymurgy", ",\"limit\":2,\"cursor\":\"" + cursor + "\"");
            WireClient.Reply other = find(agent, "restart", ",\"limit\":2,\"cursor\":\"" + cursor + "\"");

            // Then
            assertThat(Counter.code(early)).isEqualTo("step_needed");
            assertThat(read.passed()).as(read.text()).isTrue();
            // Both words in a title, one in each, and one in a title: the demo's own articles come after or not at all.
            assertThat(found(both).subList(0, 3)).containsExactly("art_3", "art_1", "art_2");
            assertThat(found(again)).isEqualTo(found(both));
            assertThat(found(page)).containsExactly("art_1", "art_3");
            assertThat(found(next)).containsExactly("art_2");
            assertThat(Counter.code(other)).isEqualTo("malformed");
            JsonNode tags = both.structured().at("/records/0/tags");
            assertThat(tags.at("/body/view").asString("")).isEqualTo("clear");
        }
        gateway.clock().advance(Duration.ofSeconds(61));
        narrow(gateway);
        assertThat(gateway.exchanges())
                .extracting(RawHttp.Exchange::wire)
                .noneMatch(wire -> wire.contains(CANARY) || wire.contains("art_4\"") || wire.contains("art_7\""));
        assertThat(LogEntries.of(gateway).texts()).noneMatch(entry -> entry.contains("zymurgy"));
    }

    /// What the agent asks for cannot widen what applies, and what it writes is words.
    private static void narrow(GatewayUnderTest gateway) {
        try (WireClient agent = gateway.agent(token("enrichment", CASE))) {
            // When
            WireClient.Reply product = find(
                    agent,
                    "zymurgy",
                    ",\"where\":[{\"field\":\"product\",\"comparison\":\"equals\",\"value\":\"hardware\"}]");
            WireClient.Reply hidden = agent.call("article_get", "{\"id\":\"art_4\"}");
            WireClient.Reply absent = agent.call("article_get", "{\"id\":\"art_none\"}");
            WireClient.Reply fields = find(agent, "zymurgy", ",\"fields\":[\"id\",\"internal_procedure\"]");
            WireClient.Reply operators = find(agent, "zymurgy\\\" OR title:* NEAR(-- '|&!", "");
            WireClient.Reply unicode = find(agent, "ÜBERLAUF 2FA", "");
            WireClient.Reply marks = find(agent, "\\\"' * :- ()", "");
            WireClient.Reply many = find(agent, "a b c d e f g h i", "");

            // Then
            assertThat(found(product)).isEmpty();
            assertThat(hidden.text()).isEqualTo(absent.text());
            assertThat(Counter.code(hidden)).isEqualTo("not_found");
            assertThat(fields.structured()
                            .at("/records/0/values/internal_procedure")
                            .asString(""))
                    .isEqualTo("internal notes unavailable");
            assertThat(found(operators)).startsWith("art_1", "art_3").contains("art_2");
            assertThat(found(unicode)).containsExactly("art_2");
            assertThat(List.of(marks, many)).extracting(Counter::code).containsOnly("malformed");
        }
        gateway.clock().advance(Duration.ofMinutes(20));
        intake(gateway, OTHERS);
        try (WireClient agent = gateway.agent(token("enrichment", OTHERS))) {
            assertThat(Counter.code(find(agent, "zymurgy", ""))).isEqualTo("step_needed");
        }
        unreadable(gateway);
    }

    /// A case of another customer is no case, whatever the token names.
    private static void unreadable(GatewayUnderTest gateway) {
        Ask.Token theirs = token("enrichment", OTHERS);
        try (WireClient owner = gateway.agent(token("intake", OTHERS).about(Counter.SUSPECT));
                WireClient agent = gateway.agent(theirs.about(Counter.SUSPECT).on("cas_none"))) {
            owner.call("case_get", "{\"id\":\"" + OTHERS + "\"}");
            assertThat(find(agent, "zymurgy", "").passed()).isFalse();
        }
    }
}
