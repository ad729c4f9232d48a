// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.flow;

import static dev.tollgate.scenarios.flow.FlowGround.CALM;
import static dev.tollgate.scenarios.flow.FlowGround.TAINTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What an agent was shown of a customer judges what it may do later, in this session and in any other.
class FlowMemoryTest {
    private static final String RULE = "notes-stay-in-the-house";

    @TempDir
    private Path folder;

    private final MovingClock clock = new MovingClock();
    private GatewayUnderTest gateway;

    @BeforeEach
    void start() {
        Path data = folder.resolve("data");
        GatewayUnderTest.seed(data, clock, store -> FlowGround.plant(store, clock.instant()));
        gateway = GatewayUnderTest.start(
                GatewayUnderTest.withBundle(
                        GatewayUnderTest.embedded(data), FlowGround.bundle(folder.resolve("bundle"))),
                clock);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private JsonNode decision(WireClient.Reply reply) {
        String request = reply.exchange().headers().getOrDefault("x-request-id", "none");
        return LogEntries.of(gateway).of("decision").stream()
                .filter(entry -> entry.path("request").asString("").equals(request))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<String> texts(JsonNode items) {
        return items.values().stream().map(JsonNode::asString);
    }

    @Test
    @Requirement({"B-5", "S0-3"})
    void a_new_session_of_the_same_agent_and_person_still_holds_what_was_read_of_the_customer() {
        // Given
        assertThat(FlowGround.draft(gateway, TAINTED, TAINTED, "before").passed())
                .isTrue();
        assertThat(FlowGround.readNote(gateway, TAINTED, "monday").passed()).isTrue();

        // When
        WireClient.Reply held = FlowGround.draft(gateway, TAINTED, TAINTED, "tuesday");
        WireClient.Reply calm = FlowGround.draft(gateway, CALM, CALM, "wednesday");

        // Then
        assertThat(held.passed()).isFalse();
        assertThat(held.text()).contains(RULE).doesNotContain("we lose money");
        assertThat(calm.passed()).isTrue();
    }

    @Test
    @Requirement("B-5")
    void the_next_day_it_is_still_held_and_after_a_month_it_is_forgotten() {
        // Given
        FlowGround.readNote(gateway, TAINTED, "monday");

        // When
        clock.advance(Duration.ofDays(1));
        WireClient.Reply day = FlowGround.draft(gateway, TAINTED, TAINTED, "tuesday");
        clock.advance(Duration.ofDays(28));
        WireClient.Reply weeks = FlowGround.draft(gateway, TAINTED, TAINTED, "later");
        clock.advance(Duration.ofDays(2));
        WireClient.Reply month = FlowGround.draft(gateway, TAINTED, TAINTED, "much later");

        // Then
        assertThat(day.text()).contains(RULE);
        assertThat(weeks.text()).contains(RULE);
        assertThat(month.passed()).isTrue();
    }

    @Test
    @Requirement({"B-5", "S0-3"})
    void a_task_about_another_customer_in_the_same_session_and_one_about_none_hold_it_too() {
        // Given
        FlowGround.readNote(gateway, TAINTED, "monday");

        // When
        WireClient.Reply mixed = FlowGround.draft(gateway, CALM, CALM, "monday");
        WireClient.Reply unnamed = FlowGround.draft(gateway, CALM, "", "tuesday");

        // Then
        assertThat(mixed.text()).contains(RULE);
        assertThat(unnamed.text()).contains(RULE);
    }

    @Test
    @Requirement({"S1-27", "S0-3"})
    void a_strangers_text_lowers_integrity_and_takes_what_policy_names_away() {
        // Given
        FlowGround.readCase(gateway, TAINTED, "reading", "incident_summary");
        FlowGround.readCase(gateway, CALM, "calm", "status");

        // When
        WireClient.Reply tainted = FlowGround.change(gateway, TAINTED, TAINTED, "acting", "status", "waiting");
        WireClient.Reply draft = FlowGround.draft(gateway, TAINTED, TAINTED, "drafting");
        WireClient.Reply calm = FlowGround.change(gateway, CALM, CALM, "other", "status", "waiting");

        // Then
        assertThat(tainted.text()).contains("strangers-change-no-status");
        assertThat(draft.passed()).isTrue();
        assertThat(calm.passed()).as(calm.text()).isTrue();
    }

    @Test
    @Requirement({"B-5", "S1-27"})
    void the_log_says_what_a_decision_was_taken_on() {
        // Given
        FlowGround.readNote(gateway, TAINTED, "monday");
        FlowGround.readCase(gateway, TAINTED, "monday", "incident_summary");

        // When
        JsonNode held = decision(FlowGround.draft(gateway, TAINTED, TAINTED, "tuesday"));
        JsonNode read = decision(FlowGround.readCase(gateway, TAINTED, "tuesday", "status"));

        // Then
        assertThat(texts(held.at("/flow/carried"))).contains("internal-notes", "interaction-summary");
        assertThat(held.at("/flow/integrity").asString("")).isEqualTo("third-party");
        assertThat(texts(held.at("/flow/systems"))).containsExactly("demo");
        assertThat(held.at("/ruling/reason").asString("")).isEqualTo("flow");
        assertThat(texts(held.at("/ruling/rules"))).contains(RULE);
        assertThat(read.has("flow")).as("no policy asks it of a reading").isFalse();
    }
}
