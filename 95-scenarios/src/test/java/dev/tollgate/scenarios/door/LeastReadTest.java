// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.connectors.Tap;
import dev.tollgate.connectors.tryton.TrytonConfig;
import dev.tollgate.connectors.tryton.TrytonServer;
import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.TrytonDeployment;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the gateway asks of a real CRM, heard on the wire between them.
class LeastReadTest {
    private static final String EVERYTHING = "{\"id\":\"1\",\"fields\":[\"name\",\"email\","
            + "\"receivable\",\"payable_today\",\"payment_direct_debit\",\"customer_payment_term\"]}";

    @TempDir
    Path folder;

    @Test
    @Requirement({"S0-18", "S0-16"})
    void a_field_that_the_agent_may_not_see_is_never_asked_of_the_crm() throws IOException {
        try (Tap tap = new Tap(TrytonServer.port())) {
            TrytonConfig tapped = TrytonServer.config(tap.port());
            try (GatewayUnderTest gateway = GatewayUnderTest.start(
                            TrytonDeployment.configuration(
                                    folder.resolve("data"),
                                    TrytonDeployment.bundle(folder.resolve("bundle")),
                                    tapped.database()),
                            new MovingClock());
                    WireClient agent = gateway.agent(
                            Ask.as("support-triage", "bob", "support-triage").with("tryton:party:read"))) {
                // When
                WireClient.Reply all = agent.call("tryton_party_get", EVERYTHING);
                String askedForAll = tap.sent();
                WireClient.Reply name = agent.call("tryton_party_get", "{\"id\":\"1\",\"fields\":[\"name\"]}");
                String askedForName = tap.sent();

                // Then
                assertThat(all.passed()).as(all.wire()).isTrue();
                assertThat(all.structured().at("/records/0/values/name").isNull())
                        .isFalse();
                assertThat(askedForAll)
                        .contains("\"name\"")
                        .doesNotContain("receivable")
                        .doesNotContain("payable")
                        .doesNotContain("direct_debit")
                        .doesNotContain("payment_term");
                assertThat(name.passed()).as(name.wire()).isTrue();
                assertThat(askedForName)
                        .contains("\"name\"")
                        .doesNotContain("lang")
                        .doesNotContain("website");
            }
        }
    }
}
