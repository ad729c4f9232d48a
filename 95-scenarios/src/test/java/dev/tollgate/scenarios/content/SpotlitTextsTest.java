// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.Plant;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Requirement;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What strangers wrote comes marked as data, in the way that the agent's zone asks for.
class SpotlitTextsTest {
    private static final String SUMMARY = "The parcel came late, and the box was open.";

    @TempDir
    private Path folder;

    private GatewayUnderTest gateway(String zoneKey) {
        MovingClock clock = new MovingClock();
        Path data = folder.resolve("data-" + zoneKey.length());
        GatewayUnderTest.seed(
                data,
                clock,
                store -> new Plant(store, clock.instant().minus(Duration.ofDays(3)))
                        .record("account", "acc_marks", Map.of("name", "Marks Ltd", "status", "active"))
                        .record(
                                "case",
                                "cas_marks",
                                Map.of(
                                        "account_id",
                                        "acc_marks",
                                        "status",
                                        "open",
                                        "incident_summary",
                                        SUMMARY,
                                        "safe_steps",
                                        "restart it")));
        BundleFolder bundle = BundleFolder.copy("default", folder.resolve("bundle-" + zoneKey.length()))
                .replace("zones.yaml", "(id: tier2-internal-assist\n)", "$1    " + zoneKey + "\n");
        return GatewayUnderTest.start(GatewayUnderTest.withBundle(GatewayUnderTest.embedded(data), bundle), clock);
    }

    private static JsonNode read(GatewayUnderTest gateway) {
        try (WireClient agent =
                gateway.agent(Ask.as("support-triage", "bob", "support-triage").with("crm:case:read"))) {
            return agent.call(
                            "case_get",
                            "{\"id\":\"cas_marks\",\"fields\":[\"id\",\"status\",\"incident_summary\",\"safe_steps\"]}")
                    .structured();
        }
    }

    private static String value(JsonNode answer, String field) {
        return answer.at("/records/0/values/" + field).asString("");
    }

    private static String tag(JsonNode answer, String field) {
        return answer.at("/records/0/tags/" + field + "/spotlight").asString("");
    }

    @Test
    @Requirement({"S1-29", "S1-27"})
    void strangers_text_stands_between_lines_that_nobody_can_guess_and_other_text_does_not() {
        try (GatewayUnderTest gateway = gateway("spotlight: delimit")) {
            // When
            JsonNode first = read(gateway);
            JsonNode second = read(gateway);

            // Then
            List<String> lines = value(first, "incident_summary").lines().toList();
            String nonce = lines.getFirst().substring("data ".length());
            assertThat(nonce).matches("[0-9a-f]{24}");
            assertThat(lines).containsExactly("data " + nonce, SUMMARY, "end " + nonce);
            assertThat(tag(first, "incident_summary")).isEqualTo("delimit");
            assertThat(first.at("/spotlight/mode").asString("")).isEqualTo("delimit");
            assertThat(first.at("/spotlight/note").asString("")).contains(nonce);
            assertThat(value(first, "safe_steps")).isEqualTo("restart it");
            assertThat(tag(first, "safe_steps")).isEmpty();
            assertThat(value(second, "incident_summary")).doesNotContain(nonce).contains(SUMMARY);
        }
    }

    @Test
    @Requirement("S1-29")
    void a_zone_may_ask_for_marks_between_words_or_for_base64() {
        try (GatewayUnderTest datamark = gateway("spotlight: datamark");
                GatewayUnderTest base64 = gateway("spotlight: base64")) {
            // When
            String marked =
                    value(read(datamark), "incident_summary").lines().toList().get(1);
            String written =
                    value(read(base64), "incident_summary").lines().toList().get(1);

            // Then
            assertThat(marked).isEqualTo(SUMMARY.replace(' ', '\uE000'));
            assertThat(new String(Base64.getDecoder().decode(written), StandardCharsets.UTF_8))
                    .isEqualTo(SUMMARY);
        }
    }

    @Test
    void a_zone_that_asks_for_nothing_gets_texts_as_they_are() {
        try (GatewayUnderTest gateway = gateway("spotlight: none")) {
            // When
            JsonNode answer = read(gateway);

            // Then
            assertThat(value(answer, "incident_summary")).isEqualTo(SUMMARY);
            assertThat(answer.has("spotlight")).isFalse();
        }
    }
}
