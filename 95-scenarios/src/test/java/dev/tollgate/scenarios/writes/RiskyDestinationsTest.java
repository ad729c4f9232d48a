// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With some risk an agent reads what it read before and reaches fewer places, on the wire of a real HTTP server.
class RiskyDestinationsTest {
    private static final String ACCOUNT = "acc_000001";
    private static final Ask.Token SHARES =
            Ask.as("analyst", "erin", "share-account-status").with("partner:account_status:send", "crm:account:read");

    private static WireClient.Reply share(GatewayUnderTest gateway, String account) {
        return gateway.agent(SHARES).call("partner_share_status", "{\"values\":{\"account\":\"" + account + "\"}}");
    }

    private static WireClient.Reply read(GatewayUnderTest gateway) {
        return gateway.agent(SHARES)
                .call("account_get", "{\"id\":\"" + ACCOUNT + "\",\"fields\":[\"id\",\"name\",\"status\"]}");
    }

    @Test
    @Requirement({"S0-38", "S2-13"})
    void medium_risk_leaves_the_classes_and_takes_the_partners_machines_away(@TempDir Path folder) {
        // Given
        BundleFolder bundle = BundleFolder.copy("default", folder.resolve("bundle"))
                .replace("risk.yaml", "medium_from: 30", "medium_from: 5");
        try (Outside outside = new Outside();
                GatewayUnderTest gateway = GatewayUnderTest.start(
                        outside.connected(
                                GatewayUnderTest.withBundle(GatewayUnderTest.embedded(folder.resolve("data")), bundle)),
                        new MovingClock())) {
            assertThat(share(gateway, ACCOUNT).passed()).isTrue();
            WireClient.Reply before = read(gateway);
            assertThat(read(gateway).passed()).isTrue();
            assertThat(read(gateway).passed()).isTrue();
            assertThat(share(gateway, "acc_none").passed()).isFalse();

            // When
            WireClient.Reply shared = share(gateway, ACCOUNT);
            WireClient.Reply after = read(gateway);
            gateway.clock().advance(Duration.ofMinutes(11));
            WireClient.Reply later = share(gateway, ACCOUNT);

            // Then
            assertThat(Desk.code(shared)).isEqualTo("denied");
            assertThat(shared.text()).contains("risk");
            assertThat(after.structured().path("records"))
                    .isEqualTo(before.structured().path("records"));
            assertThat(later.passed()).as(later.text()).isTrue();
            assertThat(outside.partner().heard()).hasSize(2);
        }
    }
}
