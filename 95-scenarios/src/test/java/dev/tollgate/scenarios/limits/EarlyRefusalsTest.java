// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.RawHttp;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Calls that are refused before anybody knows what they mean.
class EarlyRefusalsTest {
    private static final Ask.Token CALL = Ask.as("sales-copilot", "alice", "prepare-sales-call");
    private static final int CALLS = 10;
    private static final int TRIES = 400;

    @TempDir
    private Path folder;

    /// What the log says of many such calls.
    private void written(String result, Function<WireClient, RawHttp.Exchange> call) {
        BundleFolder bundle = BundleFolder.copy("default", folder.resolve("bundle"))
                .budget("  - {agents: '*', calls_per_minute: " + CALLS + "}\n");
        try (GatewayUnderTest gateway = GatewayUnderTest.start(folder.resolve("data"), bundle);
                WireClient agent = gateway.agent(CALL)) {
            // When
            Instant from = gateway.clock().instant();
            RawHttp.Exchange last = call.apply(agent);
            for (int at = 0; at < TRIES; at++) {
                last = call.apply(agent);
            }
            WireClient.Reply sound = agent.call("account_get", "{\"id\":\"acc_000001\"}");
            long seconds = Duration.between(from, gateway.clock().instant()).toSeconds() + 2;

            // Then a call that means nothing costs what a call costs, and twenty a second are written at most
            LogEntries log = LogEntries.of(gateway);
            assertThat(last.text()).contains("calls-per-minute");
            assertThat(sound.text()).contains("calls-per-minute");
            assertThat(count(log, result)).isBetween(1, CALLS);
            assertThat(count(log, "over_budget")).isBetween(1, (int) (20 * seconds));
        }
    }

    private static int count(LogEntries log, String result) {
        return (int) log.texts().stream()
                .filter(entry -> entry.contains("\"result\":\"" + result + "\""))
                .count();
    }

    @Test
    @Requirement("S0-30")
    void tools_that_do_not_exist_cost_calls() {
        written("unknown_tool", agent -> agent.call("no_such_tool", "{}").exchange());
    }

    @Test
    @Requirement("S0-30")
    void arguments_that_do_not_fit_cost_calls() {
        written("malformed", agent -> agent.call("account_get", "{\"nope\":1}").exchange());
    }
}
