// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.governance.exception.ExceptionKind;
import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An agent that retrieved content and then goes round in circles, with the built-in bundle.
class LoopTest {
    private static final Ask.Token TRIAGE = Ask.as("support-triage", "bob", "support-triage")
            .with("crm:case:read", "crm:case:write", "crm:account:read");

    private final GatewayUnderTest gateway;

    LoopTest(@TempDir Path folder) {
        gateway = GatewayUnderTest.start(folder);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private static String first(WireClient agent) {
        return agent.call("case_search", "{\"fields\":[\"id\",\"subject\",\"safe_steps\"],\"limit\":1}")
                .structured()
                .at("/records/0/values/id")
                .asString("");
    }

    @Test
    @Requirement("S1-30")
    void after_retrieving_content_the_same_call_over_and_over_escalates_instead_of_going_on() {
        try (WireClient agent = gateway.agent(TRIAGE)) {
            // Given
            String id = first(agent);

            // When the case's text has told the agent to look until it is solved
            List<WireClient.Reply> replies = new ArrayList<>();
            for (int at = 0; at < 14; at++) {
                replies.add(agent.call("case_get", "{\"id\":\"" + id + "\"}"));
            }
            WireClient.Reply other = agent.call("account_search", "{\"fields\":[\"id\"],\"limit\":1}");

            // Then
            assertThat(replies.subList(0, 9)).allMatch(WireClient.Reply::passed);
            assertThat(replies.subList(9, 14)).allSatisfy(reply -> {
                assertThat(BudgetsTest.code(reply)).isEqualTo("looping");
                assertThat(reply.text()).contains("same-call", "case_get");
                assertThat(BudgetsTest.wait(reply)).isBetween(1L, 600L);
                assertThat(reply.structured().path("records").size()).isZero();
            });
            assertThat(other.passed()).isTrue();
            assertThat(Waiting.in(gateway)).anySatisfy(waiting -> {
                assertThat(waiting.report().kind()).isEqualTo(ExceptionKind.ANOMALY);
                assertThat(waiting.report().rule().value()).isEqualTo("loop-same-call");
            });
            assertThat(LogEntries.of(gateway).texts()).anyMatch(entry -> entry.contains("\"result\":\"looping\""));
        }
    }

    @Test
    @Requirement("S1-30")
    void retries_of_what_was_refused_are_limited() {
        try (WireClient agent = gateway.agent(TRIAGE)) {
            // Given
            String id = first(agent);

            // When
            List<String> codes = new ArrayList<>();
            for (int at = 0; at < 7; at++) {
                codes.add(BudgetsTest.code(agent.call("case_get", "{\"id\":\"" + id + "x\"}")));
            }

            // Then
            assertThat(codes.subList(0, 5)).containsOnly("not_found");
            assertThat(codes.subList(5, 7)).containsOnly("looping");
        }
    }

    @Test
    @Requirement("S1-30")
    void two_calls_in_turn_are_a_loop_and_a_risk() {
        try (WireClient agent = gateway.agent(TRIAGE)) {
            // Given
            String id = first(agent);

            // When
            List<String> codes = new ArrayList<>();
            for (int round = 0; round < 12; round++) {
                codes.add(BudgetsTest.code(agent.call("case_get", "{\"id\":\"" + id + "\"}")));
                codes.add(BudgetsTest.code(agent.call("case_search", "{\"fields\":[\"id\"],\"limit\":2}")));
            }
            WireClient.Reply change = agent.call(
                    "case_update", "{\"id\":\"" + id + "\",\"values\":{\"customer_message_draft\":\"we are on it\"}}");

            // Then
            assertThat(codes.indexOf("looping")).isEqualTo(9);
            assertThat(BudgetsTest.code(change)).isNotEmpty();
            assertThat(Waiting.in(gateway))
                    .anyMatch(waiting -> waiting.report().rule().value().equals("loop-alternation"));
        }
    }
}
