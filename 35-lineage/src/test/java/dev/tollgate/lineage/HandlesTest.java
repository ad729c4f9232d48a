// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Delegation;
import dev.tollgate.terms.FieldPath;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.SessionId;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.TaskId;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.ValueHandle;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandlesTest {
    private static final String ADDRESS = "ada@engines.example";
    private static final SystemId DEMO = new SystemId("demo");
    private static final FieldPath EMAIL = new FieldPath("contact", "email");

    @TempDir
    private Path folder;

    private Instant now = Instant.parse("2026-11-21T10:00:00Z");
    private Store store;

    @BeforeEach
    void open() {
        store = Stores.open(StoreConfig.sqlite(folder.resolve("store.db")));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Handles node(int key) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) key;
        return new Handles(store, new SecretKeySpec(bytes, "HmacSHA256"), () -> now);
    }

    private Principal who(String tenant, String agent, String user, String task) {
        Delegation delegation = new Delegation(
                new AgentId(agent),
                new UserId(user),
                Set.of(),
                Optional.empty(),
                new TaskId(task),
                new SessionId("session"),
                Optional.empty(),
                Optional.empty(),
                now,
                now.plusSeconds(900),
                List.of(agent));
        return new Principal(
                delegation, "copilot", 2, "zone", new TenantId(tenant), Optional.empty(), Set.of(), Set.of(), Map.of());
    }

    private Principal alice() {
        return who("acme", "copilot", "alice", "task-1");
    }

    private static Handles.Wanted email(String record, String address) {
        return new Handles.Wanted(
                new Handles.Place(DEMO, EMAIL, new RecordId(record)), "contact-detail", Value.of(address));
    }

    private static <T> T passed(Step<T> step) {
        return switch (step) {
            case Step.Passed<T> passed -> passed.state();
            case Step.Refused<T> refused -> throw new AssertionError(refused.why());
        };
    }

    private ValueHandle handle(Principal who, String record, String address) {
        return passed(node(1).of(who, List.of(email(record, address)))).getFirst();
    }

    @Test
    @Requirement({"B-6", "S0-37"})
    void equal_values_of_a_task_have_one_handle_and_others_have_another() {
        // When
        List<ValueHandle> handles = passed(node(1).of(
                        alice(), List.of(email("c-1", ADDRESS), email("c-2", ADDRESS), email("c-3", "bob@x.example"))));
        List<ValueHandle> again = passed(node(1).of(alice(), List.of(email("c-9", ADDRESS))));

        // Then
        assertThat(handles.get(0)).isEqualTo(handles.get(1)).isNotEqualTo(handles.get(2));
        assertThat(again).containsExactly(handles.get(0));
        assertThat(handles).noneMatch(handle -> handle.text().contains("ada"));
    }

    @Test
    @Requirement("B-6")
    void equal_values_never_correlate_across_tenants_tasks_classes_or_deployments() {
        // Given
        ValueHandle here = handle(alice(), "c-1", ADDRESS);

        // When
        ValueHandle tenant = handle(who("globex", "copilot", "alice", "task-1"), "c-1", ADDRESS);
        ValueHandle task = handle(who("acme", "copilot", "alice", "task-2"), "c-1", ADDRESS);
        ValueHandle billing = passed(node(1).of(
                                alice(),
                                List.of(new Handles.Wanted(
                                        new Handles.Place(DEMO, EMAIL, new RecordId("c-1")),
                                        "billing",
                                        Value.of(ADDRESS)))))
                .getFirst();
        ValueHandle deployment =
                passed(node(2).of(alice(), List.of(email("c-1", ADDRESS)))).getFirst();

        // Then
        assertThat(List.of(tenant, task, billing, deployment))
                .doesNotContain(here)
                .doesNotHaveDuplicates();
    }

    @Test
    @Requirement("B-6")
    void it_resolves_in_its_own_task_and_in_no_other() {
        // Given
        ValueHandle handle = handle(alice(), "c-1", ADDRESS);

        // Then
        assertThat(passed(node(1).find(alice(), handle))).contains(new Handles.Place(DEMO, EMAIL, new RecordId("c-1")));
        assertThat(passed(node(1).find(who("globex", "copilot", "alice", "task-1"), handle)))
                .isEmpty();
        assertThat(passed(node(1).find(who("acme", "copilot", "alice", "task-2"), handle)))
                .isEmpty();
        assertThat(passed(node(1).find(who("acme", "other", "alice", "task-1"), handle)))
                .isEmpty();
        assertThat(passed(node(1).find(who("acme", "copilot", "bob", "task-1"), handle)))
                .isEmpty();
        assertThat(ValueHandle.of(handle.text() + "~")).isEmpty();
    }

    @Test
    @Requirement("B-6")
    void after_its_time_it_resolves_no_more_and_is_forgotten() {
        // Given
        ValueHandle handle = handle(alice(), "c-1", ADDRESS);

        // When
        now = now.plus(Handles.LIFE).minusSeconds(1);
        Optional<Handles.Place> before = passed(node(1).find(alice(), handle));
        now = now.plusSeconds(2);
        Optional<Handles.Place> after = passed(node(1).find(alice(), handle));

        // Then
        assertThat(before).isPresent();
        assertThat(after).isEmpty();
        assertThat(node(1).forget()).isEqualTo(1);
    }

    @Test
    void the_store_has_neither_values_nor_persons() {
        // When
        handle(alice(), "c-1", ADDRESS);

        // Then
        List<Store.Record> rows = store.read(session -> session.query("select * from value_handle"));
        assertThat(rows)
                .hasSize(1)
                .allSatisfy(row -> assertThat(row.columns().stream()
                                .filter(column -> !column.equals("expires"))
                                .map(row::text)
                                .toList())
                        .noneMatch(text -> text.contains("ada") || text.contains("alice") || text.contains("acme")));
    }

    @Test
    void a_store_that_fails_is_a_no() {
        // Given
        Handles handles = node(1);
        ValueHandle handle = handle(alice(), "c-1", ADDRESS);
        store.close();

        // When
        Step<List<ValueHandle>> made = handles.of(alice(), List.of(email("c-1", ADDRESS)));
        Step<Optional<Handles.Place>> found = handles.find(alice(), handle);

        // Then
        assertThat(made).isEqualTo(Step.refuse(new Refusal.Undecidable("handles cannot be kept now")));
        assertThat(found).isEqualTo(Step.refuse(new Refusal.Undecidable("handles cannot be read now")));
    }
}
