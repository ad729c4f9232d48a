// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.containment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.store.Store;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.WorkflowId;
import dev.tollgate.terms.testing.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// What budgets must do on every database.
abstract class BudgetsConformance {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final AtomicInteger AGENTS = new AtomicInteger();

    final AtomicReference<Instant> now = new AtomicReference<>(START);

    abstract Store store();

    private Budgets node() {
        return new Budgets(store(), now::get);
    }

    private static AgentId agent() {
        return new AgentId("agent-" + AGENTS.incrementAndGet());
    }

    private static boolean passes(Step<Reservation> step) {
        return step instanceof Step.Passed;
    }

    private static Reservation taken(Step<Reservation> step) {
        return switch (step) {
            case Step.Passed<Reservation> passed -> passed.state();
            case Step.Refused<Reservation> refused ->
                throw new AssertionError(refused.why().explain());
        };
    }

    @Requirement("S0-30")
    @Test
    void a_spent_budget_refuses_until_its_window_has_moved_on() {
        Budget budget = Budget.perMinute("calls-per-minute", 10);
        Budgets node = node();
        AgentId agent = agent();
        for (int at = 0; at < 10; at++) {
            taken(node.reserve(agent, budget));
        }
        assertThat(node.reserve(agent, budget))
                .isEqualTo(Step.refuse(new Refusal.OverBudget("calls-per-minute", Duration.ofSeconds(70))));
        now.set(START.plusSeconds(60));
        assertThat(passes(node.reserve(agent, budget))).isFalse();
        now.set(START.plusSeconds(70));
        assertThat(passes(node.reserve(agent, budget))).isTrue();
    }

    @Requirement("S0-30")
    @Test
    void budgets_belong_to_an_agent_and_to_a_workflow() {
        Budget budget = Budget.perMinute("calls", 1);
        Budgets node = node();
        AgentId first = agent();
        AgentId second = agent();
        WorkflowId sales = new WorkflowId("prepare-sales-call");
        WorkflowId support = new WorkflowId("support-triage");
        taken(node.reserve(first, budget));
        taken(node.reserve(second, budget));
        taken(node.reserve(List.of(Charge.call(first, sales, budget))));
        taken(node.reserve(List.of(Charge.call(first, support, budget))));
        assertThat(passes(node.reserve(first, budget))).isFalse();
        assertThat(passes(node.reserve(List.of(Charge.call(first, sales, budget)))))
                .isFalse();
    }

    @Test
    void all_charges_are_taken_or_none() {
        Budget wide = Budget.perMinute("wide", 3);
        Budget narrow = Budget.perMinute("narrow", 1);
        Budgets node = node();
        AgentId agent = agent();
        List<Charge> both = List.of(Charge.call(agent, wide), Charge.call(agent, narrow));
        taken(node.reserve(both));
        assertThat(passes(node.reserve(both))).isFalse();
        taken(node.reserve(agent, wide));
        taken(node.reserve(agent, wide));
        assertThat(passes(node.reserve(agent, wide))).isFalse();
    }

    @Test
    void what_is_given_back_can_be_taken_again_once() {
        Budget budget = Budget.perMinute("calls", 1);
        Budgets node = node();
        AgentId agent = agent();
        Reservation reservation = taken(node.reserve(agent, budget));
        reservation.giveBack();
        reservation.giveBack();
        taken(node.reserve(agent, budget));
        assertThat(passes(node.reserve(agent, budget))).isFalse();
    }

    @Test
    void what_is_given_back_late_does_not_widen_a_later_slot() {
        Budget budget = Budget.perMinute("calls", 2);
        Budgets node = node();
        AgentId agent = agent();
        Reservation first = taken(node.reserve(agent, budget));
        taken(node.reserve(agent, budget));
        now.set(START.plusSeconds(30));
        first.giveBack();
        taken(node.reserve(agent, budget));
        assertThat(passes(node.reserve(agent, budget))).isFalse();
    }

    @Requirement("S0-30")
    @Test
    void nodes_share_a_budget_exactly_when_they_race() throws InterruptedException {
        Budget budget = Budget.perMinute("calls", 500);
        AgentId agent = agent();
        List<Budgets> nodes = List.of(node(), node(), node());
        AtomicInteger passed = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(24);
        for (int caller = 0; caller < 24; caller++) {
            Budgets node = nodes.get(caller % 3);
            Thread.ofVirtual().start(() -> {
                for (int at = 0; at < 40; at++) {
                    if (passes(node.reserve(agent, budget))) {
                        passed.incrementAndGet();
                    }
                }
                done.countDown();
            });
        }
        done.await();
        // 960 calls want 500 units. Each other node may hold one lease unused.
        assertThat(passed.get()).isLessThanOrEqualTo(500).isGreaterThanOrEqualTo(500 - 2 * 62);
    }

