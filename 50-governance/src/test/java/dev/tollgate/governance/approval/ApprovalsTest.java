// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.approval;

import static dev.tollgate.governance.approval.ApprovalDesk.CAROL;
import static dev.tollgate.governance.approval.ApprovalDesk.atTenantOf;
import static dev.tollgate.governance.approval.ApprovalDesk.demand;
import static dev.tollgate.governance.approval.ApprovalDesk.fresh;
import static dev.tollgate.governance.approval.ApprovalDesk.passed;
import static dev.tollgate.governance.approval.ApprovalDesk.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.governance.Changes;
import dev.tollgate.governance.Database;
import dev.tollgate.governance.change.Change;
import dev.tollgate.store.Store;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.testing.Requirement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class ApprovalsTest {
    private static final int RACES = 1_000;

    private final Store store;
    private final Store other;

    ApprovalsTest(Database database) {
        store = database.store();
        other = database.otherNode();
    }

    private Step<ApprovalId> consume(ApprovalDesk desk, ApprovalId id, Change change) {
        return store.write(session -> desk.node().consume(session, id, change));
    }

    @Requirement({"B-3", "S2-4"})
    @Test
    void an_approved_change_is_used_once_and_never_again() {
        // Given
        ApprovalDesk desk = new ApprovalDesk(store);
        Change change = fresh().change();
        assertThat(desk.node().evidence(change)).isEqualTo(new Standing.None());
        ApprovalId id = desk.granted(change);

        // When
        Standing standing = desk.node(other).evidence(change);
        Step<ApprovalId> first = consume(desk, id, change);
        Step<ApprovalId> second = consume(desk, id, change);

        // Then
        assertThat(standing).isInstanceOfSatisfying(Standing.Granted.class, granted -> {
            assertThat(granted.id()).isEqualTo(id);
            assertThat(granted.evidence().approval().orElseThrow().approver()).isEqualTo("carol");
        });
        assertThat(passed(first)).isEqualTo(id);
        refused(second, id, Objection.USED);
        assertThat(desk.node().evidence(change)).isEqualTo(new Standing.None());
    }

    @Requirement("B-3")
    @Test
    void an_approval_is_void_once_the_call_the_record_or_the_policy_differs() {
        Map<Objection, java.util.function.UnaryOperator<Changes>> steps = Map.of(
                Objection.CALL_CHANGED, change -> change.to(Map.of("amount", Value.of(201))),
                Objection.RECORD_EDITED, change -> change.at("v2"),
                Objection.POLICY_CHANGED, change -> change.under("sha256:two"));
        steps.forEach((why, step) -> {
            // Given
            ApprovalDesk desk = new ApprovalDesk(store);
            Changes approved = fresh();
            ApprovalId id = desk.granted(approved.change());

            // When
            Step<ApprovalId> consumed = consume(desk, id, step.apply(approved).change());
            Standing standing = desk.node().evidence(step.apply(approved).change());

            // Then
            refused(consumed, id, why);
            assertThat(standing)
                    .isEqualTo(new Standing.Overtaken(new Refusal.ApprovalRefused(id.value(), why.words())));
            // Putting everything back does not bring the approval back.
            assertThat(desk.node().evidence(approved.change())).isEqualTo(new Standing.None());
            refused(consume(desk, id, approved.change()), id, why);
        });
    }

    @Requirement("B-3")
    @Test
    void before_values_count_where_a_system_keeps_no_versions() {
        // Given
        ApprovalDesk desk = new ApprovalDesk(store);
        Changes approved = fresh().at("");
        ApprovalId id = desk.granted(approved.change());

        // When
        Standing standing = desk.node()
                .evidence(approved.from(Map.of("amount", Value.of(101))).change());

        // Then
        assertThat(standing)
                .isEqualTo(new Standing.Overtaken(
                        new Refusal.ApprovalRefused(id.value(), Objection.RECORD_EDITED.words())));
    }

    @Requirement("B-3")
    @Test
    void an_approval_serves_nobody_but_its_agent_user_tool_and_record() {
        // Given
        ApprovalDesk desk = new ApprovalDesk(store);
        Changes approved = fresh();
        ApprovalId id = desk.granted(approved.change());
        List<Changes> others = List.of(
                approved.by("support-triage"),
                approved.asked("bob", approved.tenant()),
                approved.asked("alice", "globex"),
                approved.with("opportunity_merge"),
                approved.of("opp_2"));

        // Then
        for (Changes one : others) {
            assertThat(desk.node().evidence(one.change())).isEqualTo(new Standing.None());
            assertThat(consume(desk, id, one.change())).isInstanceOf(Step.Refused.class);
        }
        assertThat(passed(consume(desk, id, approved.change()))).isEqualTo(id);
    }

    @Requirement("S1-12")
    @Test
    void elevation_lasts_five_minutes_and_is_then_gone() {
        // Given
        ApprovalDesk desk = new ApprovalDesk(store);
        Change change = fresh().change();
        ApprovalId id = desk.granted(change);

        // When
        desk.after(Duration.ofSeconds(299));
        Standing before = desk.node().evidence(change);
        desk.after(Duration.ofSeconds(1));
        Standing after = desk.node().evidence(change);

        // Then
        assertThat(before).isInstanceOf(Standing.Granted.class);
        assertThat(after).isEqualTo(new Standing.None());
        refused(consume(desk, id, change), id, Objection.EXPIRED);
    }

    @Requirement("B-3")
    @Test
    void of_two_nodes_that_race_for_one_approval_exactly_one_wins() throws Exception {
        ApprovalDesk desk = new ApprovalDesk(store, generous());
        Approvals one = desk.node(store);
        Approvals two = desk.node(other);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int round = 0; round < RACES; round++) {
                // Given
                Change change = fresh().change();
                ApprovalId id = grantNow(one, change);

                // When
                List<Future<Boolean>> tries = race(threads, List.of(one, two, one, two), id, change);

                // Then
                assertThat(won(tries)).as("round " + round).isEqualTo(1);
            }
        }
    }

    private static ApprovalLimits generous() {
        return new ApprovalLimits(
                20,
                500,
                Duration.ZERO,
                Integer.MAX_VALUE,
                Duration.ofSeconds(1),
                Duration.ofMinutes(5),
                Duration.ofMinutes(2),
                false);
    }

    private static ApprovalId grantNow(Approvals node, Change change) {
        ApprovalId id = passed(node.request(change, demand()));
        node.shown(id, atTenantOf(CAROL, change));
        passed(node.decide(id, atTenantOf(CAROL, change), Approval.Verdict.APPROVE, "", Optional.empty()));
        return id;
    }

    private List<Future<Boolean>> race(ExecutorService threads, List<Approvals> nodes, ApprovalId id, Change change) {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Boolean>> tries = new ArrayList<>();
        for (int at = 0; at < nodes.size(); at++) {
            Approvals node = nodes.get(at);
            Store on = at % 2 == 0 ? store : other;
            tries.add(threads.submit(() -> {
                start.await();
                return on.write(session -> node.consume(session, id, change)) instanceof Step.Passed;
            }));
        }
        start.countDown();
        return tries;
    }

    private static long won(List<Future<Boolean>> tries) throws InterruptedException, ExecutionException {
        long won = 0;
        for (Future<Boolean> one : tries) {
            won += one.get() ? 1 : 0;
        }
        return won;
    }

    @Test
    void the_same_call_waits_once_and_an_older_state_of_it_no_longer() {
        // Given
        ApprovalDesk desk = new ApprovalDesk(store);
        Changes change = fresh();
        ApprovalId first = passed(desk.node().request(change.change(), demand()));

        // When
        ApprovalId again = passed(desk.node(other).request(change.change(), demand()));
        ApprovalId edited = passed(desk.node().request(change.at("v2").change(), demand()));

        // Then
        assertThat(again).isEqualTo(first);
        assertThat(edited).isNotEqualTo(first);
        assertThat(desk.node()
                        .open(change.change().tenant(), Optional.empty(), 10)
                        .items())
                .extracting(Approval::id)
                .containsExactly(edited);
        refused(desk.approve(first, atTenantOf(CAROL, change.change())), first, Objection.RECORD_EDITED);
    }

    @Test
    void a_rejected_call_is_told_so_until_the_request_would_have_expired() {
        // Given
        ApprovalDesk desk = new ApprovalDesk(store);
        Change change = fresh().change();
        ApprovalId id = passed(desk.node().request(change, demand()));

        // When
        Decided decided = passed(desk.node()
                .decide(id, atTenantOf(CAROL, change), Approval.Verdict.REJECT, "not this quarter", Optional.empty()));

        // Then
        assertThat(decided).isEqualTo(new Decided(id, ApprovalState.REJECTED, false));
        assertThat(desk.node().evidence(change))
                .isEqualTo(new Standing.Overtaken(new Refusal.ApprovalRefused(id.value(), Objection.REJECTED.words())));
        desk.after(Duration.ofHours(24));
        assertThat(desk.node().evidence(change)).isEqualTo(new Standing.None());
    }

    @Test
    void only_the_agent_that_asked_learns_how_an_approval_stands() {
        // Given
        ApprovalDesk desk = new ApprovalDesk(store);
        Change change = fresh().change();
        ApprovalId id = passed(desk.node().request(change, demand()));

        // When
        Optional<ApprovalStatus> own = desk.node().status(id, change.agent(), change.user(), change.tenant());

        // Then
        assertThat(own).hasValueSatisfying(status -> {
            assertThat(status.state()).isEqualTo(ApprovalState.PENDING);
            assertThat(status.expires()).isEqualTo(ApprovalDesk.START.plus(Duration.ofHours(24)));
        });
        assertThat(desk.node().status(id, new AgentId("other"), change.user(), change.tenant()))
                .isEmpty();
        assertThat(desk.node()
                        .status(id, change.agent(), atTenantOf(CAROL, change).user(), change.tenant()))
                .isEmpty();
        assertThat(desk.node()
                        .status(
                                id,
                                change.agent(),
                                change.user(),
                                fresh().change().tenant()))
                .isEmpty();
    }
}
