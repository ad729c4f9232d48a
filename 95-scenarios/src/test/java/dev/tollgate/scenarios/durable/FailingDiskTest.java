// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.LaunchedGateway;
import dev.tollgate.scenarios.harness.WireClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole gateway on a disk that cannot force, and with a log that was damaged while it was down.
class FailingDiskTest {
    private static final Ask.Token WHO =
            Ask.as("sales-copilot", "alice", "prepare-sales-call").with("crm:account:read");
    private static final String ONE = "{\"id\":\"acc_000001\"}";

    /// Room for a segment of the log, the demo CRM and little more.
    private static final int DISK_MIB = 160;

    /// What a preallocated segment still takes on a full disk is far less.
    private static final int CALLS_MAX = 20_000;

    private static final int CALLS_A_TASK = 8;
    private static final int TRIES_MAX = 100;
    private static final long TRY_MILLIS = 200;

    private final List<String> released = new ArrayList<>();

    @TempDir
    Path folder;

    private Path data() {
        return folder.resolve("data");
    }

    private void answered(WireClient agent) {
        WireClient.Reply reply = agent.call("account_get", ONE);
        assertThat(reply.passed()).as(reply.wire()).isTrue();
        released.add(reply.exchange().headers().get("x-request-id"));
    }

    private void nothingIsLost() throws IOException, InterruptedException {
        LaunchedGateway.Ended verify = LaunchedGateway.run("audit", "verify", "--data", data().toString());
        assertThat(verify.exit()).as(verify.out()).isZero();
        assertThat(released).isNotEmpty().allMatch(new Entries(data())::released);
    }

