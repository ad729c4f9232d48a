// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.governance.halt.HaltScope;
import dev.tollgate.governance.halt.KillSwitch;
import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.Verified;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.testing.Property;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Fields behind which people stand: the agent asks, the right person looks, and only then the CRM changes.
class GatedWritesTest {
    private static final String ACCOUNT = "acc_000001";
    private static final String CONTACT = "con_000001";
    private static final String DEAL = "opp_000001";
    private static final Ask.Token LEADS =
            Ask.as("enrichment-agent", "erin", "enrich-leads").with("crm:lead:read", "crm:lead:write");

    private final Desk desk;

    GatedWritesTest(@TempDir Path data) {
        desk = new Desk(data);
    }

    @AfterEach
    void stop() {
        desk.close();
    }

    private static WireClient.Reply set(WireClient agent, String tool, String id, String values) {
        return agent.call(tool, "{\"id\":\"" + id + "\",\"values\":" + values + "}");
    }

    private WireClient support(String customer) {
        Ask.Token token =
                Ask.as("support-triage", "bob", "change-contact-details").with("crm:contact:read", "crm:contact:write");
        if (customer.isEmpty()) {
            return desk.gateway().agent(token.at("staff"));
        }
        Verified.in(desk.gateway(), token.about(customer), customer, CONTACT);
        return desk.gateway().agent(token.about(customer).at("action"));
    }

    private void passes(
            WireClient agent, String tool, String id, String column, String json, String role, String stranger) {
        String before = desk.crm(id.startsWith("acc") ? "account" : "contact", id, column);
        String values = "{\"" + column + "\":" + json + "}";
        String approval = Desk.pending(set(agent, tool, id, values));
        assertThat(desk.crm(id.startsWith("acc") ? "account" : "contact", id, column))
                .isEqualTo(before);
        assertThat(desk.approve(approval, "someone", stranger)).contains("people with another role");
        assertThat(set(agent, tool, id, values).passed()).isFalse();
        assertThat(desk.approve(approval, "somebody", role)).isEmpty();
        assertThat(set(agent, tool, id, values).passed()).isTrue();
        assertThat(desk.crm(id.startsWith("acc") ? "account" : "contact", id, column))
                .isNotEqualTo(before);
    }

    @Test
    @Requirement("S0-32")
    void billing_contracts_compliance_and_consent_each_have_a_gate_that_their_own_people_hold() {
        try (WireClient analyst = desk.gateway()
                        .agent(Ask.as("analyst", "erin", "maintain-accounts")
                                .with("crm:account:read", "crm:account:write"));
                WireClient support = support(ACCOUNT)) {
            String tool = "account_terms_update";
            String agreed = desk.crm("contact", CONTACT, "marketing_consent").equals("1") ? "false" : "true";

            // When, Then
            passes(analyst, tool, ACCOUNT, "billing_email", "\"ap@firm.example\"", "finance", "legal");
            passes(analyst, tool, ACCOUNT, "contract_end_date", "\"2031-01-31\"", "legal", "finance");
            passes(analyst, tool, ACCOUNT, "compliance_status", "\"under review\"", "compliance", "sales-lead");
            passes(support, "contact_update", CONTACT, "marketing_consent", agreed, "privacy-office", "support-lead");
        }
    }

    @Test
    @Requirement("S0-32")
    void a_call_behind_two_gates_is_told_to_go_through_them_one_by_one() {
        try (WireClient analyst = desk.gateway()
                .agent(Ask.as("analyst", "erin", "maintain-accounts").with("crm:account:read", "crm:account:write"))) {
            // When
            WireClient.Reply both = set(
                    analyst,
                    "account_terms_update",
                    ACCOUNT,
                    "{\"billing_email\":\"ap@firm.example\",\"compliance_status\":\"blocked\"}");

            // Then
            assertThat(Desk.code(both)).isEqualTo("malformed");
            assertThat(both.text()).contains("calls of their own");
            assertThat(desk.crm("account", ACCOUNT, "compliance_status")).isEqualTo("clear");
        }
    }

