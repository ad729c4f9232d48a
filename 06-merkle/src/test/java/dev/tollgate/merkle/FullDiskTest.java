// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tollgate.merkle.verify.LogCheck;
import dev.tollgate.merkle.verify.Report;
import dev.tollgate.terms.SigningKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real file system that is really full.
class FullDiskTest {
    private final SigningKey key = TestKeys.fresh();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T00:00:00Z"));
    private final InstantSource clock = now::get;

    @TempDir
    private Path folder;

    private boolean mounted;

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        mounted = run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder.toString());
        assumeTrue(mounted, "only root mounts a small file system: a full disk is not tried here");
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        if (mounted) {
            run("umount", folder.toString());
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor() == 0;
    }

    @Test
    void a_full_disk_loses_nothing_and_is_used_again_when_it_has_room() throws IOException {
        // Given a disk whose room is taken
        Path ballast = folder.resolve("ballast");
        Files.write(ballast, new byte[1_300 << 10]);
        LogOptions options = new LogOptions(1 << 20, Duration.ZERO, Duration.ofMinutes(1), List.of());
        long acknowledged = 0;
        try (TransparencyLog log = TransparencyLog.open(folder.resolve("log"), key, TestKeys.ORIGIN, clock, options)) {
            Unwritable.Kind refused = null;
            while (refused == null) {
                try {
                    acknowledged = log.append(entry(acknowledged)).index() + 1;
                } catch (Unwritable full) {
                    refused = full.kind();
                }
            }
            assertThat(refused).isEqualTo(Unwritable.Kind.NO_ROOM);
            assertThat(log.size()).isEqualTo(acknowledged);

            // When
            Files.delete(ballast);
            now.updateAndGet(then -> then.plusSeconds(5));
            Appended resumed = log.append(entry(acknowledged));

            // Then
            assertThat(resumed.index()).isEqualTo(acknowledged);
        }
        Report report = LogCheck.check(
                folder.resolve("log"),
                TestKeys.trust(key),
                List.of(),
                (index, entry) -> assertThat(entry).isEqualTo(entry(index)));
        assertThat(report.problems())
                .filteredOn(problem -> !problem.toString().startsWith("DERIVED"))
                .isEmpty();
        assertThat(report.size()).isEqualTo(acknowledged + 1);
    }

    private static byte[] entry(long number) {
        return ByteBuffer.allocate(3_000).putLong(number).array();
    }
}
