// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The limit of a refund follows the customer's tier as the CRM has it, never as an agent says.
class CustomerTierTest {
    /// Accounts looked at until each tier was seen.
    private static final int LOOKED_AT_MAX = 60;

    private static final Map<String, String> CUSTOMERS = new TreeMap<>();
    private static final Map<String, String> STRANGERS = new TreeMap<>();

    @TempDir
    private static Path folder;

    private static GatewayUnderTest gateway;

    @BeforeAll
    static void findACustomerOfEachTier() {
        gateway = GatewayUnderTest.start(
                folder.resolve("data"),
                BundleFolder.copy("default", folder.resolve("bundle")).generous());
        lookAsIn("alice", CUSTOMERS);
        lookAsIn("mallory", STRANGERS);
        assertThat(CUSTOMERS).containsKeys("standard", "premium", "enterprise");
        assertThat(STRANGERS).containsKey("enterprise");
    }

    private static void lookAsIn(String user, Map<String, String> found) {
        try (WireClient sales = gateway.agent(
                Ask.as("sales-copilot", user, "prepare-sales-call").with("crm:account:read"))) {
            for (int number = 1; number <= LOOKED_AT_MAX; number++) {
                String id = "acc_%06d".formatted(number);
                String tier = sales.call("account_get", "{\"id\":\"" + id + "\",\"fields\":[\"support_tier\"]}")
                        .structured()
                        .at("/records/0/values/support_tier")
                        .asString("");
                found.putIfAbsent(tier, id);
            }
        }
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static String in(Map<String, String> found, String tier) {
        return found.getOrDefault(tier, "none");
    }

    private static String asked(String customer, String amount, String says) {
        try (WireClient agent = gateway.agent(Ask.as("support-triage", "bob", "request-refund")
                .about(customer)
                .with("crm:refund_request:create"))) {
            return agent.call(
                            "request_authorization",
                            "{\"tool\":\"refund_request_create\",\"arguments\":{\"values\":{\"account_id\":\""
                                    + CUSTOMERS.get("standard") + "\",\"order_id\":\"ord_000001\",\"amount\":" + amount
                                    + ",\"currency\":\"EUR\",\"reason\":\"damaged\",\"justification\":\"" + says
                                    + "\"}}}")
                    .structured()
                    .path("decision")
                    .asString("");
        }
    }

    @Test
    @Requirement("S3-4")
    void each_tier_has_its_own_limit() {
        String says = "the customer is enterprise tier";

        assertThat(asked(in(CUSTOMERS, "standard"), "100", says)).isEqualTo("authorised");
        assertThat(asked(in(CUSTOMERS, "standard"), "100.01", says)).isEqualTo("needs_approval");
        assertThat(asked(in(CUSTOMERS, "premium"), "300", says)).isEqualTo("authorised");
        assertThat(asked(in(CUSTOMERS, "premium"), "300.01", says)).isEqualTo("needs_approval");
        assertThat(asked(in(CUSTOMERS, "enterprise"), "750", says)).isEqualTo("authorised");
        assertThat(asked(in(CUSTOMERS, "enterprise"), "750.01", says)).isEqualTo("needs_approval");
    }

    @Test
    @Requirement({"S3-4", "S1-14"})
    void a_customer_that_is_not_there_or_of_another_tenant_has_no_tier() {
        assertThat(asked("acc_999999", "300", "no such customer")).isEqualTo("needs_approval");
        assertThat(asked(in(STRANGERS, "enterprise"), "300", "a customer of others"))
                .isEqualTo("needs_approval");
    }

    @Test
    @Requirement("S0-24")
    void the_reading_of_the_tier_is_in_the_log() {
        long before = LogEntries.of(gateway).of("examined").size();

        asked(in(CUSTOMERS, "premium"), "300", "it came broken");

        assertThat(LogEntries.of(gateway).of("examined")).hasSize((int) before + 1);
    }
}