    @Test
    void a_node_that_crashed_loses_its_lease_and_no_more() {
        Budget budget = Budget.perMinute("calls", 80);
        AgentId agent = agent();
        Budgets crashed = node();
        for (int at = 0; at < 30; at++) {
            taken(crashed.reserve(agent, budget));
        }
        Budgets next = node();
        int passed = 0;
        while (passes(next.reserve(agent, budget))) {
            passed++;
        }
        assertThat(passed).isBetween(50 - 10, 50);
    }

    @Test
    void a_smaller_budget_holds_from_the_next_lease_on() {
        AgentId agent = agent();
        Budgets node = node();
        taken(node.reserve(List.of(new Charge("agent:" + agent, Budget.perMinute("rows", 1_000), 100))));
        Step<Reservation> next =
                node.reserve(List.of(new Charge("agent:" + agent, Budget.perMinute("rows", 120), 100)));
        assertThat(passes(next)).isFalse();
    }

    @Test
    void a_budget_of_nothing_refuses_everything() {
        assertThat(passes(node().reserve(agent(), Budget.perMinute("calls", 0))))
                .isFalse();
    }

    @Test
    void limits_are_checked_where_they_are_made() {
        assertThatThrownBy(() -> new Budget("Calls", 1, Duration.ofMinutes(1))).hasMessageContaining("lower-case");
        assertThatThrownBy(() -> new Budget("calls", -1, Duration.ofMinutes(1))).hasMessageContaining("between 0");
        assertThatThrownBy(() -> new Budget("calls", 1, Duration.ofMillis(999))).hasMessageContaining("1 s and 24 h");
        assertThatThrownBy(() -> new Budget("calls", 1, Duration.ofHours(25))).hasMessageContaining("1 s and 24 h");
        assertThatThrownBy(() -> new Charge("a", Budget.perMinute("calls", 1), 0))
                .hasMessageContaining("at least 1");
    }

    @Test
    void denials_raise_the_risk_and_time_lowers_it() {
        Risk risk = new Risk(store(), now::get);
        AgentId agent = agent();
        for (int at = 0; at < 20; at++) {
            risk.observe(agent, at % 10 == 0);
        }
        RiskScore calm = risk.assess(Rated.of(agent), RiskTerms.USUAL);
        for (int at = 0; at < 20; at++) {
            risk.observe(agent, true);
        }
        RiskScore alarmed = risk.assess(Rated.of(agent), RiskTerms.USUAL);
        now.set(START.plus(Duration.ofMinutes(11)));
        RiskScore later = risk.assess(Rated.of(agent), RiskTerms.USUAL);
        assertThat(calm)
                .isEqualTo(new RiskScore(
                        RiskScore.Level.LOW,
                        6,
                        List.of(new RiskScore.Signal("denied-calls", 6, "2 of 20 calls in 10 min were denied"))));
        assertThat(alarmed.level()).isEqualTo(RiskScore.Level.HIGH);
        assertThat(alarmed.score()).isEqualTo(33 + 40);
        assertThat(later).isEqualTo(RiskScore.NONE);
    }

    @Test
    void another_node_and_the_next_start_know_of_denials() throws InterruptedException {
        Risk first = new Risk(store(), now::get);
        AgentId agent = agent();
        for (int at = 0; at < 30; at++) {
            first.observe(agent, true);
        }
        // Counts travel on other threads: the last batch leaves with a later call.
        RiskScore seen = RiskScore.NONE;
        for (int tries = 0; tries < 500 && seen.level() != RiskScore.Level.HIGH; tries++) {
            Thread.sleep(10);
            first.observe(agent, true);
            seen = new Risk(store(), now::get).assess(Rated.of(agent), RiskTerms.USUAL);
        }
        assertThat(seen.level()).isEqualTo(RiskScore.Level.HIGH);
    }

    @Test
    void one_mistake_is_no_risk() {
        Risk risk = new Risk(store(), InstantSource.fixed(START));
        AgentId agent = agent();
        risk.observe(agent, true);
        assertThat(risk.assess(Rated.of(agent), RiskTerms.USUAL)).isEqualTo(RiskScore.NONE);
    }
}
