// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.exception;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.governance.Database;
import dev.tollgate.governance.exception.ExceptionReport.Severity;
import dev.tollgate.store.Store;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.testing.Property;
import dev.tollgate.terms.testing.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class ReportDeskTest {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final AtomicLong SEEDS = new AtomicLong(8_000_000);

    private final TenantId tenant = new TenantId("desk-" + SEEDS.incrementAndGet());
    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final AtomicBoolean down = new AtomicBoolean();
    private final AtomicInteger writes = new AtomicInteger();
    private final Store store;

    ReportDeskTest(Database database) {
        store = new Heard(database.store());
    }

    /// A store that counts writes and can be down.
    private final class Heard implements Store {
        private final Store real;

        Heard(Store real) {
            this.real = real;
        }

        @Override
        public Store.Database database() {
            return real.database();
        }

        @Override
        public <T> T read(Function<Session, T> work) {
            return real.read(work);
        }

        @Override
        public <T> T write(Function<Session, T> work) {
            if (down.get()) {
                real.write(session -> session.update("update no_such_table set id = 1"));
            }
            writes.incrementAndGet();
            return real.write(work);
        }

        @Override
        public <T> CompletableFuture<T> writeAsync(Function<Session, T> work) {
            return real.writeAsync(work);
        }

        @Override
        public void close() {}
    }

    private ExceptionQueue queue() {
        return new ExceptionQueue(store, now::get, Property.random(SEEDS.incrementAndGet()), QueueLimits.DEFAULT);
    }

    private ReportDesk desk() {
        return new ReportDesk(store, queue(), now::get);
    }

    private ExceptionReport report(String agent, String rule, String tool, long index) {
        return new ExceptionReport(
                ExceptionKind.RULE,
                new AgentId(agent),
                Optional.empty(),
                tenant,
                Optional.of(new ToolName(tool)),
                new RuleId(rule),
                "RevOps",
                "agent attempted something",
                List.of(index),
                Severity.MEDIUM);
    }

    private List<ExceptionCase> cases() {
        return queue().list(tenant, Optional.empty(), Optional.empty(), 200).items();
    }

    @Test
    @Requirement("S4-19")
    void the_first_is_in_the_queue_when_it_is_told_and_a_thousand_repeats_are_one_more_write() {
        // Given
        ReportDesk desk = desk();

        // When
        desk.report(report("copilot", "no-stage", "opportunity_update", 1));
        List<ExceptionCase> first = cases();
        for (int at = 0; at < 1_000; at++) {
            desk.report(report("copilot", "no-stage", "opportunity_update", 2 + at));
        }
        desk.flush();

        // Then
        assertThat(first).extracting(ExceptionCase::amount).containsExactly(1L);
        assertThat(cases()).extracting(ExceptionCase::amount).containsExactly(1_001L);
        assertThat(cases().getFirst().report().evidence()).hasSize(100);
        assertThat(cases().getFirst().report().tool()).contains(new ToolName("opportunity_update"));
        assertThat(writes).hasValue(2);
    }

    @Test
    void another_rule_or_another_tool_is_another_exception() {
        // Given
        ReportDesk desk = desk();

        // When
        desk.report(report("copilot", "no-stage", "opportunity_update", 1));
        desk.report(report("copilot", "no-owner", "opportunity_update", 2));
        desk.report(report("copilot", "no-stage", "opportunity_create", 3));

        // Then
        assertThat(cases()).hasSize(3);
    }

    @Test
    void an_agent_that_fails_in_many_ways_gets_a_hundred_exceptions_and_one_that_counts_the_rest() {
        // Given
        ReportDesk desk = desk();
        desk.report(report("other", "no-stage", "opportunity_update", 0));

        // When
        for (int at = 0; at < 130; at++) {
            desk.report(report("copilot", "rule-" + at, "opportunity_update", at));
        }
        desk.report(report("quiet", "no-stage", "opportunity_update", 999));

        // Then
        List<ExceptionCase> cases = cases();
        assertThat(cases).hasSize(103);
        assertThat(cases)
                .filteredOn(one -> one.report().kind() == ExceptionKind.FLOOD)
                .extracting(ExceptionCase::amount)
                .containsExactly(30L);
        assertThat(cases)
                .filteredOn(one -> one.report().agent().value().equals("quiet"))
                .extracting(one -> one.report().kind())
                .containsExactly(ExceptionKind.RULE);
    }

    @Test
    void what_a_failing_store_does_not_take_is_written_when_it_is_back() {
        // Given
        ReportDesk desk = desk();
        down.set(true);
        desk.report(report("copilot", "no-stage", "opportunity_update", 1));
        desk.report(report("copilot", "no-stage", "opportunity_update", 2));
        boolean flushed = desk.flush();

        // When
        down.set(false);
        boolean after = desk.flush();

        // Then
        assertThat(flushed).isFalse();
        assertThat(after).isTrue();
        assertThat(cases()).extracting(ExceptionCase::amount).containsExactly(2L);
        assertThat(cases().getFirst().report().evidence()).containsExactly(1L, 2L);
    }

    @Test
    void kinds_above_the_limit_are_written_at_once_and_none_is_lost() {
        // Given
        ReportDesk small = new ReportDesk(store, queue(), now::get, 1);

        // When
        small.report(report("copilot", "rule-1", "opportunity_update", 1));
        small.report(report("copilot", "rule-2", "opportunity_update", 2));
        small.report(report("copilot", "rule-2", "opportunity_update", 3));

        // Then
        assertThat(cases()).extracting(ExceptionCase::amount).containsExactlyInAnyOrder(1L, 2L);
    }

    @Test
    void what_was_resolved_opens_anew_when_it_happens_again() {
        // Given
        ReportDesk desk = desk();
        desk.report(report("copilot", "no-stage", "opportunity_update", 1));
        queue().resolve(
                        tenant,
                        cases().getFirst().id(),
                        new dev.tollgate.terms.UserId("olivia"),
                        ExceptionCase.Resolution.DISMISSED,
                        "a test run");

        // When
        now.set(START.plus(Duration.ofSeconds(1)));
        desk.report(report("copilot", "no-stage", "opportunity_update", 2));
        desk.flush();

        // Then
        assertThat(cases())
                .extracting(ExceptionCase::state)
                .containsExactly(ExceptionCase.State.OPEN, ExceptionCase.State.RESOLVED);
    }
}
