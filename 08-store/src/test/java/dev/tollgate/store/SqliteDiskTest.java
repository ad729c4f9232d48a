// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tollgate.store.StoreFailure.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A file that is damaged, in the wrong place, or on a disk that is full.
class SqliteDiskTest {
    @TempDir
    Path folder;

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private static Set<Long> ids(Store store) {
        Set<Long> ids = new TreeSet<>();
        store.read(session -> session.query("select id from filling")).forEach(row -> ids.add(row.number("id")));
        return ids;
    }

    /// Inserts until the disk is full; answers what was acknowledged.
    private static Set<Long> fill(Store store, long first) {
        Set<Long> acked = new TreeSet<>();
        for (long id = first; id < first + 10_000; id++) {
            long wanted = id;
            try {
                store.write(session -> session.update("insert into filling values (?, ?)", wanted, "x".repeat(8_000)));
                acked.add(id);
            } catch (StoreFailure failure) {
                assertThat(failure.kind()).isEqualTo(Kind.FULL);
                return acked;
            }
        }
        throw new AssertionError("the disk never filled up");
    }

    @Test
    void a_full_disk_refuses_changes_loses_none_and_works_again_with_room() throws IOException, InterruptedException {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", disk.toString()) == 0,
                "needs the right to mount a small disk");
        try {
            Path filler = Files.write(disk.resolve("filler"), new byte[2_000_000]);
            Path file = disk.resolve("store.db");
            Set<Long> acked;
            try (Store store = Stores.open(StoreConfig.sqlite(file))) {
                store.write(session ->
                        session.update("create table filling (id bigint not null primary key, body varchar(9000))"));
                acked = fill(store, 0);
                assertThat(ids(store)).isEqualTo(acked);
                Files.delete(filler);
                acked.addAll(fill(store, 100_000));
                assertThat(ids(store)).isEqualTo(acked);
            }
            try (Store store = Stores.open(StoreConfig.sqlite(file))) {
                assertThat(ids(store)).isEqualTo(acked);
            }
            assertThat(acked).anyMatch(id -> id < 100_000).anyMatch(id -> id >= 100_000);
        } finally {
            run("umount", disk.toString());
        }
    }

    @Test
    void a_file_that_is_no_database_is_refused() throws IOException {
        Path file = Files.writeString(
                folder.resolve("store.db"), "this is not a database, but it is long enough ".repeat(50));
        StoreFailure failure = catchThrowableOfType(
                StoreFailure.class, () -> Stores.open(StoreConfig.sqlite(file)).close());
        assertThat(failure.kind()).isEqualTo(Kind.BROKEN);
    }

    @Test
    void a_folder_that_cannot_be_made_is_refused() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        StoreFailure failure = catchThrowableOfType(
                StoreFailure.class,
                () -> Stores.open(StoreConfig.sqlite(file.resolve("store.db"))).close());
        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void the_database_is_for_its_owner_alone() throws IOException {
        Path data = folder.resolve("data");
        try (Store store = Stores.open(StoreConfig.sqlite(data.resolve("store.db")))) {
            store.write(session -> session.update("delete from lease"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                    .isEqualTo("rwx------");
            for (String name : Set.of("store.db", "store.db-wal", "store.db-shm")) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(name))))
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void a_closed_store_says_so() {
        Store store = Stores.open(StoreConfig.sqlite(folder.resolve("store.db")));
        var queued = store.writeAsync(session -> session.update("insert into consumed_token values ('x', 1)"));
        store.close();
        store.close();
        assertThat(queued.join()).isEqualTo(1);
        assertThat(catchThrowableOfType(StoreFailure.class, () -> store.read(session -> 1))
                        .kind())
                .isEqualTo(Kind.UNREACHABLE);
        assertThat(catchThrowableOfType(StoreFailure.class, () -> store.write(session -> 1))
                        .kind())
                .isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void a_change_that_waits_for_a_change_is_a_bug_not_a_deadlock() {
        try (Store store = Stores.open(StoreConfig.sqlite(folder.resolve("store.db")))) {
            IllegalStateException bug = catchThrowableOfType(
                    IllegalStateException.class, () -> store.write(_ -> store.write(session -> 1)));
            assertThat(bug).hasMessageContaining("must not wait for another");
        }
    }
}
