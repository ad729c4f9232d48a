// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DecisionTokenTest {
    private static final String TOKEN = "dev.tollgate/decision-token";
    private static final String ONE = "{\"id\":\"acc_000001\"}";

    private final GatewayUnderTest gateway;

    DecisionTokenTest(@TempDir Path data) {
        gateway = GatewayUnderTest.start(data);
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    private WireClient agent() {
        return gateway.agent(
                Ask.as("sales-copilot", "alice", "prepare-sales-call").with("crm:account:read"));
    }

    private static JsonNode envelope(WireClient agent) {
        return agent.call("request_authorization", "{\"tool\":\"account_get\",\"arguments\":" + ONE + "}")
                .structured();
    }

    private static WireClient.Reply present(WireClient agent, String token, String arguments) {
        return agent.call("account_get", arguments, Map.of(TOKEN, "\"" + token + "\""));
    }

    @Test
    @Requirement({"S3-9", "S3-5", "S3-10", "S2-1"})
    void a_token_buys_exactly_the_call_that_was_asked_for_once() {
        try (WireClient agent = agent()) {
            // Given
            JsonNode envelope = envelope(agent);
            String token = envelope.path("token").asString("");

            // When
            WireClient.Reply first = present(agent, token, ONE);
            WireClient.Reply second = present(agent, token, ONE);

            // Then
            assertThat(envelope.path("decision").asString("")).isEqualTo("authorised");
            assertThat(first.passed()).isTrue();
            assertThat(second.passed()).isFalse();
            assertThat(second.text()).contains("it was used before");
        }
    }

    @Test
    @Requirement({"S3-6", "S3-10"})
    void a_token_for_one_record_does_not_buy_another() {
        try (WireClient agent = agent()) {
            // When
            WireClient.Reply other =
                    present(agent, envelope(agent).path("token").asString(""), "{\"id\":\"acc_000002\"}");

            // Then
            assertThat(other.passed()).isFalse();
            assertThat(other.text()).contains("does not authorise");
            assertThat(other.wire()).doesNotContain("acc_000002");
        }
    }

    @Test
    @Requirement("S3-6")
    void an_expired_token_buys_nothing() {
        try (WireClient agent = agent()) {
            // Given
            String token = envelope(agent).path("token").asString("");
            gateway.clock().advance(Duration.ofSeconds(61));

            // When
            WireClient.Reply late = present(agent, token, ONE);

            // Then
            assertThat(late.text()).contains("it has expired");
        }
    }

    @Test
    @Requirement({"S3-6", "S2-1"})
    void a_token_of_another_agent_or_of_nobody_buys_nothing() {
        try (WireClient agent = agent();
                WireClient thief = gateway.agent(
                        Ask.as("support-triage", "bob", "support-triage").with("crm:account:read"))) {
            // When
            WireClient.Reply stolen =
                    present(thief, envelope(agent).path("token").asString(""), ONE);
            WireClient.Reply forged = present(agent, "eyJhbGciOiJub25lIn0.e30.", ONE);

            // Then
            assertThat(stolen.passed()).isFalse();
            assertThat(forged.passed()).isFalse();
            assertThat(forged.text()).contains("not a token of this gateway").isEqualTo(stolen.text());
        }
    }
}
