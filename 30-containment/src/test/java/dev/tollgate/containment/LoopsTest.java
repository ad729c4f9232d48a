// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.containment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Conduct;
import dev.tollgate.terms.Delegation;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RequestId;
import dev.tollgate.terms.SessionId;
import dev.tollgate.terms.TaskId;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.testing.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Circles of calls, as one node and as two see them.
@Requirement("S1-30")
final class LoopsTest {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final LoopLimits LIMITS = new LoopLimits(4, 6, 3, 2);

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final Store store;
    private Loops node;
    private int calls;

    LoopsTest(@TempDir Path folder) {
        store = Stores.open(StoreConfig.sqlite(folder.resolve("store.db")));
        node = new Loops(store, now::get);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static Delegation task(String name) {
        return new Delegation(
                new AgentId("agent"),
                new UserId("alice"),
                Set.of(),
                Optional.empty(),
                new TaskId(name),
                new SessionId("s"),
                Optional.empty(),
                Optional.empty(),
                START,
                START.plusSeconds(900),
                List.of());
    }

    private static CallShape shape(String tool, String text) {
        return CallShape.of(new ToolName(tool), new Value.Fields(Map.of("text", Value.of(text))));
    }

    /// What becomes of a call that would be answered.
    private String next(String tool, String text) {
        RequestId request = new RequestId("r-" + calls++);
        now.set(now.get().plusMillis(1));
        return node.next(task("task"), request, shape(tool, text), LIMITS)
                .map(LoopsTest::pattern)
                .orElse("");
    }

    /// What becomes of a call that would be refused.
    private String refused(String tool, String text, boolean excused) {
        RequestId request = new RequestId("r-" + calls++);
        now.set(now.get().plusMillis(1));
        Optional<Refusal> loop = node.next(task("task"), request, shape(tool, text), LIMITS);
        node.refused(task("task"), request, excused);
        return loop.map(LoopsTest::pattern).orElse("");
    }

    private static String pattern(Refusal why) {
        return why instanceof Conduct.Looping looping ? looping.pattern() : why.code();
    }

    @Test
    void the_same_call_again_and_again_is_a_loop() {
        assertThat(List.of(next("get", "a"), next("get", "a"), next("get", "a")))
                .containsOnly("");
        assertThat(next("get", "a")).isEqualTo("same-call");
        assertThat(next("get", "b")).isEmpty();
    }

    @Test
    void saying_the_same_in_other_words_is_a_loop() {
        List<String> codes = new ArrayList<>();
        for (String text : List.of("Acme Inc", "acme inc.", "ACME  INC", " Acme, Inc", "acme-inc", "Acme Inc!")) {
            codes.add(next("search", text));
        }
        assertThat(codes).containsExactly("", "", "", "", "", "similar-calls");
    }

    @Test
    void a_few_calls_in_turn_are_a_loop() {
        List<String> codes = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            codes.add(next("get", "a"));
            codes.add(next("search", "b"));
            codes.add(next("count", "c"));
        }
        assertThat(codes.subList(0, 8)).containsOnly("");
        assertThat(codes.getLast()).isEqualTo("alternation");
    }

    @Test
    void trying_again_what_was_refused_is_a_loop() {
        assertThat(refused("get", "a", false)).isEmpty();
        assertThat(refused("get", "A", false)).isEmpty();
        assertThat(next("get", "a.")).isEqualTo("refused-again");
    }

    @Test
    void trying_a_tool_with_one_argument_after_the_other_is_a_loop() {
        List<String> codes = new ArrayList<>();
        for (int at = 0; at < 6; at++) {
            codes.add(refused("get", "id" + at, false));
        }
        assertThat(codes).containsOnly("");
        assertThat(next("get", "id6")).isEqualTo("refused-again");
        assertThat(next("search", "x")).isEmpty();
        assertThat(next("get", "id7")).isEmpty();
    }

    @Test
    void waiting_for_people_and_trying_a_silent_system_again_are_none() {
        for (int at = 0; at < 20; at++) {
            assertThat(refused("update", "a", true)).isEmpty();
        }
    }

    @Test
    void work_on_many_records_is_none() {
        for (int at = 0; at < 60; at++) {
            assertThat(next("get", "record " + at)).isEmpty();
            assertThat(next("update", "record " + at)).isEmpty();
        }
    }

    @Test
    void a_loop_is_over_after_ten_minutes_and_never_in_another_task() {
        // Given
        for (int at = 0; at < 3; at++) {
            next("get", "a");
        }
        Optional<Refusal> fourth = node.next(task("task"), new RequestId("x"), shape("get", "a"), LIMITS);

        // When
        Optional<Refusal> elsewhere = node.next(task("other"), new RequestId("y"), shape("get", "a"), LIMITS);
        now.set(now.get()
                .plus(((Conduct.Looping) fourth.orElseThrow()).retryAfter())
                .plusMillis(2));

        // Then
        assertThat(elsewhere).isEmpty();
        assertThat(next("get", "a")).isEmpty();
    }

    @Test
    void another_node_sees_the_circle() throws InterruptedException {
        // Given calls that were shared, each on another thread
        for (int call = 1; call <= 3; call++) {
            next("get", "a");
            for (int tries = 0; tries < 500 && shared() < call; tries++) {
                Thread.sleep(10);
            }
            now.set(now.get().plusSeconds(2));
        }

        // When
        node = new Loops(store, now::get);

        // Then
        assertThat(next("get", "a")).isEqualTo("same-call");
    }

    private int shared() {
        return store.read(session -> session.query("select id from recent_call"))
                .size();
    }

    @Test
    void what_is_part_of_no_loop_is_forgotten() throws InterruptedException {
        // Given
        next("get", "a");
        for (int tries = 0; tries < 500 && shared() < 1; tries++) {
            Thread.sleep(10);
        }

        // When
        now.set(now.get().plus(Duration.ofMinutes(21)));
        int forgotten = node.forget();

        // Then
        assertThat(forgotten).isEqualTo(1);
        assertThat(shared()).isZero();
    }
}
