// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.app.Reviews;
import dev.tollgate.connectors.HeardHttp;
import dev.tollgate.inspection.outside.ModelReview;
import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A DLP system and a second model, real servers both, are asked about what agents send.
class ReviewedMessagesTest {
    private static final String ALLOW = "{\"verdict\":\"allow\"}";
    private static final String DENY = "{\"verdict\":\"deny\"}";

    private final Outside outside = new Outside();
    private final HeardHttp reviewer = new HeardHttp();
    private final Path data;
    private int tasks;

    ReviewedMessagesTest(@TempDir Path data) {
        this.data = data;
    }

    @AfterEach
    void stop() {
        outside.close();
        reviewer.close();
    }

    private GatewayUnderTest gateway(Reviews reviews) {
        return GatewayUnderTest.start(
                outside.connected(GatewayUnderTest.embedded(data)).asking(reviews), new MovingClock());
    }

    private WireClient.Reply post(GatewayUnderTest gateway, String text) {
        Ask.Token token = Ask.as("support-triage", "bob", "support-triage").with("team:post:send");
        Ask.Token fresh = new Ask.Token(
                token.agent(),
                token.user(),
                token.workflow(),
                "",
                token.scopes(),
                "task-" + ++tasks,
                "session-" + tasks,
                Duration.ofMinutes(15));
        try (WireClient agent = gateway.agent(fresh)) {
            return agent.call("team_post", "{\"values\":{\"text\":\"" + text + "\"}}");
        }
    }

    private void says(int status, String body) {
        reviewer.say(status, Map.of("Content-Type", "application/json"), body);
    }

    @Test
    @Requirement("S1-23")
    void a_dlp_system_that_says_no_or_nothing_stops_the_message() {
        Reviews reviews =
                new Reviews(Optional.of(new Reviews.Dlp(reviewer.url("/check"), Optional.empty())), Optional.empty());
        try (GatewayUnderTest gateway = gateway(reviews)) {
            // Given
            says(200, ALLOW);
            WireClient.Reply allowed = post(gateway, "The printer works again.");

            // When
            says(200, DENY);
            WireClient.Reply denied = post(gateway, "The blue project is late.");
            says(500, "");
            WireClient.Reply silent = post(gateway, "The red project is late.");

            // Then
            assertThat(allowed.passed()).as(allowed.text()).isTrue();
            assertThat(denied.text()).contains("reviewers-said-no");
            assertThat(silent.passed()).isFalse();
            assertThat(silent.text()).doesNotContain("red project");
            assertThat(outside.chat().heard()).hasSize(1);
            assertThat(outside.chat().heard().toString()).contains("printer").doesNotContain("project");
            assertThat(reviewer.heard().toString()).contains("team-chat").contains("The printer works again.");
        }
    }

    @Test
    @Requirement("S1-28")
    void a_second_model_that_says_no_or_argues_stops_the_message() {
        Reviews reviews = new Reviews(
                Optional.empty(),
                Optional.of(new Reviews.Model(
                        ModelReview.Dialect.OPENAI,
                        reviewer.url("/v1/chat/completions"),
                        "judge-1",
                        Optional.empty())));
        try (GatewayUnderTest gateway = gateway(reviews)) {
            // Given
            says(200, completion("{\\\"verdict\\\":\\\"allow\\\"}"));
            WireClient.Reply allowed = post(gateway, "The printer works again.");

            // When
            says(200, completion("{\\\"verdict\\\":\\\"deny\\\"}"));
            WireClient.Reply denied = post(gateway, "The blue project is late.");
            says(200, completion("This looks fine to me."));
            WireClient.Reply argued = post(gateway, "The red project is late.");

            // Then
            assertThat(allowed.passed()).as(allowed.text()).isTrue();
            assertThat(denied.text()).contains("reviewers-said-no");
            assertThat(argued.passed()).isFalse();
            assertThat(outside.chat().heard()).hasSize(1);
            assertThat(reviewer.heard().toString()).contains("support-triage").contains("judge-1");
        }
    }

    private static String completion(String said) {
        return "{\"choices\":[{\"message\":{\"content\":\"" + said + "\"}}]}";
    }

    @Test
    void a_reviewer_that_is_not_there_leaves_nothing_to_decide() {
        Reviews.Dlp gone = new Reviews.Dlp(reviewer.url("/check"), Optional.empty());
        reviewer.close();
        try (GatewayUnderTest gateway = gateway(new Reviews(Optional.of(gone), Optional.empty()))) {
            // When
            WireClient.Reply reply = post(gateway, "The printer works again.");

            // Then
            assertThat(reply.passed()).isFalse();
            assertThat(outside.chat().heard()).isEqualTo(List.of());
        }
    }
}
