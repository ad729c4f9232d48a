// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.catalog.DataClasses;
import dev.tollgate.store.Store;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.DataClass;
import dev.tollgate.terms.Delegation;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.SessionId;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.TaskId;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.testing.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What every store must do for the memory.
abstract class FlowMemoryConformance {
    private static final SystemId DEMO = new SystemId("demo");
    private static final DataClass CONTACT = new DataClass("contact-detail");
    private static final DataClass ABOVE = new DataClass("direct-identifier");
    private static final DataClass DEAL = new DataClass("deal");
    private static final DataClass MEDICAL = new DataClass("medical");
    private static final FlowDecay DECAY = FlowDecay.USUAL;

    private Instant now = Instant.parse("2026-11-21T10:00:00Z");
    private final String agent = "agent-" + UUID.randomUUID();

    abstract Store database();

    private FlowMemory node() {
        return new FlowMemory(database(), () -> now);
    }

    private FlowKey key(String user, String tenant, String session, String customer) {
        Delegation delegation = new Delegation(
                new AgentId(agent),
                new UserId(user),
                Set.of(),
                Optional.empty(),
                new TaskId("task of " + session),
                new SessionId(session),
                customer.isEmpty() ? Optional.empty() : Optional.of(customer),
                Optional.empty(),
                now,
                now.plusSeconds(900),
                List.of(agent));
        return FlowKey.of(new Principal(
                delegation,
                "copilot",
                2,
                "zone",
                new TenantId(tenant),
                Optional.empty(),
                Set.of(),
                Set.of(),
                Map.of()));
    }

    private FlowKey key(String session, String customer) {
        return key("alice", "acme", session, customer);
    }

    private static Shown value(String customer, DataClass name) {
        Shown shown = new Shown();
        shown.value(customer.isEmpty() ? Optional.empty() : Optional.of(customer), DEMO, name);
        return shown;
    }

    private static Carried carried(FlowMemory node, FlowKey key) {
        return switch (node.carried(key, DECAY, DataClasses.BASE)) {
            case Step.Passed<Carried> passed -> passed.state();
            case Step.Refused<Carried> refused -> throw new AssertionError(refused.why());
        };
    }

    @Test
    @Requirement("B-5")
    void what_was_shown_of_a_customer_is_known_in_another_session_on_another_node() {
        // Given
        node().join(key("monday", ""), value("c-1", CONTACT));

        // When
        Carried there = carried(node(), key("tuesday", "c-1"));

        // Then
        assertThat(there.classes()).containsExactlyInAnyOrder(CONTACT, ABOVE);
        assertThat(there.systems()).containsExactly(DEMO);
        assertThat(there.integrity()).isEqualTo(Integrity.TRUSTED);
    }

    @Test
    void another_case_another_person_and_another_tenant_hold_nothing_of_it() {
        // Given
        node().join(key("s1", "c-1"), value("c-1", CONTACT));

        // Then
        assertThat(carried(node(), key("s2", "c-2"))).isEqualTo(Carried.NOTHING);
        assertThat(carried(node(), key("bob", "acme", "s1", "c-1"))).isEqualTo(Carried.NOTHING);
        assertThat(carried(node(), key("alice", "globex", "s1", "c-1"))).isEqualTo(Carried.NOTHING);
    }

    @Test
    void a_session_holds_what_it_was_shown_whatever_its_next_task_is_about() {
        // Given
        node().join(key("s1", "c-1"), value("c-1", CONTACT));

        // Then
        assertThat(carried(node(), key("s1", "c-2")).classes()).contains(CONTACT);
    }

    @Test
    void a_task_that_names_no_customer_holds_what_was_shown_of_any() {
        // Given
        node().join(key("s1", "c-1"), value("c-1", CONTACT));
        node().join(key("s2", "c-2"), value("c-2", DEAL));

        // Then
        assertThat(carried(node(), key("s3", "")).classes()).contains(CONTACT, DEAL);
    }

    @Test
    void each_class_is_forgotten_when_policy_says_and_never_before() {
        // Given
        FlowMemory node = node();
        Shown shown = value("c-1", DEAL);
        shown.value(Optional.of("c-1"), DEMO, MEDICAL);
        node.join(key("s1", "c-1"), shown);

        // When
        now = now.plus(Duration.ofDays(1)).minusSeconds(1);
        Carried day = carried(node, key("s2", "c-1"));
        now = now.plus(FlowMemory.SLACK).plusSeconds(1);
        Carried later = carried(node, key("s2", "c-1"));
        now = now.plus(Duration.ofDays(30));
        Carried month = carried(node, key("s2", "c-1"));

        // Then
        assertThat(day.classes()).contains(DEAL, MEDICAL);
        assertThat(later.classes()).doesNotContain(DEAL).contains(MEDICAL, new DataClass("sensitive-personal"));
        assertThat(month).isEqualTo(Carried.NOTHING);
    }

