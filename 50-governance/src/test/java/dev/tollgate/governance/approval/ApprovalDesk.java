// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.governance.Changes;
import dev.tollgate.governance.change.Change;
import dev.tollgate.store.Store;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.testing.Property;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;

/// A gateway's approvals at a moment that tests move, and its people.
final class ApprovalDesk {
    static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    static final Approver CAROL = approver("carol", "acme", "sales-lead");
    static final Approver DAVE = approver("dave", "acme", "sales-lead");
    static final Approver STRANGER = approver("mallory", "globex", "sales-lead");

    /// The defaults, without decoys.
    static final ApprovalLimits DECOYS_OFF = new ApprovalLimits(
            20,
            500,
            Duration.ofSeconds(3),
            10,
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(2),
            false);

    private static final AtomicLong SEEDS = new AtomicLong(7);
    private static final AtomicLong TENANTS = new AtomicLong();

    final AtomicReference<Instant> now = new AtomicReference<>(START);
    final List<Approval> passedDecoys = new ArrayList<>();

    private final Store store;
    private final ApprovalLimits limits;

    ApprovalDesk(Store store, ApprovalLimits limits) {
        this.store = store;
        this.limits = limits;
    }

    ApprovalDesk(Store store) {
        this(store, ApprovalLimits.DEFAULT);
    }

    Approvals node() {
        return node(store);
    }

    Approvals node(Store on) {
        RandomGenerator random = Property.random(SEEDS.incrementAndGet());
        return new Approvals(on, now::get, random, limits, (_, decoy, _) -> passedDecoys.add(decoy));
    }

    void after(Duration time) {
        now.set(now.get().plus(time));
    }

    static Approver approver(String user, String tenant, String role) {
        return new Approver(new UserId(user), new TenantId(tenant), Set.of(role));
    }

    /// People of a tenant that no other test uses.
    static Changes fresh() {
        return Changes.amount().asked("alice", "tenant-" + TENANTS.incrementAndGet());
    }

    static Approver atTenantOf(Approver approver, Change change) {
        return new Approver(approver.user(), change.tenant(), approver.roles());
    }

    static Demand demand() {
        return demand(1, false);
    }

    static Demand demand(int approvers, boolean stepUp) {
        return new Demand(
                new RuleId("amount-needs-approval"),
                approvers,
                stepUp,
                Set.of("sales-lead"),
                Optional.of(new UserId("olivia")),
                Duration.ofHours(24),
                "the customer signed for more seats");
    }

    static <T> T passed(Step<T> step) {
        return switch (step) {
            case Step.Passed<T> passed -> passed.state();
            case Step.Refused<T> refused ->
                throw new AssertionError(refused.why().explain());
        };
    }

    static void refused(Step<?> step, ApprovalId id, Objection why) {
        assertThat(step).isEqualTo(Step.refuse(new Refusal.ApprovalRefused(id.value(), why.words())));
    }

    /// A colleague reads and approves.
    Step<Decided> approve(ApprovalId id, Approver approver) {
        Approvals node = node();
        node.shown(id, approver);
        after(Duration.ofSeconds(5));
        return node.decide(id, approver, Approval.Verdict.APPROVE, "checked with finance", Optional.empty());
    }

    /// A change that a colleague has approved.
    ApprovalId granted(Change change) {
        ApprovalId id = passed(node().request(change, demand()));
        assertThat(passed(approve(id, atTenantOf(CAROL, change))).state()).isEqualTo(ApprovalState.GRANTED);
        return id;
    }

    /// Tells an alarm of a passed decoy, as a decision does.
    static void tell(Store store, DecoyAlarm alarm, Approval decoy, Approver approver) {
        store.write(session -> {
            alarm.passed(session, decoy, approver);
            return true;
        });
    }
}
