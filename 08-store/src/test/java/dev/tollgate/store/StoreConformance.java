// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tollgate.store.StoreFailure.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every store must do, whatever database answers. Each database runs it.
abstract class StoreConformance extends SharingConformance {
    @BeforeEach
    void clean() {
        store().write(session -> {
            session.update("create table if not exists thing"
                    + " (id bigint not null primary key, name varchar(100), body "
                    + (this instanceof PostgresStoreTest ? "bytea" : "blob") + ")");
            return session.update("delete from thing");
        });
    }

    private static void insert(Store.Session session, long id, String name) {
        session.update("insert into thing (id, name) values (?, ?)", id, name);
    }

    private long count() {
        return store().read(session ->
                session.query("select count(*) as n from thing").getFirst().number("n"));
    }

    @Test
    void what_was_written_is_read_back() {
        Instant at = Instant.parse("2026-11-21T10:00:00.123456Z");
        store().write(session -> session.update(
                "insert into thing (id, name, body) values (?, ?, ?)", at, "naïve 漢字 🙂", new byte[] {0, -1, 7}));
        Store.Record row =
                store().read(session -> session.one("select * from thing")).orElseThrow();
        assertThat(row.instant("id")).isEqualTo(at);
        assertThat(row.text("name")).isEqualTo("naïve 漢字 🙂");
        assertThat(row.bytes("body")).containsExactly(0, -1, 7);
        assertThat(row.columns()).containsExactly("id", "name", "body");
    }

    @Test
    void null_goes_in_and_comes_out() {
        store().write(session -> session.update("insert into thing (id, name) values (?, ?)", 1, null));
        Store.Record row =
                store().read(session -> session.one("select * from thing")).orElseThrow();
        assertThat(row.isNull("name")).isTrue();
        assertThat(row.textIfAny("name")).isEmpty();
        assertThat(row.numberIfAny("id")).contains(1L);
    }

    @Test
    void a_wrong_column_or_kind_is_a_bug_that_names_the_column_only() {
        store().write(session -> session.update("insert into thing (id, name) values (1, 'secret')"));
        Store.Record row =
                store().read(session -> session.one("select * from thing")).orElseThrow();
        assertThatThrownBy(() -> row.text("nope")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> row.text("body")).hasMessage("`body` is not a value");
        assertThatThrownBy(() -> row.number("name")).hasMessage("`name` is not a whole number");
        assertThatThrownBy(() -> row.bytes("id")).hasMessage("`id` is not bytes");
        assertThatThrownBy(() -> row.text("id")).hasMessage("`id` is not text");
        assertThat(row.toString()).doesNotContain("secret");
    }