    @Test
    @Requirement("S0-33")
    void the_email_of_who_asks_is_changed_and_the_consent_becomes_a_task_of_the_privacy_office() {
        try (WireClient support = support(ACCOUNT)) {
            // Given
            String agreed = desk.crm("contact", CONTACT, "marketing_consent");
            String not = agreed.equals("1") ? "false" : "true";

            // When
            WireClient.Reply email = set(support, "contact_update", CONTACT, "{\"email\":\"new@firm.example\"}");
            WireClient.Reply both = set(
                    support,
                    "contact_update",
                    CONTACT,
                    "{\"email\":\"other@firm.example\",\"marketing_consent\":" + not + "}");
            String task = Desk.pending(both);
            String emailMeanwhile = desk.crm("contact", CONTACT, "email");
            String consentMeanwhile = desk.crm("contact", CONTACT, "marketing_consent");
            String staff = desk.approve(task, "carol", "support-lead");
            String office = desk.approve(task, "grace", "privacy-office");
            WireClient.Reply again = set(
                    support,
                    "contact_update",
                    CONTACT,
                    "{\"email\":\"other@firm.example\",\"marketing_consent\":" + not + "}");

            // Then what policy could not validate was not half written
            assertThat(email.passed()).as(email.text()).isTrue();
            assertThat(emailMeanwhile).isEqualTo("new@firm.example");
            assertThat(consentMeanwhile).isEqualTo(agreed);
            assertThat(staff).contains("another role");
            assertThat(office).isEmpty();
            assertThat(again.passed()).as(again.text()).isTrue();
            assertThat(desk.crm("contact", CONTACT, "email")).isEqualTo("other@firm.example");
            assertThat(desk.crm("contact", CONTACT, "marketing_consent")).isNotEqualTo(agreed);
        }
    }

    @Test
    @Requirement("S0-33")
    void who_cannot_show_for_whom_it_asks_gets_a_task_for_staff_and_another_customers_contact_is_out_of_reach() {
        try (WireClient nobody = support("");
                WireClient other = support("acc_000002")) {
            // Given
            String before = desk.crm("contact", CONTACT, "email");
            String values = "{\"email\":\"thief@evil.example\"}";

            // When
            WireClient.Reply unproven = set(nobody, "contact_update", CONTACT, values);
            WireClient.Reply foreign = set(other, "contact_update", CONTACT, values);
            WireClient.Reply consent = set(other, "contact_update", CONTACT, "{\"marketing_consent\":false}");

            // Then
            assertThat(desk.waiting(Desk.pending(unproven)).demand().roles()).containsExactly("support-lead");
            assertThat(Desk.code(foreign)).isEqualTo("step_needed");
            assertThat(Desk.code(consent)).isEqualTo("step_needed");
            assertThat(desk.crm("contact", CONTACT, "email")).isEqualTo(before);
        }
    }

    private WireClient sales() {
        return desk.gateway()
                .agent(Ask.as("sales-copilot", "alice", "maintain-deals")
                        .with("crm:opportunity:read", "crm:opportunity:write"));
    }

    @Test
    @Requirement({"S1-10", "S1-18"})
    void a_small_discount_is_given_a_larger_one_waits_for_a_person_and_an_absurd_one_for_nobody() {
        try (WireClient sales = sales()) {
            // When
            WireClient.Reply small = set(sales, "opportunity_update", DEAL, "{\"discount_percent\":10}");
            String given = desk.crm("opportunity", DEAL, "discount_percent");
            WireClient.Reply large = set(sales, "opportunity_update", DEAL, "{\"discount_percent\":10.01}");
            String meanwhile = desk.crm("opportunity", DEAL, "discount_percent");
            String approved = desk.approve(Desk.pending(large), "dana", "sales-lead");
            WireClient.Reply again = set(sales, "opportunity_update", DEAL, "{\"discount_percent\":10.01}");
            WireClient.Reply absurd = set(sales, "opportunity_update", DEAL, "{\"discount_percent\":30.01}");
            WireClient.Reply negative = set(sales, "opportunity_update", DEAL, "{\"discount_percent\":-1}");
            WireClient.Reply fine = set(sales, "opportunity_update", DEAL, "{\"discount_percent\":9.99999}");

            // Then
            assertThat(small.passed()).as(small.text()).isTrue();
            assertThat(given).isEqualTo("100000");
            assertThat(meanwhile).isEqualTo("100000");
            assertThat(approved).isEmpty();
            assertThat(again.passed()).as(again.text()).isTrue();
            assertThat(desk.crm("opportunity", DEAL, "discount_percent")).isEqualTo("100100");
            assertThat(Desk.code(absurd)).isEqualTo("denied");
            assertThat(Desk.code(negative)).isEqualTo("denied");
            assertThat(Desk.code(fine))
                    .as("finer than a limit can be held against")
                    .isEqualTo("denied");
        }
    }

