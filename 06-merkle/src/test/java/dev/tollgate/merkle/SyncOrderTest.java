// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tollgate.merkle.verify.LogCheck;
import dev.tollgate.merkle.verify.Report;
import dev.tollgate.terms.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the processes of the log ask of the operating system, seen from outside. Killing a process
/// shows that recovery works; only the order of its system calls shows that an entry was durable before
/// anyone heard of it.
class SyncOrderTest {
    /// `123 write(5, …`, `123 fdatasync(7 <unfinished ...>`, `123 <... fdatasync resumed>) = 0`.
    private static final Pattern CALL = Pattern.compile("(?<process>\\d+) +(?<resumed><\\.\\.\\. )?"
            + "(?<name>openat|write|pwrite64|writev|pwritev|fsync|fdatasync|close)(?:\\((?<first>\\w+)| resumed).*");

    private final SigningKey key = TestKeys.fresh();

    @TempDir
    private Path folder;

    @BeforeEach
    void storeTheKey() throws IOException {
        AckWriter.store(key, folder.resolve("key"));
    }

    private List<String> writer(int entries, String disk, int writers) {
        return List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                AckWriter.class.getName(),
                folder.resolve("log").toString(),
                folder.resolve("key").toString(),
                Integer.toString(entries),
                disk,
                Integer.toString(writers));
    }

    @Test
    void nothing_is_acknowledged_before_it_was_forced() throws Exception {
        Trace trace = traced("honest");

        assertThat(trace.acks).isGreaterThan(100);
        assertThat(trace.tooEarly)
                .as("acknowledged while writes were not forced")
                .isZero();
    }

    @Test
    void a_writer_that_forces_nothing_is_noticed() throws Exception {
        Trace trace = traced("planted");

        assertThat(trace.acks).isGreaterThan(100);
        assertThat(trace.tooEarly).isEqualTo(trace.acks);
    }

    /// Acknowledgements, and those among them at which the log had writes that were not forced.
    private record Trace(int acks, int tooEarly) {}

    private Trace traced(String disk) throws IOException, InterruptedException {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/strace")),
                "strace is not installed: the order of system calls is not checked here");
        Path calls = folder.resolve("calls");
        List<String> command = new ArrayList<>(List.of(
                "/usr/bin/strace",
                "-f",
                "-s",
                "16",
                "-o",
                calls.toString(),
                "-e",
                "trace=openat,write,pwrite64,writev,pwritev,fsync,fdatasync,close"));
        command.addAll(writer(150, disk, 1));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("console").toFile())
                .start();
        assertThat(process.waitFor())
                .as(Files.readString(folder.resolve("console")))
                .isZero();
        return read(calls);
    }

    /// Follows what is written and not yet forced, by file descriptor. One entry is under way at a
    /// time, so at an acknowledgement there must be nothing. A force counts from its return, a write
    /// from its call.
    private static Trace read(Path calls) throws IOException {
        Set<String> segments = new HashSet<>();
        Set<String> dirty = new HashSet<>();
        Map<String, String> forcing = new HashMap<>();
        Set<String> opening = new HashSet<>();
        int acks = 0;
        int tooEarly = 0;
        for (String line : Files.readAllLines(calls, StandardCharsets.ISO_8859_1)) {
            Matcher call = CALL.matcher(line);
            if (!call.matches()) {
                continue;
            }
            String process = call.group("process");
            String name = call.group("name");
            String first = call.group("first");
            boolean returned = !line.contains("unfinished");
            if (line.contains("\"ack ") && call.group("resumed") == null) {
                acks++;
                tooEarly += dirty.isEmpty() ? 0 : 1;
            } else if (name.equals("openat")) {
                if ((line.contains("/segments/") && line.contains("O_RDWR")) || opening.remove(process)) {
                    (returned ? segments : opening).add(returned ? line.replaceAll(".*= ", "") : process);
                }
            } else if (name.equals("close")) {
                segments.remove(first);
                dirty.remove(first);
            } else if (name.endsWith("sync")) {
                forcing.compute(process, (_, known) -> known == null ? first : known);
                if (returned) {
                    dirty.remove(forcing.remove(process));
                }
            } else if (segments.contains(first)) {
                dirty.add(first);
            }
        }
        return new Trace(acks, tooEarly);
    }

    @Test
    void a_killed_writer_loses_nothing_that_it_acknowledged() throws Exception {
        int rounds = Integer.getInteger("tollgate.kill.rounds", 3);
        long acknowledged = -1;
        for (int round = 0; round < rounds; round++) {
            // Given a writer that has acknowledged some entries
            Path acks = folder.resolve("acks" + round);
            Process process = new ProcessBuilder(writer(1_000_000, "honest", 4))
                    .redirectError(folder.resolve("errors").toFile())
                    .redirectOutput(acks.toFile())
                    .start();
            while (process.isAlive() && Files.size(acks) < 3_000 + 700 * (round % 11)) {
                Thread.sleep(2);
            }

            // When
            process.destroyForcibly();
            process.waitFor();
            String said = Files.readString(acks);
            for (String line :
                    said.substring(0, said.lastIndexOf('\n') + 1).lines().toList()) {
                acknowledged = Math.max(acknowledged, Long.parseLong(line.substring("ack ".length())));
            }

            // Then
            Report report = LogCheck.check(folder.resolve("log"), TestKeys.trust(key), List.of(), (_, _) -> {});
            assertThat(report.problems()).isEmpty();
            assertThat(report.size()).isGreaterThan(acknowledged);
            assertThat(acknowledged).isPositive();
        }
    }
}
