// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.connectors.HeardHttp;
import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a partner hears of an account, on the wire of a real HTTP server.
class SharedWithPartnersTest {
    private static final String ACCOUNT = "acc_000001";
    private static final String CONTRACT = "contracts/partner.yaml";
    private static final Ask.Token SHARES =
            Ask.as("analyst", "erin", "share-account-status").with("partner:account_status:send");

    @TempDir
    private Path folder;

    private Desk desk(Outside outside, BundleFolder bundle) {
        Path data = folder.resolve("data");
        return new Desk(
                data,
                GatewayUnderTest.start(
                        outside.connected(GatewayUnderTest.withBundle(GatewayUnderTest.embedded(data), bundle)),
                        new MovingClock()));
    }

    private BundleFolder bundle() {
        return BundleFolder.copy("default", folder.resolve("bundle"));
    }

    private static WireClient.Reply share(Desk desk, String account) {
        return desk.gateway()
                .agent(SHARES)
                .call("partner_share_status", "{\"values\":{\"account\":\"" + account + "\"}}");
    }

    @Test
    @Requirement({"S0-35", "S0-36"})
    void the_status_goes_and_the_billing_details_are_no_part_of_what_is_on_the_wire() {
        try (Outside outside = new Outside();
                Desk desk = desk(outside, bundle())) {
            // When
            WireClient.Reply shared = share(desk, ACCOUNT);

            // Then
            assertThat(shared.passed()).as(shared.text()).isTrue();
            HeardHttp.Heard heard = outside.partner().only();
            JsonNode fields = new JsonMapper().readTree(heard.body()).path("fields");
            LocalDate until = desk.gateway()
                    .clock()
                    .instant()
                    .atZone(ZoneOffset.UTC)
                    .toLocalDate()
                    .plusDays(30);
            assertThat(fields.propertyNames())
                    .containsExactlyInAnyOrder("account", "name", "status", "support_tier", "purpose", "keep_until");
            assertThat(fields.path("status").asString("")).isEqualTo(desk.crm("account", ACCOUNT, "status"));
            assertThat(fields.path("name").asString("")).isEqualTo(desk.crm("account", ACCOUNT, "name"));
            assertThat(fields.path("purpose").asString("")).isEqualTo("share-account-status");
            assertThat(fields.path("keep_until").asString("")).isEqualTo(until.toString());
            assertThat(heard.body())
                    .doesNotContain("billing")
                    .doesNotContain("balance")
                    .doesNotContain(desk.crm("account", ACCOUNT, "billing_email"));
            assertThat(shared.wire()).doesNotContain(desk.crm("account", ACCOUNT, "name"));
            assertThat(LogEntries.of(desk.gateway()).of("examined"))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.toString())
                            .contains("\"status\"")
                            .contains("partner-status")
                            .doesNotContain("billing"));
        }
    }

    @Test
    @Requirement("S0-35")
    void the_terms_decide_by_class_and_purpose_whatever_the_mapping_offers() {
        // Given
        BundleFolder wider = bundle().replace(
                        CONTRACT, "classes: \\[public, operational\\]", "classes: [public, operational, billing]")
                .replace(
                        "workflows/sales.yaml",
                        "operational\\]\\s+tools: \\[account_get, account_search, partner",
                        "operational, billing]\n    tools: [account_get, account_search, partner");
        try (Outside outside = new Outside();
                Desk desk = desk(outside, wider)) {
            // When
            WireClient.Reply shared = share(desk, ACCOUNT);

            // Then
            assertThat(shared.passed()).as(shared.text()).isTrue();
            assertThat(outside.partner().only().body())
                    .contains("\"billing_email\":\"" + desk.crm("account", ACCOUNT, "billing_email") + "\"");
        }
    }

    @Test
    @Requirement("S0-35")
    void what_was_agreed_for_one_purpose_is_agreed_for_no_other() {
        // Given
        BundleFolder other = bundle().replace(CONTRACT, "share-account-status: \\{classes", "count-accounts: {classes");
        try (Outside outside = new Outside();
                Desk desk = desk(outside, other)) {
            // When
            WireClient.Reply refused = share(desk, ACCOUNT);

            // Then
            assertThat(Desk.code(refused)).isEqualTo("denied");
            assertThat(refused.text()).contains("partner:partner-status");
            assertThat(outside.partner().heard()).isEmpty();
            assertThat(LogEntries.of(desk.gateway()).of("examined")).isEmpty();
        }
    }

    @Test
    @Requirement("S0-35")
    void no_account_of_another_tenant_and_no_field_of_the_agents_own_goes_to_a_partner() {
        try (Outside outside = new Outside();
                Desk desk = desk(outside, bundle())) {
            // Given
            String foreign = desk.store()
                    .read(session -> session.query(
                                    "select \"id\" as held from \"demo_account\" where \"tenant_id\" <> 'acme' limit 1")
                            .getFirst()
                            .text("held"));

            // When
            WireClient.Reply other = share(desk, foreign);
            WireClient.Reply own = desk.gateway()
                    .agent(SHARES)
                    .call(
                            "partner_share_status",
                            "{\"values\":{\"account\":\"" + ACCOUNT + "\",\"billing_email\":\"x@y.example\"}}");

            // Then
            assertThat(Desk.code(other)).isEqualTo("not_found");
            assertThat(Desk.code(own)).isEqualTo("malformed");
            assertThat(outside.partner().heard()).isEmpty();
        }
    }
}
