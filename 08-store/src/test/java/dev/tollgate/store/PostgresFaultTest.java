// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tollgate.store.FaultyProxy.Weather;
import dev.tollgate.store.StoreFailure.Kind;
import dev.tollgate.terms.SecretValue;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A server that is down, silent, or goes away in the middle: a typed failure, in bounded time, and recovery by
/// itself.
@Timeout(120)
class PostgresFaultTest {
    private static StoreConfig at(int port, String database) {
        return StoreConfig.postgres(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + database, "postgres", SecretValue.of("postgres"));
    }

    private static int insert(Store store, String token) {
        return store.write(session -> session.update("insert into consumed_token values (?, 1)", token));
    }

    private static Kind kindOfInsert(Store store, String token) {
        return catchThrowableOfType(StoreFailure.class, () -> insert(store, token))
                .kind();
    }

    private static boolean stored(Store store, String token) {
        return store.read(session -> session.one("select 1 as x from consumed_token where token_id = ?", token))
                .isPresent();
    }

    @Test
    void a_server_that_is_not_there_is_unreachable() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        StoreFailure failure = catchThrowableOfType(
                StoreFailure.class, () -> Stores.open(at(port, "postgres")).close());
        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure.getMessage()).doesNotContain("127.0.0.1");
    }

    @Test
    void a_wrong_password_or_database_is_told_without_either() {
        String url = "jdbc:postgresql://127.0.0.1:" + TestPostgres.port() + "/no_such_database";
        StoreFailure failure = catchThrowableOfType(
                StoreFailure.class,
                () -> Stores.open(StoreConfig.postgres(url, "postgres", SecretValue.of("s3cret")))
                        .close());
        assertThat(failure.kind()).isEqualTo(Kind.BROKEN);
        assertThat(failure.getMessage()).doesNotContain("no_such").doesNotContain("s3cret");
    }

    @Test
    void a_commit_whose_outcome_nobody_heard_is_unknown_whether_it_happened_or_not() throws IOException {
        StoreConfig direct = TestPostgres.database("ambiguous");
        try (FaultyProxy proxy = new FaultyProxy(TestPostgres.port());
                Store watching = Stores.open(direct)) {
            try (Store store = Stores.open(at(proxy.port(), "ambiguous"))) {
                insert(store, "fair");
                proxy.weather.set(Weather.CUT_AFTER_COMMIT);
                Kind after = kindOfInsert(store, "after");
                proxy.weather.set(Weather.CUT_BEFORE_COMMIT);
                Kind before = kindOfInsert(store, "before");
                proxy.weather.set(Weather.FAIR);
                assertThat(List.of(after, before)).containsOnly(Kind.UNKNOWN_OUTCOME);
                assertThat(stored(watching, "after")).isTrue();
                assertThat(stored(watching, "before")).isFalse();
                assertThat(insert(store, "again")).isEqualTo(1);
            }
        }
    }

    @Test
    void a_network_that_falls_silent_ends_a_call_in_bounded_time_and_the_store_recovers() throws IOException {
        TestPostgres.database("silent");
        try (FaultyProxy proxy = new FaultyProxy(TestPostgres.port());
                Store store = Stores.open(at(proxy.port(), "silent"))) {
            insert(store, "fair");
            proxy.weather.set(Weather.SILENT);
            Kind silent = kindOfInsert(store, "silent");
            proxy.weather.set(Weather.FAIR);
            assertThat(silent).isIn(Kind.UNREACHABLE, Kind.TIMEOUT);
            assertThat(insert(store, "again")).isEqualTo(1);
            assertThat(stored(store, "silent")).isFalse();
        }
    }

    @Test
    void a_server_that_stops_and_starts_again_is_used_again(@TempDir Path folder) throws IOException {
        EmbeddedPostgres first = server(folder, 0);
        int port = first.getPort();
        try (Store store = Stores.open(at(port, "postgres"))) {
            insert(store, "before");
            first.close();
            assertThat(kindOfInsert(store, "down")).isEqualTo(Kind.UNREACHABLE);
            try (EmbeddedPostgres _ = server(folder, port)) {
                assertThat(onceItCan(() -> insert(store, "up"))).contains(1);
                assertThat(onceItCan(() -> stored(store, "before"))).contains(true);
                assertThat(onceItCan(() -> stored(store, "down"))).contains(false);
            }
        }
    }

    /// Connections that died with the old server may each fail one call, and say that nothing was done.
    private static <T> Optional<T> onceItCan(Supplier<T> call) {
        for (int tries = 0; tries < 20; tries++) {
            try {
                return Optional.of(call.get());
            } catch (StoreFailure failure) {
                assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
            }
        }
        return Optional.empty();
    }

    private static EmbeddedPostgres server(Path folder, int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(false)
                .setPort(port)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    @Test
    void of_two_that_block_each_other_one_gets_a_conflict() throws InterruptedException {
        try (Store store = Stores.open(TestPostgres.database("deadlock"))) {
            store.write(session -> session.update("insert into consumed_token values ('a', 1), ('b', 1)"));
            CountDownLatch both = new CountDownLatch(2);
            List<CompletableFuture<String>> changes = List.of(List.of("a", "b"), List.of("b", "a")).stream()
                    .map(order -> store.writeAsync(session -> {
                        touch(session, order.getFirst());
                        both.countDown();
                        await(both);
                        touch(session, order.getLast());
                        return "done";
                    }))
                    .map(change -> change.exceptionally(PostgresFaultTest::kindName))
                    .toList();
            assertThat(changes.stream().map(CompletableFuture::join)).containsExactlyInAnyOrder("done", "CONFLICT");
        }
    }

    private static String kindName(Throwable failed) {
        return failed.getCause() instanceof StoreFailure failure
                ? failure.kind().name()
                : "no failure of the store";
    }

    private static void touch(Store.Session session, String token) {
        session.update("update consumed_token set expires_at = 2 where token_id = ?", token);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Test
    void a_lock_that_is_not_given_back_ends_in_a_timeout() {
        try (Store store = Stores.open(TestPostgres.database("locked"))) {
            insert(store, "row");
            Kind waited = store.write(session -> {
                touch(session, "row");
                return catchThrowableOfType(
                                StoreFailure.class,
                                () -> store.write(other -> {
                                    touch(other, "row");
                                    return 0;
                                }))
                        .kind();
            });
            assertThat(waited).isEqualTo(Kind.TIMEOUT);
        }
    }

    @Test
    void a_statement_that_does_not_end_is_ended() {
        try (Store store = Stores.open(TestPostgres.database("slow"))) {
            StoreFailure failure = catchThrowableOfType(
                    StoreFailure.class,
                    () -> store.read(session -> session.query("select cast(pg_sleep(60) as text) as slept")));
            assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        }
    }
}
