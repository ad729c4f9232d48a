// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.approval;

import static dev.tollgate.governance.approval.ApprovalDesk.CAROL;
import static dev.tollgate.governance.approval.ApprovalDesk.DAVE;
import static dev.tollgate.governance.approval.ApprovalDesk.STRANGER;
import static dev.tollgate.governance.approval.ApprovalDesk.approver;
import static dev.tollgate.governance.approval.ApprovalDesk.atTenantOf;
import static dev.tollgate.governance.approval.ApprovalDesk.demand;
import static dev.tollgate.governance.approval.ApprovalDesk.fresh;
import static dev.tollgate.governance.approval.ApprovalDesk.passed;
import static dev.tollgate.governance.approval.ApprovalDesk.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.governance.Changes;
import dev.tollgate.governance.Database;
import dev.tollgate.governance.change.Change;
import dev.tollgate.governance.exception.ExceptionQueue;
import dev.tollgate.governance.exception.QueueLimits;
import dev.tollgate.store.Store;
import dev.tollgate.terms.Digest;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.testing.Property;
import dev.tollgate.terms.testing.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class ApproversTest {
    private final Store store;
    private final ApprovalDesk desk;
    private final Changes changes = fresh();
    private final Change change = changes.change();

    ApproversTest(Database database) {
        store = database.store();
        desk = new ApprovalDesk(store);
    }

    private ApprovalId asked(Demand demand) {
        return passed(desk.node().request(change, demand));
    }

    private Step<Decided> signed(ApprovalId id, Approver approver, Digest challenge, Instant at) {
        return desk.node()
                .decide(id, approver, Approval.Verdict.APPROVE, "", Optional.of(new StepUp(at, "passkey", challenge)));
    }

    @Requirement({"B-3", "B-11"})
    @Test
    void neither_requester_nor_agent_owner_nor_anybody_without_the_role_decides() {
        // Given
        ApprovalId id = asked(demand());
        String tenant = change.tenant().value();

        // Then
        refused(desk.approve(id, approver("alice", tenant, "sales-lead")), id, Objection.OWN_REQUEST);
        refused(desk.approve(id, approver("olivia", tenant, "sales-lead")), id, Objection.AGENT_OWNER);
        refused(desk.approve(id, approver("carol", tenant, "sales-rep")), id, Objection.ROLE);
        assertThat(passed(desk.approve(id, atTenantOf(CAROL, change))).state()).isEqualTo(ApprovalState.GRANTED);
    }

    @Test
    void an_approval_of_another_tenant_and_one_that_never_was_get_the_same_words() {
        // Given
        ApprovalId foreign = asked(demand());
        ApprovalId none = new ApprovalId("00000000000000000000000000000000");

        // Then
        refused(desk.approve(foreign, STRANGER), foreign, Objection.UNKNOWN);
        refused(desk.approve(none, STRANGER), none, Objection.UNKNOWN);
        assertThat(desk.node().find(STRANGER.tenant(), foreign)).isEmpty();
    }

    @Test
    void what_is_decided_expired_or_voided_cannot_be_decided() {
        // Given
        ApprovalId decided = asked(demand());
        passed(desk.approve(decided, atTenantOf(CAROL, change)));

        // Then
        refused(desk.approve(decided, atTenantOf(DAVE, change)), decided, Objection.DECIDED);
        ApprovalId voided = passed(desk.node().request(changes.of("opp_2").change(), demand()));
        assertThat(desk.node()
                        .revoke(one ->
                                one.record().equals(changes.of("opp_2").change().record())
                                        && one.tenant().equals(change.tenant())))
                .isEqualTo(1);
        refused(desk.approve(voided, atTenantOf(DAVE, change)), voided, Objection.REVOKED);
        ApprovalId late = passed(desk.node().request(changes.of("opp_3").change(), demand()));
        desk.after(Duration.ofHours(25));
        refused(desk.approve(late, atTenantOf(DAVE, change)), late, Objection.EXPIRED);
    }

    @Requirement("B-11")
    @Test
    void nobody_approves_what_they_have_not_had_time_to_read() {
        // Given
        ApprovalId id = asked(demand());
        Approver carol = atTenantOf(CAROL, change);
        Step<Decided> unseen = desk.node().decide(id, carol, Approval.Verdict.APPROVE, "", Optional.empty());
        desk.node().shown(id, carol);
        desk.after(Duration.ofMillis(2_999));
        Step<Decided> hasty = desk.node().decide(id, carol, Approval.Verdict.APPROVE, "", Optional.empty());
        desk.node().shown(id, carol);
        desk.after(Duration.ofMillis(1));

        // When
        Step<Decided> read = desk.node().decide(id, carol, Approval.Verdict.APPROVE, "", Optional.empty());

        // Then
        refused(unseen, id, Objection.TOO_SOON);
        refused(hasty, id, Objection.TOO_SOON);
        assertThat(passed(read).state()).isEqualTo(ApprovalState.GRANTED);
    }

    @Requirement("B-11")
    @Test
    void a_burst_of_approvals_is_slowed() {
        // Given
        Approver carol = approver("carol-" + change.tenant(), change.tenant().value(), "sales-lead");
        List<ApprovalId> ids = new ArrayList<>();
        for (int at = 0; at < 11; at++) {
            ids.add(passed(desk.node().request(changes.of("opp_" + at).change(), demand())));
            desk.node().shown(ids.getLast(), carol);
        }
        desk.after(Duration.ofSeconds(10));
        List<Step<Decided>> steps = ids.stream()
                .map(id -> desk.node().decide(id, carol, Approval.Verdict.APPROVE, "", Optional.empty()))
                .toList();

        // Then
        assertThat(steps.subList(0, 10)).allMatch(step -> step instanceof Step.Passed);
        refused(steps.getLast(), ids.getLast(), Objection.BURST);
        desk.after(Duration.ofSeconds(60));
        assertThat(passed(desk.approve(ids.getLast(), carol)).state()).isEqualTo(ApprovalState.GRANTED);
    }

    @Requirement("B-11")
    @Test
    void four_eyes_are_those_of_two_people() {
        // Given
        ApprovalId id = asked(demand(2, false));

        // When
        Decided first = passed(desk.approve(id, atTenantOf(CAROL, change)));
        Step<Decided> again = desk.approve(id, atTenantOf(CAROL, change));
        Standing half = desk.node().evidence(change);
        Decided second = passed(desk.approve(id, atTenantOf(DAVE, change)));

        // Then
        assertThat(first.state()).isEqualTo(ApprovalState.PENDING);
        refused(again, id, Objection.TWICE);
        assertThat(half).isEqualTo(new Standing.None());
        assertThat(second.state()).isEqualTo(ApprovalState.GRANTED);
        assertThat(desk.node().evidence(change))
                .isInstanceOfSatisfying(
                        Standing.Granted.class,
                        granted -> assertThat(granted.evidence()
                                        .approval()
                                        .orElseThrow()
                                        .approver())
                                .isEqualTo("carol, dave"));
    }

    @Requirement("S1-11")
    @Test
    void a_step_up_counts_only_when_it_signed_exactly_this_just_now() {
        // Given
        ApprovalId id = asked(demand(1, true));
        ApprovalId other = passed(desk.node().request(changes.of("opp_2").change(), demand(1, true)));
        Approver carol = atTenantOf(CAROL, change);
        Digest mine = desk.node().shown(id, carol).orElseThrow().challenge();
        Digest others = desk.node().shown(other, carol).orElseThrow().challenge();
        desk.after(Duration.ofMinutes(3));
        Instant now = desk.now.get();

        // Then
        refused(desk.approve(id, carol), id, Objection.STEP_UP);
        refused(signed(id, carol, others, now), id, Objection.STEP_UP);
        refused(signed(id, carol, change.digest(), now), id, Objection.STEP_UP);
        refused(signed(id, carol, mine, now.minusSeconds(121)), id, Objection.STEP_UP);
        refused(signed(id, carol, mine, now.plusSeconds(60)), id, Objection.STEP_UP);
        assertThat(passed(signed(id, carol, mine, now)).state()).isEqualTo(ApprovalState.GRANTED);
        assertThat(desk.node().find(change.tenant(), id).orElseThrow().votes())
                .extracting(Approval.Vote::stepUp)
                .containsExactly(Optional.of("passkey"));
    }

    @Requirement("B-11")
    @Test
    void an_approved_decoy_executes_nothing_and_is_reported() {
        // Given
        ApprovalDesk trap = new ApprovalDesk(store);
        ApprovalDesk off = new ApprovalDesk(store, ApprovalDesk.DECOYS_OFF);
        assertThat(off.node().plantDecoy(change, demand(), "olivia")).isEmpty();
        ApprovalId id = trap.node().plantDecoy(change, demand(), "olivia").orElseThrow();
        assertThat(trap.node().open(change.tenant(), Optional.empty(), 10).items())
                .extracting(Approval::id)
                .containsExactly(id);

        // When
        Decided decided = passed(trap.approve(id, atTenantOf(CAROL, change)));

        // Then
        assertThat(decided).isEqualTo(new Decided(id, ApprovalState.VOIDED, true));
        assertThat(trap.passedDecoys).extracting(Approval::id).containsExactly(id);
        assertThat(trap.node().evidence(change)).isEqualTo(new Standing.None());
        refused(store.write(session -> trap.node().consume(session, id, change)), id, Objection.UNKNOWN);
    }

    @Requirement("B-11")
    @Test
    void a_passed_decoy_waits_in_the_exception_queue_with_the_approver() {
        // Given
        ExceptionQueue queue = new ExceptionQueue(
                store, desk.now::get, Property.random(change.tenant().hashCode()), QueueLimits.DEFAULT);
        Approval decoy = desk.node().find(change.tenant(), asked(demand())).orElseThrow();

        // When
        ApprovalDesk.tell(store, new QueueDecoyAlarm(queue, "Sales Ops"), decoy, atTenantOf(CAROL, change));

        // Then
        assertThat(queue.list(change.tenant(), Optional.empty(), Optional.empty(), 10)
                        .items())
                .extracting(one -> one.report().kind() + " " + one.report().owner() + " "
                        + one.report().user().orElseThrow())
                .containsExactly("DECOY Sales Ops carol");
    }

    @Test
    void an_agent_cannot_bury_its_people_in_requests_nor_in_one_request() {
        // Given
        for (int at = 0; at < 20; at++) {
            passed(desk.node().request(changes.of("opp_" + at).by("busy").change(), demand()));
        }

        // When
        Step<ApprovalId> more =
                desk.node().request(changes.of("opp_20").by("busy").change(), demand());
        Step<ApprovalId> huge = desk.node()
                .request(
                        changes.to(Map.of("notes", Value.of("x".repeat(300_000))))
                                .change(),
                        demand());

        // Then
        assertThat(more).isEqualTo(Step.refuse(new Refusal.OverBudget("pending-approvals", Duration.ofHours(24))));
        assertThat(huge)
                .isEqualTo(Step.refuse(new Refusal.Malformed(
                        List.of("the change has more than 262144 bytes and cannot be shown whole"))));
    }

    @Test
    void pages_show_every_waiting_approval_once_and_old_ones_are_forgotten() {
        // Given
        List<ApprovalId> ids = new ArrayList<>();
        for (int at = 0; at < 5; at++) {
            ids.add(passed(desk.node().request(changes.of("opp_" + at).change(), demand())));
            desk.after(Duration.ofSeconds(1));
        }

        // When
        List<ApprovalId> seen = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            var page = desk.node().open(change.tenant(), cursor, 2);
            page.items().forEach(one -> seen.add(one.id()));
            cursor = page.next();
        } while (cursor.isPresent());

        // Then
        assertThat(seen).containsExactlyElementsOf(ids);
        assertThat(desk.node().history(change.tenant(), Optional.empty(), 10).items())
                .extracting(Approval::id)
                .containsExactlyElementsOf(ids.reversed());
        desk.node().shown(ids.getFirst(), atTenantOf(CAROL, change));
        assertThat(desk.node().forget(desk.now.get().plus(Duration.ofHours(25))))
                .isGreaterThanOrEqualTo(5);
        assertThat(desk.node().history(change.tenant(), Optional.empty(), 10).items())
                .isEmpty();
    }
}
