// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.store;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.sqlite.SQLiteConfig.SynchronousMode;

/// A process of its own that writes to a store and says on standard output what was acknowledged: one line `ack
/// N` or `fail KIND` a change, in one system call each. Tests kill it, trace it and break its disk.
final class StoreChild {
    private StoreChild() {}

    /// Writes until told enough.
    ///
    /// @param arguments database file, `FULL` or `OFF`, changes, writers
    public static void main(String[] arguments) throws InterruptedException {
        int changes = Integer.parseInt(arguments[2]);
        int writers = Integer.parseInt(arguments[3]);
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.US_ASCII);
        try (Store store = SqliteStore.open(Path.of(arguments[0]), SynchronousMode.valueOf(arguments[1]))) {
            store.write(session -> session.update(
                    "create table if not exists acked (id bigint not null primary key, body varchar(200))"));
            out.write(line("open"), 0, line("open").length);
            Thread[] threads = new Thread[writers];
            for (int writer = 0; writer < writers; writer++) {
                int first = writer;
                threads[writer] = Thread.ofPlatform().start(() -> write(store, out, first, changes, writers));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    private static void write(Store store, PrintStream out, int first, int changes, int step) {
        for (int id = first; id < changes; id += step) {
            long change = id;
            byte[] told;
            try {
                store.write(session -> session.update("insert into acked values (?, ?)", change, "x".repeat(150)));
                told = line("ack " + id);
            } catch (StoreFailure failure) {
                told = line("fail " + failure.kind());
            }
            out.write(told, 0, told.length);
        }
    }

    private static byte[] line(String text) {
        return (text + "\n").getBytes(StandardCharsets.US_ASCII);
    }
}
