// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.exception;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.governance.Database;
import dev.tollgate.governance.exception.ExceptionCase.Clock;
import dev.tollgate.governance.exception.ExceptionCase.Resolution;
import dev.tollgate.governance.exception.ExceptionCase.State;
import dev.tollgate.governance.exception.ExceptionQueue.Escalation;
import dev.tollgate.governance.exception.ExceptionReport.Severity;
import dev.tollgate.store.Leases;
import dev.tollgate.store.Store;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.testing.Property;
import dev.tollgate.terms.testing.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class ExceptionQueueTest {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final AtomicLong SEEDS = new AtomicLong(7_000_000);
    private static final UserId OLIVIA = new UserId("olivia");

    private final Store store;
    private final Store other;
    private final TenantId tenant = new TenantId("queue-" + SEEDS.incrementAndGet());
    private final AtomicReference<Instant> now = new AtomicReference<>(START);

    ExceptionQueueTest(Database database) {
        store = database.store();
        other = database.otherNode();
    }

    private ExceptionQueue node(Store on, QueueLimits limits) {
        return new ExceptionQueue(on, now::get, Property.random(SEEDS.incrementAndGet()), limits);
    }

    private ExceptionQueue node() {
        return node(store, QueueLimits.DEFAULT);
    }

    private ExceptionReport report(ExceptionKind kind, String agent, String rule, String reason, long index) {
        return new ExceptionReport(
                kind,
                new AgentId(agent),
                Optional.of(new UserId("alice")),
                tenant,
                Optional.empty(),
                new RuleId(rule),
                "RevOps",
                reason,
                List.of(index),
                Severity.MEDIUM);
    }

    private ExceptionReport stage(long index) {
        return report(
                ExceptionKind.RULE,
                "sales-copilot",
                "commitments-are-human",
                "agent attempted to change opportunity.stage",
                index);
    }

    @Requirement("S4-19")
    @Test
    void each_failure_waits_with_its_owner_reason_and_evidence() {
        // When
        String stage = node().open(stage(41));
        now.set(START.plusSeconds(1));
        String terms = "agent drafted email containing restricted terms";
        String mail = node().open(report(ExceptionKind.CONTENT, "outreach", "restricted-terms", terms, 42));
        now.set(START.plusSeconds(2));
        String fifty = "agent updated 50 records in 2 minutes";
        String burst = node().open(report(ExceptionKind.BUDGET, "enrichment", "writes-per-2-minutes", fifty, 43));

        // Then
        List<ExceptionCase> listed = node().list(tenant, Optional.of(State.OPEN), Optional.empty(), 10)
                .items();
        assertThat(listed).extracting(ExceptionCase::id).containsExactly(burst, mail, stage);
        assertThat(listed)
                .extracting(one -> one.report().reason())
                .containsExactly(fifty, terms, "agent attempted to change opportunity.stage");
        assertThat(node().find(tenant, stage).orElseThrow().report()).isEqualTo(stage(41));
        assertThat(node().find(new TenantId("globex"), stage)).isEmpty();
    }

    @Requirement("S4-20")
    @Test
    void review_is_due_in_24_hours_and_remedy_in_72_and_each_escalates_once() {
        // Given
        String id = node().open(stage(1));
        Leases leases = new Leases(store, "node-1");
        now.set(START.plus(Duration.ofHours(24)).minusMillis(1));
        List<Escalation> early = mine(node().escalate(leases));

        // When
        now.set(START.plus(Duration.ofHours(24)));
        List<Escalation> review = mine(node().escalate(leases));
        List<Escalation> again = mine(node().escalate(leases));
        passed(node().take(tenant, id, OLIVIA));
        now.set(START.plus(Duration.ofDays(3)));
        List<Escalation> remedy = mine(node().escalate(leases));
        passed(node().resolve(tenant, id, OLIVIA, Resolution.MENDED, "the tool no longer accepts a stage"));
        now.set(START.plus(Duration.ofHours(200)));

        // Then
        assertThat(early).isEmpty();
        assertThat(review).extracting(Escalation::clock).containsExactly(Clock.REVIEW);
        assertThat(again).isEmpty();
        assertThat(remedy).extracting(Escalation::clock).containsExactly(Clock.REMEDY);
        assertThat(remedy.getFirst().exception().breached()).containsExactly(Clock.REVIEW, Clock.REMEDY);
        assertThat(mine(node().escalate(leases))).isEmpty();
    }

    private List<Escalation> mine(List<Escalation> all) {
        return all.stream()
                .filter(one -> one.exception().report().tenant().equals(tenant))
                .toList();
    }

    @Requirement("S4-20")
    @Test
    void nodes_that_escalate_at_once_escalate_each_clock_once_in_all() throws Exception {
        // Given
        for (int at = 0; at < 20; at++) {
            node().open(report(ExceptionKind.RULE, "agent-" + at, "a-rule", "failed", at));
        }
        now.set(START.plus(Duration.ofHours(30)));
        CountDownLatch start = new CountDownLatch(1);
        List<Escalation> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<List<Escalation>>> tries = new ArrayList<>();
            for (int at = 0; at < 4; at++) {
                Store on = at % 2 == 0 ? store : other;
                Leases leases = new Leases(on, "node-" + at);
                ExceptionQueue node = node(on, QueueLimits.DEFAULT);
                tries.add(threads.submit(() -> {
                    start.await();
                    return node.escalate(leases);
                }));
            }

            // When
            start.countDown();
            for (Future<List<Escalation>> one : tries) {
                all.addAll(mine(one.get()));
            }
        }

        // Then
        assertThat(all).hasSize(20);
        assertThat(all).extracting(one -> one.exception().id()).doesNotHaveDuplicates();
    }

    @Test
    void a_flood_is_one_exception_that_counts_and_keeps_a_hundred_pieces_of_evidence() {
        // When
        for (int at = 0; at < 150; at++) {
            node().open(stage(at));
        }
        now.set(START.plus(Duration.ofMinutes(61)));
        String later = node().open(stage(150));

        // Then
        List<ExceptionCase> listed =
                node().list(tenant, Optional.empty(), Optional.empty(), 10).items();
        assertThat(listed).extracting(ExceptionCase::amount).containsExactly(1L, 150L);
        assertThat(listed.getFirst().id()).isEqualTo(later);
        assertThat(listed.getLast().report().evidence()).hasSize(100);
    }

    @Test
    void a_full_queue_counts_one_exception_an_agent() {
        // When
        QueueLimits small = new QueueLimits(Duration.ofHours(24), Duration.ofHours(72), Duration.ofHours(1), 3, 3);
        for (int at = 0; at < 40; at++) {
            node(store, small).open(report(ExceptionKind.RULE, "agent-" + at % 2, "rule-" + at, "failed", at));
        }

        // Then
        List<ExceptionCase> listed =
                node().list(tenant, Optional.empty(), Optional.empty(), 100).items();
        assertThat(listed)
                .filteredOn(one -> one.report().kind() == ExceptionKind.FLOOD)
                .extracting(one -> one.report().agent().value() + " " + one.amount())
                .containsExactlyInAnyOrder("agent-0 18", "agent-1 19");
        assertThat(listed).hasSize(5);
    }

    @Test
    void an_exception_is_taken_and_resolved_once_by_whom_and_how() {
        // Given
        String id = node().open(stage(1));

        // When
        Step<ExceptionCase> taken = node().take(tenant, id, OLIVIA);
        Step<ExceptionCase> takenAgain = node().take(tenant, id, new UserId("pete"));
        Step<ExceptionCase> unsaid = node().resolve(tenant, id, OLIVIA, Resolution.DISMISSED, " ");
        Step<ExceptionCase> resolved = node().resolve(tenant, id, OLIVIA, Resolution.DISMISSED, "a test run");
        Step<ExceptionCase> resolvedAgain = node().resolve(tenant, id, OLIVIA, Resolution.DISMISSED, "a test run");

        // Then
        assertThat(passed(taken).taken()).contains(new ExceptionCase.Taken(OLIVIA, START));
        assertThat(takenAgain).isEqualTo(malformed("somebody looks at it already, reload the list"));
        assertThat(unsaid).isEqualTo(malformed("`/remark` has 1 to 2,000 characters"));
        assertThat(passed(resolved).resolved())
                .contains(new ExceptionCase.Resolved(OLIVIA, START, Resolution.DISMISSED, "a test run"));
        assertThat(resolvedAgain).isEqualTo(malformed("it is resolved already, reload the list"));
        assertThat(node().take(new TenantId("globex"), id, OLIVIA)).isEqualTo(Step.refuse(new Refusal.NotFound()));
        assertThat(node().open(stage(2))).isNotEqualTo(id);
    }

    private static Step<ExceptionCase> malformed(String why) {
        return Step.refuse(new Refusal.Malformed(List.of(why)));
    }

    private static ExceptionCase passed(Step<ExceptionCase> step) {
        return switch (step) {
            case Step.Passed<ExceptionCase> passed -> passed.state();
            case Step.Refused<ExceptionCase> refused ->
                throw new AssertionError(refused.why().explain());
        };
    }
}
