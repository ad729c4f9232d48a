// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.governance.approval.Approval;
import dev.tollgate.governance.approval.ApprovalId;
import dev.tollgate.governance.approval.ApprovalLimits;
import dev.tollgate.governance.approval.Approvals;
import dev.tollgate.governance.exception.ExceptionCase;
import dev.tollgate.governance.exception.ExceptionKind;
import dev.tollgate.governance.exception.ExceptionReport.Severity;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.Plant;
import dev.tollgate.scenarios.harness.WaitingCases;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.testing.Property;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Risk changes what an agent may do, by exactly so much, and people hear of it: seen from the agent's side of the
/// wire.
class BoundedRiskTest {
    private final MovingClock clock = new MovingClock();
    private GatewayUnderTest gateway;
    private Store store;
    private Risky agent;
    private WaitingCases cases;

    @BeforeEach
    void start(@TempDir Path data, @TempDir Path bundle) {
        GatewayUnderTest.seed(
                data,
                clock,
                seeded -> Risky.plant(new Plant(seeded, clock.instant().minus(Duration.ofDays(3)))));
        gateway = GatewayUnderTest.start(
                GatewayUnderTest.withBundle(
                        GatewayUnderTest.embedded(data), BundleFolder.copy("default", bundle.resolve("bundle"))),
                clock);
        store = Stores.open(StoreConfig.sqlite(data.resolve("tollgate.db")));
        agent = new Risky(gateway);
        cases = new WaitingCases(store, clock);
    }

    @AfterEach
    void stop() {
        gateway.close();
        store.close();
    }

    private String draftOnFile() {
        return store.read(
                session -> session.one("select customer_message_draft as value from demo_case where id = ?", "cas_one")
                        .orElseThrow()
                        .textIfAny("value")
                        .orElse(""));
    }

    private static String code(WireClient.Reply reply) {
        return reply.message().at("/result/_meta/dev.tollgate~1refusal/code").asString("");
    }

    @Test
    @Requirement({"S2-13", "S0-38"})
    void at_low_risk_it_reads_what_is_approved_and_drafts() {
        // When
        WireClient.Reply person = agent.person();
        WireClient.Reply drafted = agent.draft("We have sent a new parcel today.");

        // Then
        assertThat(Risky.values(person).path("name").asString("")).isEqualTo("Nora Quist");
        assertThat(drafted.passed()).as(drafted.text()).isTrue();
        assertThat(draftOnFile()).isEqualTo("We have sent a new parcel today.");
        assertThat(agent.risk().path("level").asString("")).isEqualTo("low");
        assertThat(cases.all()).isEmpty();
    }

    @Test
    @Requirement({"S2-13", "S0-38"})
    void at_medium_risk_it_reads_the_same_and_every_change_waits_for_a_person_who_proves_who_they_are() {
        // Given
        JsonNode before = Risky.values(agent.person());
        agent.becomeMedium();

        // When
        WireClient.Reply person = agent.person();
        WireClient.Reply drafted = agent.draft("We have sent a new parcel today.");

        // Then
        assertThat(Risky.values(person)).isEqualTo(before);
        assertThat(code(drafted)).isEqualTo("approval_pending");
        assertThat(draftOnFile()).isEmpty();
        assertThat(agent.risk().path("level").asString("")).isEqualTo("medium");
        Approvals approvals = new Approvals(store, clock, Property.random(7), ApprovalLimits.DEFAULT, (_, _, _) -> {});
        Approval waiting = approvals
                .find(
                        new TenantId("acme"),
                        new ApprovalId(drafted.message()
                                .at("/result/_meta/dev.tollgate~1refusal/approval")
                                .asString("")))
                .orElseThrow();
        assertThat(waiting.demand().stepUp()).isTrue();
        assertThat(waiting.change().after()).containsKey("customer_message_draft");
    }

    @Test
    @Requirement({"S2-13", "S0-38"})
    void at_high_risk_sensitive_data_and_changes_are_closed_and_the_fraud_desk_has_a_task() {
        // Given
        agent.becomeHigh();

        // When
        WireClient.Reply person = agent.person();
        WireClient.Reply status = agent.summary("cas_one");
        WireClient.Reply drafted = agent.draft("We have sent a new parcel today.");

        // Then
        assertThat(agent.risk().path("level").asString("")).isEqualTo("high");
        assertThat(person.wire()).doesNotContain("Nora Quist");
        assertThat(Risky.values(person).path("job_title").asString("")).isEqualTo("Buyer");
        assertThat(Risky.values(status).path("status").asString("")).isEqualTo("open");
        assertThat(code(drafted)).isEqualTo("denied");
        assertThat(drafted.text()).contains("risk");
        assertThat(draftOnFile()).isEmpty();
        ExceptionCase task = cases.of("risk-high");
        assertThat(task.report().kind()).isEqualTo(ExceptionKind.ANOMALY);
        assertThat(task.report().severity()).isEqualTo(Severity.HIGH);
        assertThat(task.report().owner()).isEqualTo("fraud-desk");
        assertThat(task.report().agent().value()).isEqualTo("support-triage");
        assertThat(task.report().reason())
                .contains("texts-with-orders (3 texts that give orders were read in 10 min)")
                .contains("denied-calls (3 of 6 calls in 10 min were denied)");
        assertThat(cases.of("risk-stops-changes").report().owner()).isEqualTo("fraud-desk");
    }

    @Test
    @Requirement("S0-38")
    void what_high_risk_refuses_it_refuses_alike_each_time_and_ends_when_the_signs_are_old() {
        // Given
        agent.becomeHigh();

        // When
        Set<String> codes = new HashSet<>();
        for (int at = 0; at < 3; at++) {
            codes.add(code(agent.draft("We have sent parcel number " + at + " today.")));
        }
        clock.advance(Duration.ofMinutes(11));
        WireClient.Reply later = agent.draft("We have sent a new parcel today.");

        // Then
        assertThat(codes).containsExactly("denied");
        assertThat(later.passed()).as(later.text()).isTrue();
    }
}
