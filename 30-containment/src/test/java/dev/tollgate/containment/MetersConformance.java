// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.containment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.store.Store;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.DataClass;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.Verb;
import dev.tollgate.terms.testing.Requirement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What each meter must count, on every database: by record and day, by domain and day, different customers.
abstract class MetersConformance extends BudgetsConformance {
    private static final TenantId ACME = new TenantId("acme");
    private static final Operation.Target DEALS = new Operation.Target(
            new SystemId("demo"), "opportunity", new ToolName("opportunity_update"), Verb.WRITE, "agent");
    private static final AtomicInteger NAMES = new AtomicInteger();

    abstract Store database();

    @Override
    Store store() {
        return database();
    }

    private Budgets node() {
        return new Budgets(database(), now::get);
    }

    private static String fresh(String word) {
        return word + "-" + NAMES.incrementAndGet();
    }

    private static boolean passes(Step<Reservation> step) {
        return step instanceof Step.Passed;
    }

    private static Sighting customers(AgentId agent, long max, String... ids) {
        Budget budget = Meter.CUSTOMERS_PER_DAY.budget(max);
        return Sighting.of(agent, budget, Set.of(ids));
    }

    private Step<Reservation> seen(Budgets node, Sighting sighting) {
        return node.reserve(List.of(), List.of(sighting));
    }

    @Requirement("S4-30")
    @Test
    void a_record_takes_so_many_changes_a_day_whichever_agent_makes_them() {
        // Given
        Budget budget = Meter.WRITES_PER_RECORD_AND_DAY.budget(3);
        RecordId record = new RecordId(fresh("opp"));
        Charge change = Charge.change(ACME, DEALS, record, budget);
        Budgets first = node();
        Budgets second = node();
        assertThat(passes(first.reserve(List.of(change)))).isTrue();
        assertThat(passes(second.reserve(List.of(change)))).isTrue();
        assertThat(passes(first.reserve(List.of(change)))).isTrue();

        // When
        Step<Reservation> fourth = second.reserve(List.of(change));
        Charge elsewhere = Charge.change(ACME, DEALS, new RecordId(fresh("opp")), budget);
        Charge abroad = Charge.change(new TenantId("globex"), DEALS, record, budget);

        // Then
        assertThat(fourth)
                .isInstanceOfSatisfying(
                        Step.Refused.class,
                        refused -> assertThat(refused.why()).isInstanceOfSatisfying(Refusal.OverBudget.class, over -> {
                            assertThat(over.budget()).isEqualTo("writes-per-record-and-day");
                            assertThat(over.retryAfter()).isBetween(Duration.ofHours(1), Duration.ofHours(28));
                        }));
        assertThat(passes(second.reserve(List.of(elsewhere)))).isTrue();
        assertThat(passes(second.reserve(List.of(abroad)))).isTrue();
    }

    @Requirement("S4-30")
    @Test
    void a_domain_gets_so_many_mails_a_day() {
        // Given
        Budget budget = Meter.MAILS_PER_DOMAIN_AND_DAY.budget(2);
        String domain = fresh("customer") + ".example";
        Budgets node = node();
        assertThat(passes(node.reserve(List.of(Charge.mail(ACME, domain, budget)))))
                .isTrue();
        assertThat(passes(node.reserve(List.of(Charge.mail(ACME, domain.toUpperCase(java.util.Locale.ROOT), budget)))))
                .isTrue();

        // When
        Step<Reservation> third = node.reserve(List.of(Charge.mail(ACME, domain, budget)));
        Step<Reservation> other = node.reserve(List.of(Charge.mail(ACME, "other-" + domain, budget)));

        // Then
        assertThat(third)
                .isInstanceOfSatisfying(
                        Step.Refused.class,
                        refused -> assertThat(refused.why()).isInstanceOf(Refusal.OverBudget.class));
        assertThat(passes(other)).isTrue();
    }

    @Requirement("B-17")
    @Test
    void the_same_customer_counts_once_and_the_next_one_is_one_too_many() {
        // Given
        AgentId agent = new AgentId(fresh("drip"));
        Budgets node = node();
        for (int again = 0; again < 20; again++) {
            assertThat(passes(seen(node, customers(agent, 2, "one")))).isTrue();
        }
        assertThat(passes(seen(node(), customers(agent, 2, "one", "two")))).isTrue();

        // When
        Step<Reservation> third = seen(node, customers(agent, 2, "three"));

        // Then
        assertThat(third)
                .isInstanceOfSatisfying(
                        Step.Refused.class,
                        refused -> assertThat(refused.why()).isInstanceOfSatisfying(Refusal.OverBudget.class, over -> {
                            assertThat(over.budget()).isEqualTo("customers-per-day");
                            assertThat(over.retryAfter()).isBetween(Duration.ofHours(23), Duration.ofHours(25));
                        }));
        assertThat(passes(seen(node, customers(agent, 2, "two")))).isTrue();
        assertThat(passes(seen(node, customers(new AgentId(fresh("drip")), 2, "three"))))
                .isTrue();
    }

