// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a store acknowledged must outlive the process, and the power. Killing a process shows that recovery
/// works but not that anything was synced, so the order of system calls is checked too, and the check itself
/// against a store that does not sync. `-Dtollgate.kill.rounds=N` kills more often.
class SqliteDurabilityTest {
    private static final int KILL_ROUNDS = Integer.getInteger("tollgate.kill.rounds", 3);
    private static final String NO_STRACE = "needs strace (apt-get install strace)";

    @TempDir
    Path folder;

    private static Set<Long> stored(Path file) {
        try (Store store = Stores.open(StoreConfig.sqlite(file))) {
            Set<Long> ids = new TreeSet<>();
            store.read(session -> session.query("select id from acked")).forEach(row -> ids.add(row.number("id")));
            return ids;
        }
    }

    private static long id(String ack) {
        return Long.parseLong(ack.substring("ack ".length()));
    }

    @Test
    void nothing_acknowledged_is_lost_when_the_process_is_killed() throws IOException, InterruptedException {
        for (int round = 0; round < KILL_ROUNDS; round++) {
            Path file = folder.resolve("killed-" + round + ".db");
            Process child = Child.start(List.of(), file, "FULL", 1_000_000, 8);
            Set<Long> acked = new HashSet<>();
            try (BufferedReader reader = child.inputReader(StandardCharsets.US_ASCII)) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    if (line.matches("ack [0-9]+")) {
                        acked.add(id(line));
                    }
                    if (acked.size() == 500 + 37 * round) {
                        // Through the handle: `Process` would close the pipe with what it still holds.
                        child.toHandle().destroyForcibly();
                    }
                }
            }
            child.waitFor();
            assertThat(acked).hasSizeGreaterThanOrEqualTo(500);
            assertThat(stored(file)).containsAll(acked);
        }
    }

    /// Acknowledgements that left while bytes of the write-ahead log were written and not yet synced.
    private static List<String> unsyncedAcks(Path trace) throws IOException {
        Pattern call = Pattern.compile("^(\\d+) +(?:<\\.\\.\\. )?(\\w+)(\\(| resumed>)(.*)$");
        List<String> unsynced = new ArrayList<>();
        Set<String> syncing = new HashSet<>();
        boolean dirty = false;
        for (String line : Files.readAllLines(trace)) {
            Matcher matcher = call.matcher(line);
            if (!matcher.matches()) {
                continue;
            }
            String thread = matcher.group(1);
            boolean resumed = !matcher.group(3).equals("(");
            boolean log = matcher.group(4).contains("-wal>") || (resumed && syncing.contains(thread));
            boolean ended = resumed || !line.contains("unfinished");
            switch (matcher.group(2)) {
                case "pwrite64" -> dirty |= !resumed && log;
                case "fdatasync", "fsync" -> {
                    if (log && ended && line.endsWith("= 0")) {
                        dirty = false;
                        syncing.remove(thread);
                    } else if (log) {
                        syncing.add(thread);
                    }
                }
                case "write" -> {
                    if (dirty && !resumed && matcher.group(4).contains("\"ack ")) {
                        unsynced.add(line);
                    }
                }
                default -> throw new IllegalStateException("a call that was not asked for");
            }
        }
        return unsynced;
    }

    private List<String> traced(String sync) throws IOException, InterruptedException {
        Path trace = folder.resolve("trace-" + sync);
        Process child = Child.start(
                List.of("strace", "-f", "-y", "-e", "trace=pwrite64,fdatasync,fsync,write", "-o", trace.toString()),
                folder.resolve("traced-" + sync + ".db"),
                sync,
                40,
                1);
        List<String> lines = Child.lines(child);
        child.waitFor();
        assertThat(lines).filteredOn(line -> line.startsWith("ack ")).hasSize(40);
        return unsyncedAcks(trace);
    }

    @Test
    void every_acknowledgement_follows_its_sync_and_a_store_without_sync_is_caught()
            throws IOException, InterruptedException {
        assumeTrue(Child.has("strace"), NO_STRACE);
        assertThat(traced("FULL")).isEmpty();
        assertThat(traced("OFF")).hasSize(40);
    }

    @Test
    void after_a_failed_sync_nothing_is_acknowledged_any_more() throws IOException, InterruptedException {
        assumeTrue(Child.has("strace"), NO_STRACE);
        Path file = folder.resolve("failing.db");
        // A database that exists: what fails is a sync of a change, not of the schema.
        Stores.open(StoreConfig.sqlite(file)).close();
        Process child = Child.start(
                List.of("strace", "-f", "-e", "inject=fdatasync,fsync:error=EIO:when=12", "-o", "/dev/null"),
                file,
                "FULL",
                60,
                1);
        List<String> lines = Child.lines(child);
        child.waitFor();
        int failed = lines.indexOf("fail UNKNOWN_OUTCOME");
        assertThat(failed).isPositive();
        assertThat(lines.subList(failed + 1, lines.size())).isNotEmpty().containsOnly("fail BROKEN");
        List<Long> acked = lines.subList(0, failed).stream()
                .filter(line -> line.startsWith("ack "))
                .map(SqliteDurabilityTest::id)
                .toList();
        assertThat(stored(file)).containsAll(acked);
    }
}
