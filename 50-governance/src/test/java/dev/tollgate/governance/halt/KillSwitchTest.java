// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.halt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.governance.CountedStore;
import dev.tollgate.governance.Database;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.FieldPath;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.SessionId;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.TaskId;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.testing.Property;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class KillSwitchTest {
    private static final HaltSubject CALL = new HaltSubject(
            new AgentId("sales-copilot"),
            "copilot",
            Optional.of(new SessionId("ses_1")),
            Optional.of(new TaskId("tas_1")),
            new UserId("alice"),
            new TenantId("acme"),
            Optional.of(new ToolName("opportunity_update")),
            Set.of(new FieldPath("opportunity", "amount"), new FieldPath("opportunity", "stage")),
            Optional.of("agent"));
    private static final HaltSubject OTHER = new HaltSubject(
            new AgentId("support-triage"),
            "triage",
            Optional.of(new SessionId("ses_2")),
            Optional.of(new TaskId("tas_2")),
            new UserId("bob"),
            new TenantId("globex"),
            Optional.of(new ToolName("case_get")),
            Set.of(new FieldPath("case", "status")),
            Optional.of("partner"));
    private static final List<String> SCOPES = List.of(
            "agent sales-copilot",
            "agent-type copilot",
            "session ses_1",
            "task tas_1",
            "user alice",
            "tenant acme",
            "tool opportunity_update",
            "field opportunity.amount",
            "destination agent");

    private static final AtomicLong SEEDS = new AtomicLong();

    private final Store store;
    private final Store other;
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T10:00:00Z"));

    @TempDir
    Path folder;

    KillSwitchTest(Database database) {
        store = database.store();
        other = database.otherNode();
    }

    @AfterEach
    void clear() {
        store.write(session -> session.update("delete from halt"));
    }

    private KillSwitch node(Store on) {
        return new KillSwitch(on, now::get, Property.random(SEEDS.incrementAndGet()), folder.resolve("halt"));
    }

    private void after(long millis) {
        now.set(now.get().plusMillis(millis));
    }

    private static HaltScope scope(String text) {
        return HaltScope.parse(text).orElseThrow();
    }

    private static Step<HaltSubject> halted(String scope) {
        return Step.refuse(new Refusal.Halted(scope));
    }

    @Requirement("B-12")
    @Test
    void each_scope_stops_what_it_names_on_every_node_and_nothing_else() {
        for (String text : SCOPES) {
            // Given
            KillSwitch here = node(store);
            KillSwitch there = node(other);
            here.refresh();
            there.refresh();
            assertThat(there.check(CALL)).isEqualTo(Step.pass(CALL));

            // When
            here.set(scope(text), "olivia", "it writes nonsense");
            Step<HaltSubject> atOnce = here.check(CALL);
            there.refresh();

            // Then
            assertThat(atOnce).isEqualTo(halted(scope(text).kind().word()));
            assertThat(there.check(CALL)).isEqualTo(halted(scope(text).kind().word()));
            assertThat(there.check(OTHER)).isEqualTo(Step.pass(OTHER));
            assertThat(here.clear(scope(text), "olivia", "mended")).isTrue();
            assertThat(here.check(CALL)).isEqualTo(Step.pass(CALL));
        }
    }

    @Requirement("B-12")
    @Test
    void all_stops_everybody() {
        KillSwitch node = node(store);
        node.set(HaltScope.EVERYTHING, "olivia", "incident 7");
        assertThat(node.check(CALL)).isEqualTo(halted("all"));
        assertThat(node.check(OTHER)).isEqualTo(halted("all"));
    }

    @Requirement("B-12")
    @Test
    void no_check_passes_later_than_a_second_after_a_switch_though_nobody_refreshes() {
        // Given
        KillSwitch setting = node(store);
        KillSwitch silent = node(other);
        silent.refresh();
        setting.set(scope("tenant acme"), "olivia", "breach");

        // Then
        after(999);
        assertThat(silent.check(CALL)).isEqualTo(Step.pass(CALL));
        after(1);
        assertThat(silent.check(CALL)).isEqualTo(halted("tenant"));
        assertThat(silent.check(OTHER)).isEqualTo(Step.pass(OTHER));
    }

    @Requirement("B-12")
    @Test
    void a_store_that_cannot_be_read_is_asked_by_one_call_in_a_while_and_stops_all_of_them() {
        // Given
        Store cut = Stores.open(StoreConfig.sqlite(folder.resolve("counted.db")));
        CountedStore counted = new CountedStore(cut);
        KillSwitch node = node(counted);
        node.refresh();
        cut.close();
        after(1_000);
        long before = counted.reads();

        // When
        List<Step<HaltSubject>> checks =
                Stream.generate(() -> node.check(CALL)).limit(50).toList();

        // Then
        assertThat(checks).containsOnly(halted("unknown"));
        assertThat(counted.reads() - before).isEqualTo(1);
        after(250);
        assertThat(node.check(CALL)).isEqualTo(halted("unknown"));
        assertThat(counted.reads() - before).isEqualTo(2);
    }

    @Requirement("B-12")
    @Test
    void a_node_that_is_cut_off_or_has_not_read_yet_or_whose_clock_went_back_stops_everything() {
        // Given
        Store cut = Stores.open(StoreConfig.sqlite(folder.resolve("cut.db")));
        KillSwitch node = node(cut);
        Step<HaltSubject> unread = node.check(CALL);
        boolean reads = node.refresh();
        Step<HaltSubject> connected = node.check(CALL);
        cut.close();

        // When
        boolean readsStill = node.refresh();
        Step<HaltSubject> within = node.check(CALL);
        after(1_000);
        Step<HaltSubject> afterwards = node.check(CALL);
        after(-1_001);
        Step<HaltSubject> clockBack = node.check(CALL);

        // Then
        assertThat(unread).isEqualTo(halted("unknown"));
        assertThat(reads).isTrue();
        assertThat(connected).isEqualTo(Step.pass(CALL));
        assertThat(readsStill).isFalse();
        assertThat(within).isEqualTo(Step.pass(CALL));
        assertThat(afterwards).isEqualTo(halted("unknown"));
        assertThat(clockBack).isEqualTo(halted("unknown"));
    }

    @Requirement("B-12")
    @Test
    void the_file_stops_what_its_lines_name_also_while_the_store_is_silent() throws IOException {
        // Given
        Store cut = Stores.open(StoreConfig.sqlite(folder.resolve("silent.db")));
        KillSwitch node = node(cut);
        node.refresh();
        cut.close();

        // When
        Files.writeString(folder.resolve("halt"), "# incident 7\r\n\r\n  tool opportunity_update  \r\n");
        node.refresh();

        // Then
        assertThat(node.check(CALL)).isEqualTo(halted("tool"));
        assertThat(node.check(OTHER)).isEqualTo(Step.pass(OTHER));
        assertThat(node.onDisk()).contains(Set.of(scope("tool opportunity_update")));
    }

    @Requirement("B-12")
    @Test
    void a_file_that_is_there_and_cannot_be_read_stops_everything() throws IOException {
        Path file = folder.resolve("halt");
        List<byte[]> spoilt = List.of(
                "agnet sales-copilot".getBytes(StandardCharsets.UTF_8),
                "agent".getBytes(StandardCharsets.UTF_8),
                "all of them".getBytes(StandardCharsets.UTF_8),
                new byte[] {(byte) 0xff, (byte) 0xfe},
                new byte[300 * 1024]);
        KillSwitch node = node(store);
        for (byte[] bytes : spoilt) {
            Files.write(file, bytes);
            node.refresh();
            assertThat(node.check(OTHER)).isEqualTo(halted("unknown"));
        }
        Files.delete(file);
        Files.createDirectory(file);
        node.refresh();
        assertThat(node.check(OTHER)).isEqualTo(halted("unknown"));
        Files.delete(file);
        Files.createSymbolicLink(file, folder.resolve("nowhere"));
        node.refresh();
        assertThat(node.check(OTHER)).isEqualTo(halted("unknown"));
        Files.delete(file);
        node.refresh();
        assertThat(node.check(OTHER)).isEqualTo(Step.pass(OTHER));
    }

    @Test
    void switches_are_listed_with_who_and_why_and_every_turn_is_kept() {
        // Given
        KillSwitch node = node(store);
        node.set(scope("agent a-1"), "olivia", "odd writes");
        after(1);
        node.set(scope("agent a-1"), "pete", "still odd");
        after(1);
        assertThat(node.clear(scope("agent a-2"), "pete", "mended")).isFalse();
        assertThat(node.clear(scope("agent a-1"), "pete", "mended")).isTrue();
        node.set(scope("user bob"), "olivia", "account taken over");

        // Then
        assertThat(node.list())
                .containsExactly(new Halt(scope("user bob"), true, "olivia", "account taken over", now.get()));
        assertThat(node.history(Optional.empty(), 200).items())
                .filteredOn(halt -> halt.scope().equals(scope("agent a-1")))
                .extracting(halt -> halt.on() + " " + halt.by() + " " + halt.why())
                .startsWith("false pete mended", "true pete still odd", "true olivia odd writes");
        assertThatThrownBy(() -> node.set(scope("user bob"), "olivia", " "))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
