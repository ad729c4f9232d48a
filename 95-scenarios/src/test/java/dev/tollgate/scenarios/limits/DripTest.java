// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Agents that stay below every limit of a minute and take a little at a time.
class DripTest {
    private static final Ask.Token CALL = Ask.as("sales-copilot", "alice", "prepare-sales-call");

    @TempDir
    private Path folder;

    private GatewayUnderTest gateway(String line) {
        BundleFolder bundle = BundleFolder.copy("default", folder.resolve("bundle"))
                .budget("  - agents: '*'\n    calls_per_minute: 600\n    " + line + "\n");
        return GatewayUnderTest.start(folder.resolve("data"), bundle);
    }

    @Test
    @Requirement("B-17")
    void who_drips_below_every_other_limit_sees_so_many_customers_a_day() {
        try (GatewayUnderTest gateway = gateway("customers_per_day: 3")) {
            // Given
            List<String> ids = new ArrayList<>();
            try (WireClient other = gateway.agent(Ask.as("analyst", "erin", "look-around"))) {
                other.call("account_search", "{\"fields\":[\"id\"],\"limit\":3}")
                        .structured()
                        .path("records")
                        .forEach(row -> ids.add(row.at("/values/id").asString("")));
                other.call("account_search", "{\"fields\":[\"id\"],\"limit\":200}");
            }
            assertThat(ids).hasSize(3);

            // When one more customer every hour, and the first one again
            List<WireClient.Reply> seen = new ArrayList<>();
            for (String id : ids) {
                gateway.clock().advance(Duration.ofHours(1));
                try (WireClient agent = gateway.agent(CALL)) {
                    seen.add(agent.call("account_get", "{\"id\":\"" + id + "\"}"));
                    seen.add(agent.call("account_get", "{\"id\":\"" + ids.getFirst() + "\"}"));
                }
            }
            WireClient.Reply tooMany;
            WireClient.Reply again;
            WireClient.Reply tomorrow;
            try (WireClient agent = gateway.agent(CALL)) {
                tooMany = agent.call("contact_search", "{\"fields\":[\"id\",\"account_id\"],\"limit\":50}");
                again = agent.call("account_get", "{\"id\":\"" + ids.get(1) + "\"}");
            }
            gateway.clock().advance(Duration.ofHours(26));
            try (WireClient agent = gateway.agent(CALL)) {
                tomorrow = agent.call("contact_search", "{\"fields\":[\"id\"],\"limit\":1}");
            }

            // Then
            assertThat(seen).allMatch(WireClient.Reply::passed);
            assertThat(BudgetsTest.code(tooMany)).isEqualTo("over_budget");
            assertThat(tooMany.text()).contains("customers-per-day");
            assertThat(BudgetsTest.wait(tooMany)).isBetween(3_600L, 25 * 3_600L);
            assertThat(tooMany.message().at("/result/structuredContent/records").isMissingNode())
                    .isTrue();
            assertThat(again.passed()).isTrue();
            assertThat(tomorrow.passed()).isTrue();
        }
    }

    @Test
    @Requirement("B-17")
    void who_drips_sees_so_many_bytes_of_a_data_class_a_day() {
        try (GatewayUnderTest gateway = gateway("bytes_per_day: {direct-identifier: 2000}");
                WireClient agent = gateway.agent(CALL)) {
            // When names and addresses are fetched a few at a time
            WireClient.Reply last = agent.call("contact_search", "{\"fields\":[\"name\",\"email\"],\"limit\":9}");
            int bytes = 0;
            for (int page = 10; page < 60 && last.passed(); page++) {
                for (JsonNode row : last.structured().path("records")) {
                    bytes += row.at("/values/name").asString("").length();
                    bytes += row.at("/values/email").asString("").length();
                }
                last = agent.call("contact_search", "{\"fields\":[\"name\",\"email\"],\"limit\":" + page + "}");
            }
            WireClient.Reply open = agent.call("account_search", "{\"fields\":[\"industry\"],\"limit\":9}");

            // Then
            assertThat(BudgetsTest.code(last)).isEqualTo("over_budget");
            assertThat(last.text()).contains("bytes-per-day of direct-identifier");
            assertThat(bytes).isBetween(500, 2_000);
            assertThat(open.passed()).isTrue();
        }
    }
}
