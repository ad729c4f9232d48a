// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.lineage.heard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Delegation;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.SecretValue;
import dev.tollgate.terms.SessionId;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.TaskId;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.testing.Requirement;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeardWordsTest {
    private static final SecretKey KEY =
            new SecretKeySpec("a key for tests, 32 bytes long..".getBytes(StandardCharsets.US_ASCII), "HmacSHA256");

    private Instant now = Instant.parse("2026-11-21T10:00:00Z");

    @TempDir
    private Path folder;

    private Principal who(String tenant, String task) {
        Delegation delegation = new Delegation(
                new AgentId("copilot"),
                new UserId("alice"),
                Set.of(),
                Optional.empty(),
                new TaskId(task),
                new SessionId("session"),
                Optional.empty(),
                Optional.of("Reply to Ann."),
                now,
                now.plusSeconds(900),
                List.of("copilot"));
        return new Principal(
                delegation, "copilot", 2, "zone", new TenantId(tenant), Optional.empty(), Set.of(), Set.of(), Map.of());
    }

    private HeardWords node(Store store) {
        return new HeardWords(store, KEY, () -> now);
    }

    private static Heard heard(HeardWords words, Principal who) {
        return switch (words.heard(who)) {
            case Step.Passed<Heard>(Heard heard) -> heard;
            case Step.Refused<Heard> refused ->
                throw new AssertionError(refused.why().explain());
        };
    }

    private void remembers(Store store) {
        // Given
        Principal who = who("acme", "task-1");
        HeardWords one = node(store);
        one.hear(who, Map.of(Hearing.ORDERED, Set.of("evil", "evil example"), Hearing.TRUSTED, Set.of("ann")));
        one.hear(who, Map.of(Hearing.ORDERED, Set.of("later")));

        // When
        Heard elsewhere = heard(node(store), who);

        // Then
        assertThat(elsewhere.of(Hearing.ORDERED, "evil example")).isTrue();
        assertThat(elsewhere.of(Hearing.ORDERED, "later")).isTrue();
        assertThat(elsewhere.of(Hearing.TRUSTED, "ann")).isTrue();
        assertThat(elsewhere.of(Hearing.TRUSTED, "evil")).isFalse();
        assertThat(elsewhere.of(Hearing.THIRD_PARTY, "ann")).isFalse();
        assertThat(heard(node(store), who("acme", "task-2")).of(Hearing.ORDERED, "evil"))
                .isFalse();
        assertThat(heard(node(store), who("globex", "task-1")).of(Hearing.ORDERED, "evil"))
                .isFalse();
    }

    @Test
    @Requirement("S0-3")
    void what_a_task_was_told_is_known_on_every_node_and_in_no_other_task_or_tenant() throws IOException {
        try (Store sqlite = Stores.open(StoreConfig.sqlite(folder.resolve("store.db")))) {
            remembers(sqlite);
        }
        try (EmbeddedPostgres server = EmbeddedPostgres.start();
                Store postgres = Stores.open(StoreConfig.postgres(
                        "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres",
                        "postgres",
                        SecretValue.of("postgres")))) {
            remembers(postgres);
        }
    }

    @Test
    void nothing_of_what_was_told_stands_in_the_store() throws IOException {
        try (Store store = Stores.open(StoreConfig.sqlite(folder.resolve("store.db")))) {
            // Given
            node(store).hear(who("acme", "task-1"), Map.of(Hearing.SENSITIVE, Set.of("canary-4711")));

            // When
            List<Store.Record> rows = store.read(session -> session.query("select * from heard_words"));

            // Then
            assertThat(rows).hasSize(1);
            assertThat(rows.getFirst().text("task")).doesNotContain("task-1").doesNotContain("acme");
            assertThat(new String(rows.getFirst().bytes("words"), StandardCharsets.ISO_8859_1))
                    .doesNotContain("canary");
        }
    }

    @Test
    void a_task_that_was_told_too_much_gets_the_worse_answer() throws IOException {
        try (Store store = Stores.open(StoreConfig.sqlite(folder.resolve("store.db")))) {
            // Given
            Principal who = who("acme", "task-1");
            Set<String> many = IntStream.range(0, WordFilter.ENTRIES_MAX * 2)
                    .mapToObj(number -> "word" + number)
                    .collect(Collectors.toSet());
            node(store).hear(who, Map.of(Hearing.TRUSTED, many, Hearing.THIRD_PARTY, many));

            // When
            Heard heard = heard(node(store), who);

            // Then
            assertThat(heard.of(Hearing.THIRD_PARTY, "never told")).isTrue();
            assertThat(IntStream.range(0, 1_000)
                            .filter(number -> heard.of(Hearing.TRUSTED, "never told " + number))
                            .count())
                    .isLessThan(50);
        }
    }

    @Test
    void a_task_that_ended_is_forgotten() throws IOException {
        try (Store store = Stores.open(StoreConfig.sqlite(folder.resolve("store.db")))) {
            // Given
            HeardWords words = node(store);
            words.hear(who("acme", "task-1"), Map.of(Hearing.ORDERED, Set.of("evil")));

            // When
            now = now.plus(HeardWords.LIFE).plusSeconds(1);
            int forgotten = words.forget();

            // Then
            assertThat(forgotten).isEqualTo(1);
            assertThat(heard(words, who("acme", "task-1")).of(Hearing.ORDERED, "evil"))
                    .isFalse();
        }
    }

    @Test
    void a_store_that_cannot_say_is_a_no() throws IOException {
        // Given
        Store store = Stores.open(StoreConfig.sqlite(folder.resolve("store.db")));
        HeardWords words = node(store);
        store.close();

        // When
        Step<Heard> asked = words.heard(who("acme", "task-1"));
        Step<Boolean> told = words.hear(who("acme", "task-1"), Map.of(Hearing.ORDERED, Set.of("evil")));

        // Then
        assertThat(asked)
                .isInstanceOfSatisfying(
                        Step.Refused.class,
                        refused -> assertThat(refused.why()).isInstanceOf(Refusal.Undecidable.class));
        assertThat(told).isInstanceOf(Step.Refused.class);
    }
}