    @Test
    void what_is_shown_again_lasts_from_then_on() {
        // Given
        FlowMemory node = node();
        node.join(key("s1", "c-1"), value("c-1", DEAL));
        now = now.plus(Duration.ofHours(20));

        // When
        Step<Boolean> again = node.join(key("s1", "c-1"), value("c-1", DEAL));
        now = now.plus(Duration.ofHours(20));

        // Then
        assertThat(again).isEqualTo(Step.pass(true));
        assertThat(carried(node, key("s2", "c-1")).classes()).contains(DEAL);
    }

    @Test
    void what_a_node_has_just_remembered_is_not_written_again() {
        // Given
        FlowMemory node = node();
        node.join(key("s1", "c-1"), value("c-1", DEAL));

        // When
        Step<Boolean> again = node.join(key("s1", "c-1"), value("c-1", DEAL));
        Step<Boolean> more = node.join(key("s1", "c-1"), value("c-1", CONTACT));

        // Then
        assertThat(again).isEqualTo(Step.pass(false));
        assertThat(more).isEqualTo(Step.pass(true));
    }

    @Test
    void strangers_text_lowers_integrity_for_as_long_as_policy_says() {
        // Given
        FlowMemory node = node();
        Shown shown = value("c-1", DEAL);
        shown.tainted(Optional.of("c-1"));
        node.join(key("s1", "c-1"), shown);

        // When
        Carried there = carried(node, key("s2", "c-1"));
        now = now.plus(DECAY.integrity()).plus(FlowMemory.SLACK);
        Carried later = carried(node, key("s2", "c-1"));

        // Then
        assertThat(there.integrity()).isEqualTo(Integrity.THIRD_PARTY);
        assertThat(later.integrity()).isEqualTo(Integrity.TRUSTED);
    }

    @Test
    void what_is_shown_of_more_customers_than_are_told_apart_belongs_to_every_case() {
        // Given
        Shown many = new Shown();
        for (int at = 0; at <= FlowMemory.CUSTOMERS_MAX; at++) {
            many.value(Optional.of("many-" + at), DEMO, CONTACT);
        }

        // When
        node().join(key("s1", ""), many);

        // Then
        assertThat(carried(node(), key("s2", "another")).classes()).contains(CONTACT);
    }

    @Test
    void a_full_memory_forgets_nothing_and_holds_what_is_new_in_every_case() {
        // Given
        FlowMemory small = new FlowMemory(database(), () -> now, 4);
        small.join(key("s1", "c-1"), value("c-1", DEAL));
        small.join(key("s2", "c-2"), value("c-2", DEAL));

        // When
        small.join(key("s3", "c-3"), value("c-3", MEDICAL));

        // Then
        assertThat(carried(node(), key("s4", "c-3")).classes()).contains(MEDICAL);
        assertThat(carried(node(), key("s4", "c-9")).classes())
                .contains(MEDICAL)
                .doesNotContain(DEAL);
        assertThat(carried(node(), key("s4", "c-1")).classes()).contains(DEAL);
    }

    @Test
    void what_no_policy_can_ask_for_any_more_is_removed() {
        // Given
        FlowMemory node = node();
        node.join(key("s1", "c-1"), value("c-1", DEAL));
        node.forget();
        assertThat(carried(node, key("s1", "c-1")).classes()).contains(DEAL);

        // When
        now = now.plus(FlowDecay.MOST).plus(FlowMemory.SLACK.multipliedBy(3));
        node.forget();

        // Then
        long left = database()
                .read(session -> session.query(
                        "select count(*) as parts from flow_label where subject = ?",
                        key("s1", "c-1").subject()))
                .getFirst()
                .number("parts");
        assertThat(left).isZero();
    }

    @Test
    void neither_persons_nor_customers_stand_in_the_store() {
        // When
        node().join(key("s1", "customer-in-clear"), value("customer-in-clear", DEAL));

        // Then
        List<Store.Record> rows =
                database().read(session -> session.query("select subject, about, id, labels from flow_label"));
        assertThat(rows)
                .isNotEmpty()
                .allSatisfy(
                        row -> assertThat(row.text("subject") + row.text("about") + row.text("id") + row.text("labels"))
                                .doesNotContain("customer-in-clear", "alice", agent, "s1\n"));
    }
}
