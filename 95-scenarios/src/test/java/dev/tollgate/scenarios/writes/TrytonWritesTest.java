// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.governance.approval.Approval;
import dev.tollgate.governance.approval.ApprovalId;
import dev.tollgate.governance.approval.ApprovalLimits;
import dev.tollgate.governance.approval.Approvals;
import dev.tollgate.governance.approval.Approver;
import dev.tollgate.governance.approval.Decided;
import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.testing.Property;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An agent writes over MCP into a real Tryton, through a gateway whose store is a PostgreSQL: approvals, budgets and
/// idempotency keys hold there as they do for the demo CRM.
class TrytonWritesTest {
    private static final Approver DANA = new Approver(new UserId("dana"), new TenantId("acme"), Set.of("sales-lead"));
    private static final String PARTY = "party.party";

    private final TrytonOnPostgres world;
    private final Approvals approvals;

    TrytonWritesTest(@TempDir Path folder) throws IOException {
        world = new TrytonOnPostgres(
                folder,
                bundle -> bundle.replace(
                                "approvals.yaml", "rule: '\\*', roles: \\[revops\\]", "rule: '*', roles: [sales-lead]")
                        .budget("""
                          - agents: '*'
                            calls_per_minute: 60
                            writes_per_minute: 6
                        """));
        approvals = new Approvals(
                world.store(), world.gateway().clock(), Property.random(7), ApprovalLimits.DEFAULT, (_, _, _) -> {});
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private WireClient agent() {
        return world.gateway()
                .agent(Ask.as("analyst", "erin", OpenBundle.EVERYTHING)
                        .with(TrytonOnPostgres.SCOPES.toArray(String[]::new)));
    }

    private WireClient.Reply rename(WireClient agent, String name) {
        return agent.call(
                "tryton_party_update", "{\"id\":\"" + world.party() + "\",\"values\":{\"name\":\"" + name + "\"}}");
    }

    private WireClient.Reply reach(WireClient agent, String value, String more) {
        return agent.call(
                "tryton_contact_mechanism_create",
                "{\"values\":{\"party_id\":\"" + world.party() + "\",\"type\":\"other\",\"value\":\"" + value + "\"}"
                        + more + "}");
    }

    private Step<Decided> approve(String id) {
        approvals.shown(new ApprovalId(id), DANA);
        world.gateway().clock().advance(Duration.ofSeconds(5));
        return approvals.decide(
                new ApprovalId(id), DANA, Approval.Verdict.APPROVE, "the customer confirmed it", Optional.empty());
    }

    private static String refusal(WireClient.Reply reply, String member) {
        return reply.message()
                .at("/result/_meta/dev.tollgate~1refusal/" + member)
                .asString("");
    }

    private Optional<String> name() {
        return world.sees(PARTY, world.party(), "name");
    }

    @Test
    @Requirement({"S1-11", "S1-12", "S2-4"})
    void a_name_is_written_once_after_a_person_approved_exactly_this() {
        try (WireClient agent = agent()) {
            // Given
            WireClient.Reply waiting = rename(agent, "Cobalt Marine AG");
            String id = refusal(waiting, "approval");
            Optional<String> before = name();

            // When
            Step<Decided> decided = approve(id);
            WireClient.Reply other = rename(agent, "Cobalt Marine Ltd");
            Optional<String> between = name();
            String again = refusal(rename(agent, "Cobalt Marine AG"), "approval");
            approve(again);
            WireClient.Reply written = rename(agent, "Cobalt Marine AG");

            // Then
            assertThat(refusal(waiting, "code")).as(waiting.wire()).isEqualTo("approval_pending");
            assertThat(before).contains("Cobalt Marine");
            assertThat(decided).isInstanceOf(Step.Passed.class);
            assertThat(refusal(other, "code")).isEqualTo("approval_refused");
            assertThat(between).contains("Cobalt Marine");
            assertThat(written.passed()).as(written.text()).isTrue();
            assertThat(name()).contains("Cobalt Marine AG");
        }
    }

    @Test
    @Requirement("S2-20")
    void an_approval_is_void_once_a_person_edited_the_record_in_tryton() {
        try (WireClient agent = agent()) {
            // Given
            String id = refusal(rename(agent, "Cobalt Marine AG"), "approval");
            approve(id);

            // When
            world.personWrites(PARTY, world.party(), "name", "Cobalt Marine GmbH");
            WireClient.Reply refused = rename(agent, "Cobalt Marine AG");

            // Then
            assertThat(refused.passed()).isFalse();
            assertThat(name()).contains("Cobalt Marine GmbH");
        }
    }

    @Test
    @Requirement({"S4-30", "S1-30"})
    void writes_over_the_budget_are_refused_with_a_time_and_never_reach_tryton() {
        try (WireClient agent = agent()) {
            // Given
            for (int at = 1; at <= 6; at++) {
                assertThat(reach(agent, "within " + at, "").passed()).isTrue();
            }

            // When
            WireClient.Reply over = reach(agent, "over the budget", "");

            // Then
            assertThat(refusal(over, "code")).isEqualTo("over_budget");
            assertThat(over.text()).contains("retry after");
            assertThat(world.reached("over the budget")).isEmpty();
        }
    }

    @Test
    void a_write_that_is_repeated_under_its_key_is_made_once_and_told_twice() {
        try (WireClient agent = agent()) {
            // When
            WireClient.Reply first = reach(agent, "asked twice", ",\"idempotency_key\":\"ticket-7\"");
            WireClient.Reply second = reach(agent, "asked twice", ",\"idempotency_key\":\"ticket-7\"");
            WireClient.Reply other = reach(agent, "asked otherwise", ",\"idempotency_key\":\"ticket-7\"");

            // Then
            assertThat(first.passed()).as(first.wire()).isTrue();
            assertThat(second.structured().at("/repeated/record").asString(""))
                    .isEqualTo(first.structured().at("/records/0/values/id").asString(""));
            assertThat(refusal(other, "code")).isEqualTo("key_reused");
            assertThat(world.reached("asked twice")).hasSize(1);
            assertThat(world.reached("asked otherwise")).isEmpty();
        }
    }
}
