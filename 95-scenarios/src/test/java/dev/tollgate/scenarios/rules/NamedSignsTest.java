// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Each sign has a name, a weight by the bundle and a reason, and the decision's record has them.
class NamedSignsTest {
    private final MovingClock clock = new MovingClock();
    private final GatewayUnderTest gateway;

    NamedSignsTest(@TempDir Path folder) {
        LocalTime now = clock.instant().atZone(ZoneOffset.UTC).toLocalTime().truncatedTo(ChronoUnit.MINUTES);
        BundleFolder bundle = BundleFolder.copy("default", folder.resolve("bundle"))
                .replace("principals.yaml", "(  - id: support-triage\n)", "$1    version: 2.4.1\n")
                .replace("risk.yaml", "velocity: .*", "velocity: {from: 2, each: 3, most: 9}")
                .replace("risk.yaml", "sensitive-classes: .*", "sensitive-classes: {from: 2, each: 20, most: 20}")
                .append(
                        "risk.yaml",
                        "  hours: [{agents: support-triage, zone: UTC, from: '" + now.plusHours(2) + "', until: '"
                                + now.plusHours(3) + "'}]\n");
        gateway = GatewayUnderTest.start(
                GatewayUnderTest.withBundle(GatewayUnderTest.embedded(folder.resolve("data")), bundle), clock);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private void read() {
        try (WireClient agent = gateway.agent(
                Ask.as("support-triage", "carol", "review-incident").with("crm:note:read"))) {
            WireClient.Reply reply = agent.call("note_search", "{\"fields\":[\"id\",\"body\"],\"limit\":1}");
            assertThat(reply.passed()).as(reply.text()).isTrue();
        }
    }

    private Optional<JsonNode> signal(String name) {
        return LogEntries.of(gateway).of("decision").getLast().path("risk").path("signals").values().stream()
                .filter(signal -> signal.path("name").asString("").equals(name))
                .findFirst();
    }

    private String weighs(String name) {
        return signal(name)
                .map(signal -> signal.path("weight").asInt() + ": "
                        + signal.path("reason").asString(""))
                .orElse("nothing");
    }

    @Test
    @Requirement({"S0-4", "S0-38"})
    void a_new_version_an_unusual_hour_speed_and_sensitive_answers_each_weigh_what_the_bundle_says() {
        // Given
        read();
        read();
        read();
        read();

        // When
        read();

        // Then
        assertThat(weighs("new-agent-version")).isEqualTo("10: 1 version of the agent is new here");
        assertThat(weighs("unusual-hour")).isEqualTo("15: 1 call came outside the hours of this agent");
        assertThat(weighs("velocity")).isEqualTo("6: 4 calls were made in 2 min");
        assertThat(weighs("sensitive-classes")).isEqualTo("20: 4 of 4 calls in 10 min showed sensitive fields");
    }

    @Test
    @Requirement("S0-4")
    void a_day_later_the_version_is_known_and_in_its_hours_the_agent_is_at_work() {
        // Given
        read();
        assertThat(weighs("new-agent-version")).startsWith("10");

        // When
        clock.advance(Duration.ofHours(26).plusMinutes(30));
        read();

        // Then
        assertThat(weighs("new-agent-version")).isEqualTo("nothing");
        assertThat(weighs("unusual-hour")).isEqualTo("nothing");
        assertThat(weighs("velocity")).isEqualTo("nothing");
    }
}
