// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BoundsTest {
    private static final String STRANGERS = "acc_000005";

    private final GatewayUnderTest gateway;

    BoundsTest(@TempDir Path data) {
        gateway = GatewayUnderTest.start(data);
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    private WireClient sales(String... scopes) {
        return gateway.agent(
                Ask.as("sales-copilot", "alice", "prepare-sales-call").with(scopes));
    }

    @Test
    @Requirement("S1-14")
    void a_record_of_another_tenant_and_no_record_are_one_answer() {
        try (WireClient agent = sales("crm:account:read")) {
            // When
            WireClient.Reply strange = agent.call("account_get", "{\"id\":\"" + STRANGERS + "\"}");
            WireClient.Reply absent = agent.call("account_get", "{\"id\":\"acc_999999\"}");

            // Then
            assertThat(strange.passed()).isFalse();
            assertThat(strange.text()).isEqualTo("no such record").isEqualTo(absent.text());
            assertThat(strange.message().path("result").path("content"))
                    .isEqualTo(absent.message().path("result").path("content"));
        }
    }

    @Test
    @Requirement("S1-14")
    void a_search_that_names_another_tenants_record_finds_nothing() {
        try (WireClient agent = sales("crm:account:read")) {
            // When
            WireClient.Reply found = agent.call(
                    "account_search",
                    "{\"where\":[{\"field\":\"id\",\"comparison\":\"equals\",\"value\":\"" + STRANGERS + "\"}]}");

            // Then
            assertThat(found.structured().path("records").size()).isZero();
            assertThat(found.wire()).doesNotContain(STRANGERS);
        }
    }

    @Test
    @Requirement("S0-19")
    void what_is_older_than_ninety_days_does_not_exist() {
        try (WireClient agent = sales("crm:activity:read")) {
            // When the sixth record of the account is 200 days old
            WireClient.Reply old = agent.call("activity_get", "{\"id\":\"act_000006\"}");
            WireClient.Reply fresh = agent.call("activity_get", "{\"id\":\"act_000001\"}");

            // Then
            assertThat(old.text()).isEqualTo("no such record");
            assertThat(fresh.passed()).isTrue();
        }
    }

    @Test
    @Requirement({"S1-1", "S0-5", "S1-5"})
    void an_owned_scope_reaches_only_records_of_the_person() {
        try (WireClient owned = sales("crm:account:read:owned");
                WireClient any = sales("crm:account:read")) {
            // When
            WireClient.Reply mine = owned.call("account_count", "{}");
            WireClient.Reply all = any.call("account_count", "{}");

            // Then
            assertThat(mine.structured().path("count").asLong(0))
                    .isPositive()
                    .isLessThan(all.structured().path("count").asLong(0));
        }
    }

    @Test
    @Requirement({"S0-5", "S0-15", "S3-1"})
    void a_tool_outside_the_delegation_is_neither_listed_nor_callable_nor_told_from_none() {
        try (WireClient agent = sales("crm:account:read")) {
            // When
            WireClient.Reply forbidden = agent.call("contact_get", "{\"id\":\"con_000001\"}");
            WireClient.Reply absent = agent.call("no_such_tool", "{\"id\":\"con_000001\"}");

            // Then
            assertThat(agent.tools())
                    .noneMatch(tool -> tool.path("name").asString("").startsWith("contact_"));
            assertThat(forbidden.errorCode()).isEqualTo(absent.errorCode()).isEqualTo(-32602);
            assertThat(forbidden.message().path("error").path("message").asString(""))
                    .isEqualTo(absent.message().path("error").path("message").asString(""));
        }
    }

    @Test
    @Requirement("B-2")
    void a_withheld_field_cannot_be_filtered_sorted_or_counted_by() {
        try (WireClient agent = sales("crm:account:read")) {
            String probe = "{\"field\":\"outstanding_balance\",\"comparison\":\"at_least\",\"value\":";
            String first = agent.call("account_search", "{\"where\":[" + probe + "1}]}")
                    .text();
            for (long limit = 1; limit < 1_000_000; limit *= 4) {
                // When
                WireClient.Reply search = agent.call("account_search", "{\"where\":[" + probe + limit + "}]}");
                WireClient.Reply count = agent.call("account_count", "{\"where\":[" + probe + limit + "}]}");

                // Then
                assertThat(search.passed()).isFalse();
                assertThat(search.text()).isEqualTo(first);
                assertThat(count.passed()).isFalse();
            }
            WireClient.Reply sorted = agent.call(
                    "account_search", "{\"order\":[{\"field\":\"outstanding_balance\",\"descending\":true}]}");
            assertThat(sorted.passed()).isFalse();
        }
    }

    @Test
    @Requirement("B-2")
    void a_concealed_field_and_no_field_are_one_answer() {
        try (WireClient agent = sales("crm:account:read")) {
            // When
            WireClient.Reply concealed = agent.call("account_get", "{\"id\":\"acc_000001\",\"fields\":[\"iban\"]}");
            WireClient.Reply absent = agent.call("account_get", "{\"id\":\"acc_000001\",\"fields\":[\"ibxn\"]}");

            // Then
            assertThat(concealed.passed()).isFalse();
            assertThat(concealed.text()).isEqualTo(absent.text());
        }
    }
}