    @Requirement("B-17")
    @Test
    void a_customer_that_was_looked_at_again_counts_from_then() {
        // Given
        AgentId agent = new AgentId(fresh("drip"));
        Budgets node = node();
        seen(node, customers(agent, 1, "one"));
        now.set(now.get().plus(Duration.ofHours(20)));
        seen(node, customers(agent, 1, "one"));

        // When
        now.set(now.get().plus(Duration.ofHours(20)));
        Step<Reservation> tooEarly = seen(node, customers(agent, 1, "two"));
        now.set(now.get().plus(Duration.ofHours(5)));
        Step<Reservation> later = seen(node, customers(agent, 1, "two"));

        // Then
        assertThat(passes(tooEarly)).isFalse();
        assertThat(passes(later)).isTrue();
    }

    @Test
    void nothing_is_taken_when_one_of_several_is_too_many() {
        // Given
        AgentId agent = new AgentId(fresh("all"));
        Budgets node = node();
        seen(node, customers(agent, 3, "one", "two"));

        // When
        Step<Reservation> both = seen(node, customers(agent, 3, "three", "four"));

        // Then
        assertThat(passes(both)).isFalse();
        assertThat(passes(seen(node, customers(agent, 3, "three")))).isTrue();
        assertThat(passes(seen(node, customers(agent, 3, "four")))).isFalse();
    }

    @Test
    void what_did_not_happen_is_not_counted() {
        // Given
        AgentId agent = new AgentId(fresh("back"));
        Budget budget = Meter.RECORDS_IN_2_MINUTES.budget(1);
        Budgets node = node();
        Step<Reservation> first = node.reserve(List.of(), List.of(Sighting.of(agent, budget, Set.of("one"))));

        // When
        ((Step.Passed<Reservation>) first).state().giveBack();

        // Then
        assertThat(passes(node.reserve(List.of(), List.of(Sighting.of(agent, budget, Set.of("two"))))))
                .isTrue();
        assertThat(passes(node.reserve(List.of(), List.of(Sighting.of(agent, budget, Set.of("one"))))))
                .isFalse();
    }

    @Requirement("B-17")
    @Test
    void nodes_that_race_never_let_one_customer_more_pass() throws InterruptedException {
        // Given
        AgentId agent = new AgentId(fresh("race"));
        List<Budgets> nodes = List.of(node(), node(), node());
        AtomicInteger passed = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(12);

        // When
        for (int caller = 0; caller < 12; caller++) {
            int mine = caller;
            Thread.ofVirtual().start(() -> {
                for (int at = 0; at < 10; at++) {
                    Sighting sighting = customers(agent, 50, "customer-" + mine + "-" + at);
                    if (passes(seen(nodes.get(mine % 3), sighting))) {
                        passed.incrementAndGet();
                    }
                }
                done.countDown();
            });
        }
        done.await();

        // Then
        assertThat(passed.get()).isEqualTo(50);
    }

    @Requirement("B-17")
    @Test
    void bytes_of_a_data_class_are_counted_by_agent_and_class() {
        // Given
        AgentId agent = new AgentId(fresh("bytes"));
        Budget budget = Meter.BYTES_PER_DAY.budget(1_000);
        DataClass billing = new DataClass("billing");
        Budgets node = node();
        assertThat(passes(node.reserve(List.of(Charge.shown(agent, billing, budget, 990)))))
                .isTrue();

        // When
        Step<Reservation> more = node.reserve(List.of(Charge.shown(agent, billing, budget, 11)));
        Step<Reservation> other = node.reserve(List.of(Charge.shown(agent, new DataClass("public"), budget, 11)));

        // Then
        assertThat(more)
                .isInstanceOfSatisfying(
                        Step.Refused.class,
                        refused -> assertThat(refused.why().explain()).contains("bytes-per-day of billing"));
        assertThat(passes(other)).isTrue();
    }

    @Test
    void what_no_window_reaches_is_forgotten() {
        // Given
        AgentId agent = new AgentId(fresh("old"));
        Budgets node = node();
        seen(node, customers(agent, 5, "one"));
        node.reserve(agent, Budget.perMinute("calls", 5));

        // When
        now.set(now.get().plus(Duration.ofHours(31)));
        node.forget();

        // Then
        assertThat(kept("budget_seen", agent)).isEmpty();
        assertThat(kept("budget_slot", agent)).isEmpty();
    }

    private List<Store.Record> kept(String table, AgentId agent) {
        return database()
                .read(session ->
                        session.query("select budget from " + table + " where subject = ?", "agent:" + agent.value()));
    }
}