    @Test
    void a_disk_that_cannot_force_releases_nothing_and_loses_nothing() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/strace")), "strace is not installed: no force fails here");
        try (LaunchedGateway gateway = LaunchedGateway.start(data(), List.of(), List.of());
                WireClient agent = gateway.agent(WHO)) {
            // Given
            answered(agent);
            Process strace = new ProcessBuilder(
                            "/usr/bin/strace",
                            "-f",
                            "-p",
                            "" + gateway.jvm().pid(),
                            "-e",
                            "trace=fdatasync,fsync",
                            "-e",
                            "inject=fdatasync,fsync:error=EIO")
                    .redirectErrorStream(true)
                    .start();
            BufferedReader said = strace.inputReader(StandardCharsets.UTF_8);
            String attached = said.readLine();
            assumeTrue(attached != null && attached.contains("attached"), "no process can be traced here: " + attached);

            // When
            WireClient.Reply refused = agent.call("account_get", ONE);
            strace.destroy();
            strace.waitFor();
            WireClient.Reply afterwards = agent.call("account_get", ONE);

            // Then
            assertThat(refused.passed()).isFalse();
            assertThat(refused.wire()).doesNotContain("\"records\"").doesNotContain("\"values\"");
            assertThat(afterwards.passed()).isFalse();
            assertThat(afterwards.wire()).doesNotContain("\"records\"").doesNotContain("\"values\"");
        }
        try (LaunchedGateway again = LaunchedGateway.start(data(), List.of(), List.of());
                WireClient agent = again.agent(WHO)) {
            answered(agent);
        }
        nothingIsLost();
    }

    @Test
    void a_full_disk_releases_nothing_unrecorded_and_loses_nothing() throws IOException, InterruptedException {
        Files.createDirectories(data());
        assumeTrue(
                mount("mount", "-t", "tmpfs", "-o", "size=" + DISK_MIB + "m", "tmpfs"),
                "only root mounts a small file system: a full disk is not tried here");
        try {
            try (LaunchedGateway gateway = LaunchedGateway.start(data(), List.of(), List.of())) {
                // Given
                Path ballast = data().resolve("ballast");
                fill(ballast);

                // When
                WireClient.Reply refused = untilRefused(gateway);
                Files.delete(ballast);

                // Then
                assertThat(refused.wire()).doesNotContain("\"records\"").doesNotContain("\"values\"");
                assertThat(answersAgain(gateway)).isTrue();
            }
            nothingIsLost();
        } finally {
            mount("umount");
        }
    }

    private boolean mount(String... command) throws IOException, InterruptedException {
        List<String> whole = new ArrayList<>(List.of(command));
        whole.add(data().toString());
        Process process = new ProcessBuilder(whole).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor() == 0;
    }

    private static void fill(Path ballast) {
        try (var out = Files.newOutputStream(ballast)) {
            byte[] block = new byte[1 << 12];
            for (long at = 0; at < (long) DISK_MIB << 20; at += block.length) {
                out.write(block);
            }
            throw new AssertionError("the disk took more than it has");
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    /// Each agent asks as often as is not taken for a loop.
    private WireClient.Reply untilRefused(LaunchedGateway gateway) {
        for (int calls = 0; calls < CALLS_MAX; ) {
            try (WireClient agent = gateway.agent(WHO)) {
                for (int one = 0; one < CALLS_A_TASK; one++, calls++) {
                    WireClient.Reply reply = agent.call("account_get", ONE);
                    if (!reply.passed()) {
                        return reply;
                    }
                    released.add(reply.exchange().headers().get("x-request-id"));
                }
            }
        }
        throw new AssertionError("a full disk took " + CALLS_MAX + " calls");
    }

    private boolean answersAgain(LaunchedGateway gateway) throws InterruptedException {
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            try (WireClient agent = gateway.agent(WHO)) {
                WireClient.Reply reply = agent.call("account_get", ONE);
                if (reply.passed()) {
                    released.add(reply.exchange().headers().get("x-request-id"));
                    return true;
                }
            }
            Thread.sleep(TRY_MILLIS);
        }
        return false;
    }

    @Test
    void a_torn_last_entry_is_cut_off_and_nothing_before_it_is_lost() throws IOException, InterruptedException {
        // Given
        someCalls();
        Path segment = lastSegment();
        long end = end(segment);
        try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
            file.seek(end);
            file.write("half an entry".getBytes(StandardCharsets.US_ASCII));
        }

        // When
        try (LaunchedGateway gateway = LaunchedGateway.start(data(), List.of(), List.of());
                WireClient agent = gateway.agent(WHO)) {
            answered(agent);
        }

        // Then
        nothingIsLost();
    }

    @Test
    void a_log_that_was_changed_is_not_started_on_and_not_changed_further() throws IOException, InterruptedException {
        // Given
        someCalls();
        Path segment = lastSegment();
        byte[] bytes = Files.readAllBytes(segment);
        bytes[(int) end(segment) / 2] ^= 1;
        Files.write(segment, bytes);

        // When
        LaunchedGateway.Ended up = LaunchedGateway.run("up", "--data", data().toString(), "--port", "0");

        // Then
        assertThat(up.exit()).as(up.out()).isEqualTo(1);
        assertThat(up.out()).startsWith("tollgate: ").doesNotContain("\tat ");
        assertThat(Files.readAllBytes(segment)).isEqualTo(bytes);
        assertThat(LaunchedGateway.run("audit", "verify", "--data", data().toString())
                        .exit())
                .isEqualTo(1);
    }

    private void someCalls() throws IOException, InterruptedException {
        try (LaunchedGateway gateway = LaunchedGateway.start(data(), List.of(), List.of());
                WireClient agent = gateway.agent(WHO)) {
            for (int call = 0; call < 5; call++) {
                answered(agent);
            }
            gateway.kill();
        }
    }

    private Path lastSegment() throws IOException {
        try (Stream<Path> files = Files.walk(data().resolve("log").resolve("segments"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> notEmpty(file))
                    .max(java.util.Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    private static boolean notEmpty(Path file) {
        try {
            return end(file) > 0;
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }

    /// Behind the last byte that is not zero: segments are zeroed ahead.
    private static long end(Path segment) throws IOException {
        byte[] bytes = Files.readAllBytes(segment);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        return end;
    }
}
