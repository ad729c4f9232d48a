// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.Plant;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The contract of a request: an agent says what it needs and for what; what comes back is of that,
/// each field with what decided it, and the rest with why it did not.
class NeedTest {
    private static final String NOTES = "canary-notes";
    private static final String STEPS = "turn it off and on";

    private final MovingClock clock = new MovingClock();
    private final GatewayUnderTest gateway;

    NeedTest(@TempDir Path data) {
        GatewayUnderTest.seed(
                data,
                clock,
                store -> new Plant(store, clock.instant().minus(Duration.ofDays(1)))
                        .record(
                                "case",
                                "cas_need",
                                Map.of(
                                        "account_id", "acc_000001",
                                        "subject", "It hums",
                                        "status", "open",
                                        "safe_steps", STEPS,
                                        "internal_investigation_notes", NOTES)));
        gateway = GatewayUnderTest.start(GatewayUnderTest.embedded(data), clock);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    @Requirement("S0-20")
    void what_is_declared_comes_back_or_is_told_why_not_and_nothing_else_comes_back() {
        try (WireClient agent = gateway.agent(Ask.as("support-triage", "bob", "support-triage"))) {
            // When
            WireClient.Reply reply = agent.call(
                    "case_get",
                    "{\"id\":\"cas_need\",\"fields\":[\"subject\",\"status\",\"internal_investigation_notes\","
                            + "\"description\"]}");

            // Then
            JsonNode need = reply.structured().path("need");
            assertThat(need.path("purpose").asString("")).isEqualTo("support-triage");
            assertThat(need.path("stated").asBoolean()).isTrue();
            assertThat(need.path("declared").toString())
                    .isEqualTo("[\"subject\",\"status\",\"internal_investigation_notes\",\"description\"]");
            assertThat(need.path("returned").toString()).isEqualTo("[\"status\",\"subject\"]");
            assertThat(need.path("missing").toString())
                    .isEqualTo("{\"description\":\"out-of-class\","
                            + "\"internal_investigation_notes\":\"out-of-class\"}");
            JsonNode tags = reply.structured().at("/records/0/tags");
            assertThat(new TreeSet<>(tags.propertyNames()))
                    .containsExactly("description", "internal_investigation_notes", "status", "subject");
            assertThat(tags.at("/status/rule").asString("")).isEqualTo("operations");
            assertThat(reply.wire()).contains("It hums").doesNotContain(NOTES, STEPS, "acc_000001");
        }
        logged();
    }

    /// The log has what was declared with the decision, and what of it was returned and was not with the outcome.
    private void logged() {
        LogEntries log = LogEntries.of(gateway);
        JsonNode decision = log.of("decision").getLast();
        JsonNode outcome = log.of("outcome").getLast();
        assertThat(decision.at("/caller/intent").asString("")).isEqualTo("support-triage");
        assertThat(decision.at("/call/fields").toString())
                .isEqualTo("[\"subject\",\"status\",\"internal_investigation_notes\",\"description\"]");
        assertThat(outcome.at("/returned/missing").toString())
                .isEqualTo("{\"description\":\"out-of-class\",\"internal_investigation_notes\":\"out-of-class\"}");
        assertThat(outcome.at("/returned/fields/subject/clear").asLong(0)).isEqualTo(1);
    }

    @Test
    @Requirement("S0-20")
    void who_declares_nothing_gets_the_usual_fields_of_the_tool_and_is_told_that_it_declared_nothing() {
        try (WireClient agent = gateway.agent(Ask.as("support-triage", "bob", "support-triage"))) {
            // When
            JsonNode need =
                    agent.call("case_get", "{\"id\":\"cas_need\"}").structured().path("need");
            JsonNode classes = agent.call(
                            "case_search",
                            "{\"classes\":[\"operational\"],\"where\":[{\"field\":\"id\",\"comparison\":\"equals\","
                                    + "\"value\":\"cas_need\"}]}")
                    .structured()
                    .path("need");

            // Then
            assertThat(need.path("stated").asBoolean()).isFalse();
            assertThat(need.path("declared").toString()).contains("subject").doesNotContain("description");
            assertThat(classes.path("stated").asBoolean()).isTrue();
            assertThat(classes.path("declared").toString()).contains("status").doesNotContain("\"number\"");
            assertThat(classes.path("missing").isEmpty()).isTrue();
        }
    }
}