    @Test
    void text_that_one_database_cannot_keep_is_refused_by_both() {
        for (String text : List.of("a\0b", "\uD800", "x\uDC00y", "\uD83D")) {
            assertThatThrownBy(() -> store().write(session -> session.update("update thing set name = ?", text)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("text for the store contains");
        }
    }

    @Test
    void a_type_the_store_does_not_keep_is_refused() {
        assertThatThrownBy(() -> store().write(session -> session.update("update thing set id = ?", 1.5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Double");
    }

    @Test
    void what_the_work_throws_comes_out_and_undoes_it() {
        IllegalArgumentException bug = new IllegalArgumentException("bug");
        assertThatThrownBy(() -> store().write(session -> {
                    insert(session, 1, "a");
                    throw bug;
                }))
                .isSameAs(bug);
        assertThat(count()).isZero();
    }

    @Test
    void a_failing_change_does_not_poison_its_neighbours() {
        List<CompletableFuture<Integer>> changes = IntStream.range(0, 200)
                .mapToObj(id -> store().writeAsync(session -> {
                    insert(session, id, "x");
                    if (id % 3 == 0) {
                        throw new IllegalStateException("every third");
                    }
                    return id;
                }))
                .toList();
        changes.forEach(change -> change.handle((_, _) -> 0).join());
        for (int id = 0; id < 200; id++) {
            assertThat(changes.get(id).isCompletedExceptionally()).isEqualTo(id % 3 == 0);
        }
        assertThat(count()).isEqualTo(133);
    }

    @Test
    void a_constraint_is_a_conflict_without_the_value() {
        store().write(session -> session.update("insert into consumed_token values ('tok-4711', 1)"));
        StoreFailure failure = catchThrowableOfType(
                StoreFailure.class,
                () -> store().write(
                                session -> session.update("insert into consumed_token values (?, ?)", "tok-4711", 1)));
        assertThat(failure.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(failure.getMessage()).doesNotContain("4711");
        assertThat(failure.getCause()).isNull();
        store().write(session -> session.update("delete from consumed_token"));
    }

    @Test
    void a_change_whose_statement_failed_is_lost_even_when_the_work_goes_on() {
        StoreFailure failure = catchThrowableOfType(
                StoreFailure.class,
                () -> store().write(session -> {
                    insert(session, 1, "a");
                    try {
                        insert(session, 1, "b");
                    } catch (StoreFailure ignored) {
                        assertThatThrownBy(() -> insert(session, 2, "c")).isSameAs(ignored);
                    }
                    return 0;
                }));
        assertThat(failure.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(count()).isZero();
    }

    @Test
    void a_statement_that_failed_once_works_the_next_time() {
        String sql = "insert into thing (id) values (?)";
        store().write(session -> session.update(sql, 1));
        for (int at = 0; at < 3; at++) {
            assertThat(catchThrowableOfType(StoreFailure.class, () -> store().write(session -> session.update(sql, 1)))
                            .kind())
                    .isEqualTo(Kind.CONFLICT);
        }
        int changed = store().write(session -> session.update(sql, 2));
        assertThat(changed).isEqualTo(1);
    }

    @Test
    void a_wrong_statement_is_broken_and_named() {
        StoreFailure failure = catchThrowableOfType(
                StoreFailure.class, () -> store().read(session -> session.query("select nothing from nowhere")));
        assertThat(failure.kind()).isEqualTo(Kind.BROKEN);
        assertThat(failure.getMessage()).contains("select nothing from nowhere");
    }

    @Test
    void a_read_cannot_write() {
        StoreFailure failure = catchThrowableOfType(
                StoreFailure.class, () -> store().read(session -> session.update("delete from thing")));
        assertThat(failure.kind()).isEqualTo(Kind.BROKEN);
    }

    @Test
    void a_read_sees_one_snapshot() {
        store().write(session -> session.update("insert into thing (id) values (1)"));
        List<Long> seen = store().read(session -> {
            long before =
                    session.query("select count(*) as n from thing").getFirst().number("n");
            store().write(other -> other.update("insert into thing (id) values (2)"));
            long after =
                    session.query("select count(*) as n from thing").getFirst().number("n");
            return List.of(before, after);
        });
        assertThat(seen).containsExactly(1L, 1L);
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void the_portable_subset_works() {
        int first = store().write(session ->
                session.update("insert into thing (id, name) values (1, 'a') on conflict do nothing"));
        int second = store().write(session ->
                session.update("insert into thing (id, name) values (1, 'b') on conflict do nothing"));
        List<Store.Record> returned = store().write(session ->
                session.query("update thing set name = ? where id = ? and name = ? returning name", "c", 1, "a"));
        int guarded =
                store().write(session -> session.update("update thing set name = 'd' where id = 1 and name = 'a'"));
        String upserted = store().write(session -> session.query(
                        "insert into thing (id, name) values (?, ?) on conflict (id)"
                                + " do update set name = excluded.name returning name",
                        1,
                        "e")
                .getFirst()
                .text("name"));
        assertThat(List.of(first, second, guarded)).containsExactly(1, 0, 0);
        assertThat(returned.getFirst().text("name")).isEqualTo("c");
        assertThat(upserted).isEqualTo("e");
    }

    @Test
    void many_rows_go_in_at_once() {
        int changed = store().write(session -> session.updateEach(
                "insert into thing (id, name) values (?, ?) on conflict do nothing",
                IntStream.range(0, 1_234)
                        .mapToObj(id -> Arrays.asList(id % 1_200, id % 2 == 0 ? "even" : null))
                        .toList()));
        assertThat(changed).isEqualTo(1_200);
        assertThat(count()).isEqualTo(1_200);
    }

    @Test
    void sums_are_whole_numbers() {
        store().write(session -> session.update("insert into thing (id) values (1), (2), (40)"));
        long sum = store().read(session ->
                session.query("select sum(id) as total from thing").getFirst().number("total"));
        assertThat(sum).isEqualTo(43);
    }

    @Test
    void a_result_that_is_too_large_is_a_bug() {
        String sql =
                "with recursive n(i) as (select 1 union all select i + 1 from n where i <= 100000) select i from n";
        assertThatThrownBy(() -> store().read(session -> session.query(sql)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("100000 rows");
    }

    @Test
    void a_session_is_of_no_use_after_its_work() {
        List<Store.Session> kept = new ArrayList<>();
        store().write(session -> kept.add(session));
        store().read(session -> kept.add(session));
        for (Store.Session session : kept) {
            assertThatThrownBy(() -> session.query("select 1"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("only inside its work");
        }
    }

    @Test
    void a_lock_makes_read_then_write_safe() throws InterruptedException {
        store().write(session -> session.update("insert into thing (id, name) values (1, '0')"));
        CountDownLatch done = new CountDownLatch(8);
        for (int at = 0; at < 8; at++) {
            Thread.ofVirtual().start(() -> {
                for (int round = 0; round < 25; round++) {
                    store().write(session -> {
                        session.lock("counter");
                        long seen = Long.parseLong(session.query("select name from thing")
                                .getFirst()
                                .text("name"));
                        return session.update("update thing set name = ?", Long.toString(seen + 1));
                    });
                }
                done.countDown();
            });
        }
        done.await();
        String counted = store().read(session ->
                session.query("select name from thing").getFirst().text("name"));
        assertThat(counted).isEqualTo("200");
    }

    @Test
    void the_databases_clock_is_near_ours_and_does_not_stand_still() {
        Instant before = Instant.now().minusSeconds(5);
        Instant told = store().read(Store.Session::now);
        assertThat(told).isBetween(before, Instant.now().plusSeconds(5));
    }

    @Test
    void what_was_acknowledged_is_seen_by_the_next_read() {
        for (int id = 0; id < 50; id++) {
            int wanted = id;
            store().write(session -> session.update("insert into thing (id) values (?)", wanted));
            assertThat(count()).isEqualTo(id + 1L);
        }
    }
}
