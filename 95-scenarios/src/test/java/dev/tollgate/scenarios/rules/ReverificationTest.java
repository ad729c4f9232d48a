// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.governance.exception.ExceptionCase;
import dev.tollgate.governance.exception.ExceptionReport.Severity;
import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.Plant;
import dev.tollgate.scenarios.harness.WaitingCases;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who asks is proven again: after so many calls, sooner when the risk is higher, and perhaps never again.
class ReverificationTest {
    private static final String TIER_2 = "(?s)  - tier: 2\n.*?(?=  - tier: 3)";

    private final MovingClock clock = new MovingClock();

    @TempDir
    private Path folder;

    private GatewayUnderTest start(String line) {
        Path data = folder.resolve("data");
        GatewayUnderTest.seed(
                data,
                clock,
                seeded -> Risky.plant(new Plant(seeded, clock.instant().minus(Duration.ofDays(3)))));
        BundleFolder bundle = BundleFolder.copy("default", folder.resolve("bundle"))
                .replace("verification.yaml", TIER_2, "  - tier: 2\n    " + line + "\n");
        return GatewayUnderTest.start(GatewayUnderTest.withBundle(GatewayUnderTest.embedded(data), bundle), clock);
    }

    private static String code(WireClient.Reply reply) {
        return reply.message().at("/result/_meta/dev.tollgate~1refusal/code").asString("");
    }

    private static WireClient.Reply status(WireClient agent, String id) {
        return agent.call("case_get", "{\"id\":\"" + id + "\",\"fields\":[\"id\",\"status\"]}");
    }

    @Test
    @Requirement({"S1-31", "S0-4"})
    void after_so_many_calls_it_proves_itself_again_with_a_new_token() {
        try (GatewayUnderTest gateway = start("every_actions: 3");
                WireClient agent = gateway.agent(Risky.token())) {
            // Given
            for (int at = 0; at < 3; at++) {
                assertThat(status(agent, "cas_one").passed()).isTrue();
            }

            // When
            WireClient.Reply fourth = status(agent, "cas_two");
            clock.advance(Duration.ofSeconds(2));
            WireClient.Reply renewed = status(gateway.agent(Risky.token()), "cas_two");

            // Then
            assertThat(code(fourth)).isEqualTo("proof_needed");
            assertThat(fourth.text())
                    .isEqualTo("3 calls were made on one proof of who asks, and no more may be: prove the workload"
                            + " again, fetch a new token and make the call again");
            assertThat(renewed.passed()).as(renewed.text()).isTrue();
            assertThat(code(status(agent, "cas_three"))).isEqualTo("proof_needed");
        }
    }

    @Test
    @Requirement({"S1-31", "S0-4"})
    void a_token_that_is_fresh_enough_at_low_risk_is_too_old_when_something_is_wrong() {
        try (GatewayUnderTest gateway = start("proof_seconds_at_medium: 60");
                WireClient agent = gateway.agent(Risky.token())) {
            // Given
            clock.advance(Duration.ofSeconds(90));
            assertThat(status(agent, "cas_one").passed()).isTrue();
            new Risky(gateway).becomeMedium();

            // When
            WireClient.Reply old = status(agent, "cas_one");
            WireClient.Reply fresh = status(gateway.agent(Risky.token()), "cas_one");

            // Then
            assertThat(code(old)).isEqualTo("proof_needed");
            assertThat(old.text()).startsWith("the proof of who asks is older than 60 s");
            assertThat(fresh.passed()).as(fresh.text()).isTrue();
        }
    }

    @Test
    @Requirement({"S1-31", "S2-13"})
    void a_session_whose_risk_is_high_ends_before_it_is_over_and_no_new_token_brings_it_back() {
        try (GatewayUnderTest gateway = start("stop_at_high: session");
                Store store = Stores.open(StoreConfig.sqlite(gateway.data().resolve("tollgate.db")))) {
            // Given
            Risky agent = new Risky(gateway);
            agent.becomeMedium();
            assertThat(agent.summary("cas_three").passed()).isTrue();

            // When
            WireClient.Reply stopped = agent.summary("cas_none");
            for (int at = 0; at < 8 && !code(stopped).equals("shut_down"); at++) {
                stopped = agent.summary("cas_none_" + at);
            }
            clock.advance(Duration.ofMinutes(11));
            WireClient.Reply later = agent.summary("cas_one");
            WireClient.Reply other = status(
                    gateway.agent(new Ask.Token(
                            "support-triage",
                            "bob",
                            "support-triage",
                            "",
                            Risky.token().scopes(),
                            "task-2",
                            "session-2",
                            Duration.ofMinutes(15))),
                    "cas_one");

            // Then
            assertThat(code(stopped)).isEqualTo("shut_down");
            assertThat(code(later)).isEqualTo("halted");
            assertThat(other.passed()).as(other.text()).isTrue();
            ExceptionCase task = new WaitingCases(store, clock).of("shut-down");
            assertThat(task.report().severity()).isEqualTo(Severity.HIGH);
            assertThat(task.report().owner()).isEqualTo("fraud-desk");
            List<Store.Record> halts = store.read(session -> session.query("select * from halt"));
            assertThat(halts).singleElement().satisfies(halt -> {
                assertThat(halt.text("kind") + " " + halt.text("subject")).isEqualTo("session session-1");
                assertThat(halt.text("why")).contains("texts-with-orders");
            });
        }
    }
}
