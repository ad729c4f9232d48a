// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.governance.Database;
import dev.tollgate.store.Store;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Confirmation;
import dev.tollgate.terms.Delegation;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.SessionId;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.TaskId;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Verb;
import dev.tollgate.terms.WorkflowId;
import dev.tollgate.terms.Write;
import dev.tollgate.terms.testing.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class FulfilmentsTest {
    private static final SystemId DEMO = new SystemId("demo");
    private static final Duration HOLDS = Duration.ofMinutes(30);

    private final Store store;
    private final Store other;
    private final String task = "task-" + UUID.randomUUID();
    private Instant now = Instant.parse("2026-11-21T10:00:00Z");

    FulfilmentsTest(Database database) {
        store = database.store();
        other = database.otherNode();
    }

    private Principal who(String tenant, String user, String run, String workflow, String customer, String caseId) {
        Delegation delegation = new Delegation(
                new AgentId("support-triage"),
                new UserId(user),
                Set.of(),
                Optional.of(new WorkflowId(workflow)),
                Optional.of("verification"),
                new TaskId(run),
                new SessionId("session-" + UUID.randomUUID()),
                Optional.of(customer),
                Optional.of(caseId),
                Optional.empty(),
                now,
                now.plusSeconds(300),
                List.of("support-triage"),
                Confirmation.NONE,
                Optional.empty());
        return new Principal(
                delegation,
                "support-triage",
                2,
                "zone",
                new TenantId(tenant),
                Optional.empty(),
                Set.of(),
                Set.of(),
                Map.of());
    }

    private Principal usual() {
        return who("acme", "bob", task, "change", "acc_1", "cas_1");
    }

    private static Operation change(String object, String record) {
        return new Write.Update(
                new Operation.Target(DEMO, object, new ToolName("update"), Verb.WRITE, Operation.Target.AGENT),
                new RecordId(record),
                Map.of("email", Value.of("a@b.example")),
                Optional.empty(),
                List.of(),
                List.of());
    }

    private static Fulfilment verified(String contact) {
        return new Fulfilment(
                "identity-verified", Optional.of(new Fulfilment.About(DEMO, "contact", new RecordId(contact))), HOLDS);
    }

    private Set<String> completed(Store node, Principal asking, Operation operation) {
        return switch (new Fulfilments(node, () -> now).completed(asking, operation)) {
            case Step.Passed<Set<String>> passed -> passed.state();
            case Step.Refused<Set<String>> refused -> throw new AssertionError(refused.why());
        };
    }

    private void fulfil(Fulfilment what) {
        assertThat(new Fulfilments(store, () -> now).fulfilled(usual(), what)).isInstanceOf(Step.Passed.class);
    }

    @Test
    @Requirement("S2-10")
    void what_was_fulfilled_counts_in_every_session_of_the_task_on_every_node_until_its_time_is_over() {
        // Given
        fulfil(verified("con_1"));
        fulfil(new Fulfilment("intake", Optional.empty(), Duration.ofMinutes(10)));

        // When
        Set<String> there = completed(other, usual(), change("contact", "con_1"));
        now = now.plus(Duration.ofMinutes(10));
        Set<String> later = completed(other, usual(), change("contact", "con_1"));
        now = now.plus(Duration.ofMinutes(20));
        Set<String> over = completed(other, usual(), change("contact", "con_1"));

        // Then
        assertThat(there).containsExactlyInAnyOrder("identity-verified", "intake");
        assertThat(later).containsExactly("identity-verified");
        assertThat(over).isEmpty();
    }

    @Test
    @Requirement("S2-10")
    void another_person_tenant_task_workflow_customer_or_case_has_none_of_it() {
        // Given
        fulfil(verified("con_1"));
        Operation operation = change("contact", "con_1");

        // Then
        assertThat(completed(store, usual(), operation)).hasSize(1);
        assertThat(List.of(
                        who("globex", "bob", task, "change", "acc_1", "cas_1"),
                        who("acme", "eve", task, "change", "acc_1", "cas_1"),
                        who("acme", "bob", task + "x", "change", "acc_1", "cas_1"),
                        who("acme", "bob", task, "refund", "acc_1", "cas_1"),
                        who("acme", "bob", task, "change", "acc_2", "cas_1"),
                        who("acme", "bob", task, "change", "acc_1", "cas_2")))
                .allSatisfy(stranger ->
                        assertThat(completed(store, stranger, operation)).isEmpty());
    }

    @Test
    @Requirement("S2-10")
    void what_was_found_out_of_a_record_counts_for_that_record_and_for_records_of_another_kind() {
        // Given
        fulfil(verified("con_1"));

        // Then
        assertThat(completed(store, usual(), change("contact", "con_1"))).containsExactly("identity-verified");
        assertThat(completed(store, usual(), change("contact", "con_2"))).isEmpty();
        assertThat(completed(store, usual(), change("order", "ord_1"))).containsExactly("identity-verified");
    }

    @Test
    void what_no_longer_counts_is_forgotten_and_the_rest_is_not() {
        // Given
        fulfil(new Fulfilment("intake", Optional.empty(), Duration.ofMinutes(1)));
        fulfil(verified("con_1"));
        now = now.plus(Duration.ofMinutes(2));

        // When
        int forgotten = new Fulfilments(store, () -> now).forget();

        // Then
        assertThat(forgotten).isPositive();
        assertThat(completed(store, usual(), change("contact", "con_1"))).containsExactly("identity-verified");
    }

    @Test
    void nothing_counts_for_longer_than_a_day() {
        assertThatThrownBy(() -> new Fulfilment("intake", Optional.empty(), Duration.ofHours(25)))
                .hasMessageContaining("at most a day");
    }
}
