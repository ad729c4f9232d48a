// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tollgate.store.Leases.Held;
import dev.tollgate.store.StoreFailure.Kind;
import dev.tollgate.terms.testing.Property;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What two nodes on one database may rely on: single use, leases, pages.
abstract class SharingConformance {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Instant LATER = Instant.parse("2030-01-01T00:00:00Z");

    /// Stands where a store will be once the class is set up.
    static final Store NONE = new Store() {
        @Override
        public Database database() {
            throw new IllegalStateException("not open yet");
        }

        @Override
        public <T> T read(Function<Session, T> work) {
            throw new IllegalStateException("not open yet");
        }

        @Override
        public <T> T write(Function<Session, T> work) {
            throw new IllegalStateException("not open yet");
        }

        @Override
        public <T> CompletableFuture<T> writeAsync(Function<Session, T> work) {
            throw new IllegalStateException("not open yet");
        }

        @Override
        public void close() {}
    };

    abstract Store store();

    /// Another store on the same database, as another node has it.
    abstract Store second();

    @Test
    void of_all_who_race_for_a_token_exactly_one_wins() throws InterruptedException {
        int tokens = 1_000;
        int racers = 8;
        AtomicIntegerArray winners = new AtomicIntegerArray(tokens);
        CountDownLatch start = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(racers);
        for (int racer = 0; racer < racers; racer++) {
            SingleUse uses = new SingleUse(racer % 2 == 0 ? store() : second());
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    start.await();
                    List<CompletableFuture<Boolean>> tries = new ArrayList<>();
                    for (int token = 0; token < tokens; token++) {
                        tries.add(uses.consume("race-" + token, LATER));
                    }
                    for (int token = 0; token < tokens; token++) {
                        winners.addAndGet(token, tries.get(token).join() ? 1 : 0);
                    }
                } catch (InterruptedException stopped) {
                    throw new IllegalStateException(stopped);
                } finally {
                    done.countDown();
                }
            });
        }
        start.countDown();
        done.await();
        for (int token = 0; token < tokens; token++) {
            assertThat(winners.get(token)).isEqualTo(1);
        }
    }

    @Test
    void what_must_be_known_in_time_is_read_while_every_place_is_taken() throws InterruptedException {
        int places = store().database() == Store.Database.SQLITE ? 8 : 15;
        CountDownLatch taken = new CountDownLatch(places);
        CountDownLatch release = new CountDownLatch(1);
        List<Thread> readers = new ArrayList<>();
        for (int reader = 0; reader < places; reader++) {
            readers.add(Thread.ofPlatform()
                    .daemon()
                    .start(() -> store().read(session -> {
                        taken.countDown();
                        try {
                            release.await();
                        } catch (InterruptedException stopped) {
                            throw new IllegalStateException(stopped);
                        }
                        return session.query("select 1 as one");
                    })));
        }
        taken.await();
        long read = store().readAhead(
                        session -> session.query("select 1 as one").getFirst().number("one"));
        long alive = readers.stream().filter(Thread::isAlive).count();
        release.countDown();
        for (Thread reader : readers) {
            reader.join();
        }
        assertThat(read).isEqualTo(1);
        assertThat(alive).isEqualTo(places);
    }

    @Test
    void a_used_token_stays_used_until_it_has_long_expired() {
        SingleUse uses = new SingleUse(store());
        Instant expires = Instant.parse("2026-11-21T10:01:00Z");
        boolean first = uses.consume("once", expires).join();
        uses.forget(expires);
        boolean second = uses.consume("once", expires).join();
        int forgotten = uses.forget(expires.plusMillis(1));
        boolean third = uses.consume("once", expires).join();
        assertThat(List.of(first, second, third)).containsExactly(true, false, true);
        assertThat(forgotten).isEqualTo(1);
    }

    @Test
    void forgetting_is_bounded() {
        store().write(session -> session.updateEach(
                "insert into consumed_token values (?, ?)",
                LongStream.range(0, 1_500)
                        .mapToObj(at -> Arrays.asList("old-" + at, at))
                        .toList()));
        SingleUse uses = new SingleUse(store());
        int first = uses.forget(Instant.EPOCH.plusSeconds(1));
        int second = uses.forget(Instant.EPOCH.plusSeconds(1));
        assertThat(List.of(first, second)).containsExactly(1_000, 500);
    }

    @Test
    void a_lease_has_one_holder_at_a_time() {
        Leases mine = new Leases(store(), "node-1");
        Leases theirs = new Leases(second(), "node-2");
        Held first = mine.acquire("compaction", LONG).orElseThrow();
        Optional<Held> refused = theirs.acquire("compaction", LONG);
        boolean renewed = mine.renew(first, LONG);
        mine.release(first);
        Held second = theirs.acquire("compaction", LONG).orElseThrow();
        assertThat(refused).isEmpty();
        assertThat(renewed).isTrue();
        assertThat(second.fence()).isGreaterThan(first.fence());
    }

    @Test
    void a_holder_that_slept_can_neither_renew_nor_release_nor_commit() {
        Leases mine = new Leases(store(), "node-1");
        Leases theirs = new Leases(second(), "node-2");
        Held slept = mine.acquire("sweep", LONG).orElseThrow();
        // The lease runs out, as it also does when the database's clock jumps ahead.
        store().write(session -> session.update("update lease set expires_at = 1 where name = 'sweep'"));
        Held next = theirs.acquire("sweep", LONG).orElseThrow();
        boolean renewed = mine.renew(slept, LONG);
        mine.release(slept);
        StoreFailure failure = catchThrowableOfType(
                StoreFailure.class,
                () -> store().write(session -> {
                    Leases.guard(session, slept);
                    return session.update("insert into consumed_token values ('by-sleeper', 1)");
                }));
        int guarded = second().write(session -> {
            Leases.guard(session, next);
            return session.update("delete from consumed_token where token_id = 'by-sleeper'");
        });
        assertThat(renewed).isFalse();
        assertThat(failure.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(guarded).isZero();
        assertThat(mine.acquire("sweep", LONG)).isEmpty();
    }

    @Test
    void a_lease_of_no_time_or_of_days_is_a_bug() {
        Leases leases = new Leases(store(), "node-1");
        for (Duration time : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(1))) {
            assertThatThrownBy(() -> leases.acquire("x", time)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static PageQuery leases(int limit, PageQuery.Filter... filters) {
        return new PageQuery(
                "lease",
                List.of("name", "fence", "holder"),
                List.of(filters),
                List.of(new PageQuery.Key("fence", true), new PageQuery.Key("name", false)),
                List.of(),
                limit);
    }

    @Test
    void pages_give_every_row_once_in_order() {
        store().write(session -> session.update("delete from lease"));
        store().write(session -> session.updateEach(
                "insert into lease (name, holder, fence, expires_at) values (?, ?, ?, ?)",
                LongStream.range(0, 25)
                        .mapToObj(at -> Arrays.asList("lease-" + (char) ('a' + at), "h" + at % 2, at / 5, at))
                        .toList()));
        List<String> seen = new ArrayList<>();
        PageQuery query = leases(4);
        int pages = 0;
        for (Optional<List<Object>> next = Optional.of(List.of()); next.isPresent(); pages++) {
            PageQuery page = query.after(next.get());
            Page read = store().read(session -> Page.read(session, page));
            read.rows().forEach(row -> seen.add(row.number("fence") + row.text("name")));
            next = read.next();
            // A row that comes meanwhile before the place that was reached moves nothing.
            int at = pages;
            store().write(session -> session.update("insert into lease values (?, 'h', 9, 0)", "new-" + at));
        }
        assertThat(pages).isEqualTo(7);
        assertThat(seen)
                .hasSize(25)
                .doesNotHaveDuplicates()
                .startsWith("4lease-u", "4lease-v")
                .endsWith("0lease-e");
        store().write(session -> session.update("delete from lease"));
    }

    @Test
    void filters_compare_as_they_say() {
        store().write(session -> session.update("delete from lease"));
        store().write(session -> session.update("insert into lease values ('a%1', 'x', 1, 10), ('a_2', 'x', 2, 20),"
                + " ('b3', 'y', 3, 30), ('A4', 'y', 4, 40)"));
        List<PageQuery.Filter> filters = List.of(
                new PageQuery.Filter("holder", PageQuery.Test.EQUALS, "x"),
                new PageQuery.Filter("expires_at", PageQuery.Test.AT_LEAST, Micros.instant(20)),
                new PageQuery.Filter("fence", PageQuery.Test.LESS, 3),
                new PageQuery.Filter("name", PageQuery.Test.STARTS_WITH, "a"),
                new PageQuery.Filter("name", PageQuery.Test.STARTS_WITH, "a%"));
        List<String> found = filters.stream()
                .map(filter -> store().read(session -> Page.read(session, leases(10, filter))))
                .map(page -> String.join(
                        ",", page.rows().stream().map(row -> row.text("name")).toList()))
                .toList();
        assertThat(found).containsExactly("a_2,a%1", "A4,b3,a_2", "a_2,a%1", "a_2,a%1", "a%1");
        store().write(session -> session.update("delete from lease"));
    }

    @Test
    void a_name_in_a_query_is_a_name() {
        for (String name : List.of("lease; drop table lease", "Lease", "", "a.b", "\"x\"")) {
            assertThatThrownBy(() -> new PageQuery.Filter(name, PageQuery.Test.EQUALS, 1))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        Property.forAll(
                50,
                random -> random.nextInt(-5, 1),
                limit -> assertThatThrownBy(() -> leases(limit)).isInstanceOf(IllegalArgumentException.class));
    }
}