    @Test
    @Requirement("B-11")
    void a_field_that_needs_nobody_does_not_choose_who_approves_the_one_beside_it() {
        try (WireClient sales = sales()) {
            // When
            String first = Desk.pending(set(
                    sales,
                    "opportunity_update",
                    DEAL,
                    "{\"agent_suggested_next_step\":\"x\",\"discount_percent\":20}"));
            String second = Desk.pending(set(
                    sales,
                    "opportunity_update",
                    DEAL,
                    "{\"discount_percent\":20,\"agent_suggested_next_step\":\"x\"}"));

            // Then
            assertThat(first).isEqualTo(second);
            assertThat(desk.waiting(first).demand().rule().value()).isEqualTo("discount-with-approval");
            assertThat(desk.waiting(first).demand().roles()).containsExactly("sales-lead");
        }
    }

    /// Asks until the node has heard that the agent may go on: minutes apart, as one that asks again at once loops.
    private static WireClient.Reply heard(Desk few) {
        WireClient.Reply reply = null;
        for (int tries = 0; tries < 50 && (reply == null || !reply.passed()); tries++) {
            few.gateway().clock().advance(Duration.ofMinutes(3));
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            try (WireClient later = few.gateway().agent(LEADS)) {
                reply = set(later, "lead_update", "lea_000004", "{\"icp_fit_score\":1}");
            }
        }
        return Objects.requireNonNull(reply);
    }

    @Test
    @Requirement("S1-10")
    void a_mass_of_changes_goes_on_only_after_a_person_said_so(@TempDir Path folder) {
        BundleFolder bundle = BundleFolder.copy("default", folder.resolve("bundle"))
                .budget("  - {agents: '*', calls_per_minute: 600, records_in_2_minutes: 3}\n");
        try (Desk few = new Desk(folder, GatewayUnderTest.start(folder, bundle));
                WireClient agent = few.gateway().agent(LEADS)) {
            // When
            List<String> codes = new ArrayList<>();
            for (int at = 1; at <= 4; at++) {
                codes.add(Desk.code(set(agent, "lead_update", "lea_00000" + at, "{\"icp_fit_score\":1}")));
            }
            String untouched = few.crm("lead", "lea_000004", "icp_fit_score");
            KillSwitch halts =
                    new KillSwitch(few.store(), few.gateway().clock(), Property.random(9), folder.resolve("halt"));
            halts.clear(new HaltScope(HaltScope.Kind.AGENT, "enrichment-agent"), "erin", "it was meant");
            WireClient.Reply on = heard(few);

            // Then
            assertThat(codes).containsExactly("", "", "stopped", "halted");
            assertThat(untouched).isNotEqualTo("1");
            assertThat(on.passed()).as(on.text()).isTrue();
        }
    }

    @Test
    @Requirement("S1-10")
    void two_accounts_become_one_only_after_two_people_approved_it() {
        try (WireClient analyst = desk.gateway()
                .agent(Ask.as("analyst", "erin", "review-pipeline")
                        .with("crm:account:read", "crm:account:reconcile"))) {
            // Given
            String merge = "{\"id\":\"acc_000001\",\"duplicate\":\"acc_000002\"}";
            long before = desk.records("account");

            // When
            String id = Desk.pending(analyst.call("account_merge", merge));
            String one = desk.approve(id, "dana", "sales-lead");
            String same = desk.approve(id, "dana", "sales-lead");
            String early = Desk.pending(analyst.call("account_merge", merge));
            String two = desk.approve(id, "hugo", "revops");
            WireClient.Reply merged = analyst.call("account_merge", merge);

            // Then
            assertThat(one).isEmpty();
            assertThat(same).contains("another person's");
            assertThat(early).isEqualTo(id);
            assertThat(two).isEmpty();
            assertThat(merged.passed()).as(merged.text()).isTrue();
            assertThat(desk.records("account")).isEqualTo(before - 1);
        }
    }
}
