// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.governance.exception.ExceptionCase;
import dev.tollgate.governance.exception.ExceptionCase.Clock;
import dev.tollgate.governance.exception.ExceptionKind;
import dev.tollgate.governance.exception.ExceptionQueue;
import dev.tollgate.governance.exception.QueueLimits;
import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogEntries;
import dev.tollgate.scenarios.harness.WireClient;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.testing.Property;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What an agent is refused over MCP waits for a person, in the queue of the store that all nodes share.
class ExceptionsTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final String DEAL = "opp_000001";

    /// What a loop of the gateway does every second is there after half a minute at the latest.
    private static final int TRIES_MAX = 3_000;
    private static final long PAUSE_NANOS = 10_000_000;

    private final GatewayUnderTest gateway;
    private final Store store;
    private final ExceptionQueue queue;

    ExceptionsTest(@TempDir Path data) {
        gateway = GatewayUnderTest.start(data);
        store = Stores.open(StoreConfig.sqlite(data.resolve("tollgate.db")));
        queue = new ExceptionQueue(store, gateway.clock(), Property.random(11), QueueLimits.DEFAULT);
    }

    @AfterEach
    void stop() {
        gateway.close();
        store.close();
    }

    private WireClient agent() {
        return gateway.agent(Ask.as("sales-copilot", "alice", "maintain-deals")
                .with("crm:opportunity:read", "crm:opportunity:write"));
    }

    private static WireClient.Reply set(WireClient agent, String field, String value) {
        return agent.call(
                "opportunity_update", "{\"id\":\"" + DEAL + "\",\"values\":{\"" + field + "\":" + value + "}}");
    }

    private List<ExceptionCase> cases() {
        return queue.list(ACME, Optional.empty(), Optional.empty(), 200).items();
    }

    private ExceptionCase until(Predicate<ExceptionCase> met) {
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            Optional<ExceptionCase> found = cases().stream().filter(met).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new AssertionError("it never came: " + cases());
    }

    @Test
    @Requirement("S4-19")
    void an_attempt_to_change_an_opportunity_stage_waits_for_the_field_s_owner_with_its_evidence() {
        try (WireClient agent = agent()) {
            // When
            WireClient.Reply refused = set(agent, "stage", "\"won\"");

            // Then
            assertThat(refused.passed()).isFalse();
            assertThat(cases()).singleElement().satisfies(one -> {
                assertThat(one.report().kind()).isEqualTo(ExceptionKind.RULE);
                assertThat(one.report().agent().value()).isEqualTo("sales-copilot");
                assertThat(one.report().user()).contains(new UserId("alice"));
                assertThat(one.report().tool().orElseThrow().value()).isEqualTo("opportunity_update");
                assertThat(one.report().owner()).isEqualTo("assigned AE");
                assertThat(one.report().reason())
                        .startsWith("agent attempted to write `opportunity.stage`")
                        .doesNotContain("won");
                assertThat(one.reviewBy()).isEqualTo(one.opened().plus(Duration.ofDays(1)));
                assertThat(one.remedyBy()).isEqualTo(one.opened().plus(Duration.ofDays(3)));
            });
            long index = cases().getFirst().report().evidence().getFirst();
            JsonNode entry = LogEntries.of(gateway).all().get(Math.toIntExact(index));
            assertThat(entry.path("result").asString("")).isEqualTo("human_only");
        }
    }

    @Test
    @Requirement("S4-19")
    void a_change_that_policy_denies_waits_with_its_rule_and_its_decision_as_evidence() {
        try (WireClient agent = agent()) {
            // When
            WireClient.Reply refused = set(agent, "amount", "999999999.00");

            // Then
            assertThat(refused.message()
                            .at("/result/_meta/dev.tollgate~1refusal/code")
                            .asString(""))
                    .isEqualTo("denied");
            ExceptionCase one = cases().getFirst();
            JsonNode entry = LogEntries.of(gateway)
                    .all()
                    .get(Math.toIntExact(one.report().evidence().getFirst()));
            assertThat(entry.path("kind").asString("")).isEqualTo("decision");
            assertThat(entry.at("/ruling/rules").toString())
                    .contains(one.report().rule().value());
            assertThat(one.report().reason()).contains("opportunity.amount").doesNotContain("999999999");
        }
    }

    @Test
    void a_budget_that_is_spent_is_one_exception_however_often_the_agent_tries() {
        try (WireClient agent = agent()) {
            // When
            int refused = 0;
            for (int at = 0; at < 700 && refused < 20; at++) {
                refused += agent.call(
                                        "opportunity_search",
                                        "{\"fields\":[\"id\"],\"limit\":1,\"where\":[{\"field\":\"probability\","
                                                + "\"comparison\":\"at_least\",\"value\":" + at + "}]}")
                                .passed()
                        ? 0
                        : 1;
            }

            // Then
            ExceptionCase spent = until(one -> one.report().kind() == ExceptionKind.BUDGET && one.amount() == 20);
            assertThat(spent.report().rule().value()).startsWith("calls-per-minute");
            assertThat(spent.report().owner()).isEqualTo("ivan");
            assertThat(cases()).hasSize(1);
        }
    }

    @Test
    void what_is_permitted_malformed_unknown_or_not_there_is_none() {
        try (WireClient agent = agent()) {
            // When
            agent.call("opportunity_get", "{\"id\":\"" + DEAL + "\",\"fields\":[\"id\"]}");
            agent.call("opportunity_get", "{\"id\":7}");
            agent.call("opportunity_get", "{\"id\":\"opp_999999\",\"fields\":[\"id\"]}");
            agent.call("no_such_tool", "{}");
            set(agent, "amount", "\"much\"");

            // Then
            assertThat(cases()).isEmpty();
        }
    }

    @Test
    void a_tool_that_is_there_and_not_for_this_agent_is_one() {
        try (WireClient agent = agent()) {
            // When
            WireClient.Reply refused = agent.call("lead_update", "{\"id\":\"lead_000001\",\"values\":{}}");

            // Then
            assertThat(refused.passed()).isFalse();
            assertThat(cases()).singleElement().satisfies(one -> {
                assertThat(one.report().rule().value()).isEqualTo("tool-not-permitted");
                assertThat(one.report().owner()).isEqualTo("ivan");
            });
        }
    }

    @Test
    @Requirement("S4-20")
    void nobody_reviews_it_for_24_hours_nor_remedies_it_for_72_and_each_is_escalated_once() {
        try (WireClient agent = agent()) {
            // Given
            set(agent, "stage", "\"won\"");
            String id = cases().getFirst().id();

            // When
            gateway.clock().advance(Duration.ofDays(1).plusSeconds(1));
            ExceptionCase reviewed = until(one -> !one.breached().isEmpty());
            gateway.clock().advance(Duration.ofDays(2));
            ExceptionCase remedied = until(one -> one.breached().size() == 2);
            gateway.clock().advance(Duration.ofHours(200));
            set(agent(), "stage", "\"won\"");
            until(one -> !one.id().equals(id));

            // Then
            assertThat(reviewed.breached()).containsExactly(Clock.REVIEW);
            assertThat(remedied.breached()).containsExactly(Clock.REVIEW, Clock.REMEDY);
            List<String> escalated = LogEntries.of(gateway).of("administered").stream()
                    .filter(entry -> entry.path("event").asString("").equals("escalated"))
                    .map(entry -> entry.at("/detail/exception").asString("") + " "
                            + entry.at("/detail/clock").asString(""))
                    .toList();
            assertThat(escalated).containsExactly(id + " review", id + " remedy");
        }
    }
}
