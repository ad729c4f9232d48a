// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.merkle.verify.LogCheck;
import dev.tollgate.merkle.verify.Report;
import dev.tollgate.terms.SigningKey;
import dev.tollgate.terms.testing.Property;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Power is lost in the middle of writing, over and over; what was acknowledged must be there each time.
class CrashProperties {
    private static final Path ROOT = Path.of("/log");
    private static final int LIVES = 4;

    private final SigningKey key = TestKeys.fresh();

    @TempDir
    private Path folder;

    private TransparencyLog open(Disk disk, boolean signEachBatch) throws IOException {
        Duration every = signEachBatch ? Duration.ZERO : Duration.ofMinutes(1);
        LogOptions options = new LogOptions(1 << 20, every, Duration.ZERO, List.of());
        return TransparencyLog.open(disk, ROOT, key, TestKeys.ORIGIN, InstantSource.system(), options);
    }

    private static byte[] entry(long number, int length) {
        return ("entry " + number + " " + "x".repeat(length)).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void no_acknowledged_entry_is_lost_when_power_is() {
        Property.forAll(120, random -> random, random -> {
            FakeDisk disk = new FakeDisk();
            List<byte[]> acknowledged = new ArrayList<>();
            long published = 0;
            for (int life = 0; life < LIVES; life++) {
                published = Math.max(published, live(disk, random, acknowledged));
                disk.losePower(random);
            }
            check(disk, acknowledged, published);
        });
    }

    /// Appends until the power goes; returns the size of a checkpoint that somebody may have seen.
    private long live(FakeDisk disk, RandomGenerator random, List<byte[]> acknowledged) {
        AtomicInteger left = new AtomicInteger(random.nextInt(1, 60));
        disk.onOperation((_, _) -> {
            if (left.decrementAndGet() < 0) {
                throw new IOException("the power is gone");
            }
        });
        long published = 0;
        try (TransparencyLog log = open(disk, random.nextBoolean())) {
            assertThat(log.size()).isGreaterThanOrEqualTo(acknowledged.size());
            adopt(log, acknowledged);
            for (int round = 0; round < 40; round++) {
                append(log, random, acknowledged);
                published = log.checkpoint().size();
            }
        } catch (IOException | java.io.UncheckedIOException | CompletionException | Unwritable _) {
            // The power is gone: what was acknowledged until now counts.
        }
        return published;
    }

    @Test
    void a_log_that_did_not_force_would_be_noticed() {
        AtomicInteger noticed = new AtomicInteger();
        Property.forAll(30, random -> random, random -> {
            FakeDisk disk = new FakeDisk();
            disk.lie();
            List<byte[]> acknowledged = new ArrayList<>();
            long published = live(disk, random, acknowledged);
            disk.losePower(random);
            try {
                check(disk, acknowledged, published);
            } catch (AssertionError | LogDamaged _) {
                noticed.incrementAndGet();
            }
        });
        assertThat(noticed.get()).isGreaterThan(10);
    }

    /// Entries that were durable though nobody heard of it count from now on.
    private static void adopt(TransparencyLog log, List<byte[]> acknowledged) {
        log.scan(0, log.size(), (index, entry) -> {
            if (index < acknowledged.size()) {
                assertThat(entry).isEqualTo(acknowledged.get((int) index));
            } else {
                acknowledged.add(entry);
            }
        });
    }

    private static void append(TransparencyLog log, RandomGenerator random, List<byte[]> acknowledged) {
        List<CompletableFuture<Appended>> group = new ArrayList<>();
        List<byte[]> entries = new ArrayList<>();
        for (int at = random.nextInt(1, 12); at > 0; at--) {
            byte[] entry = entry(random.nextInt(), random.nextInt(random.nextInt(10) == 0 ? 40_000 : 400));
            entries.add(entry);
            group.add(log.appendAsync(entry));
        }
        for (int at = 0; at < group.size(); at++) {
            assertThat(group.get(at).join().index()).isEqualTo(acknowledged.size());
            acknowledged.add(entries.get(at));
        }
    }

    private void check(FakeDisk disk, List<byte[]> acknowledged, long published) {
        try (TransparencyLog log = open(disk, true)) {
            assertThat(log.size()).isGreaterThanOrEqualTo(Math.max(acknowledged.size(), published));
            adopt(log, acknowledged);
            log.append(entry(1, 1));
            for (int at = 0; at < log.size(); at += 97) {
                assertThat(log.proof(at)).startsWith("c2sp.org/tlog-proof@v1\nindex " + at + "\n");
            }
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }

    @Test
    void what_a_crash_leaves_is_sound_to_the_independent_check() {
        AtomicInteger number = new AtomicInteger();
        Property.forAll(12, random -> random, random -> {
            // Given
            FakeDisk disk = new FakeDisk();
            List<byte[]> acknowledged = new ArrayList<>();
            live(disk, random, acknowledged);
            disk.losePower(random);
            try (TransparencyLog log = open(disk, true)) {
                log.publish();
                // A crash loses derived files that are older than what this life derives again.
                for (long at = 0; at < log.size(); at++) {
                    log.entry(at);
                }
            } catch (IOException broken) {
                throw new java.io.UncheckedIOException(broken);
            }

            // When
            Path copy = folder.resolve("crash" + number.incrementAndGet());
            Report report = copied(disk, copy);

            // Then
            assertThat(report.problems()).isEmpty();
            assertThat(report.size()).isGreaterThanOrEqualTo(acknowledged.size());
        });
    }

    private Report copied(FakeDisk disk, Path copy) {
        try {
            disk.copyTo(ROOT, copy);
            return LogCheck.check(copy, TestKeys.trust(key), List.of(), (_, _) -> {});
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }

    @Test
    void a_bit_that_flips_in_durable_records_keeps_the_log_shut() {
        Property.forAll(40, random -> random, random -> {
            // Given three batches at least
            FakeDisk disk = new FakeDisk();
            try (TransparencyLog log = open(disk, true)) {
                for (int at = 0; at < 6; at++) {
                    log.append(entry(at, 300));
                }
            } catch (IOException broken) {
                throw new java.io.UncheckedIOException(broken);
            }
            Path segment = disk.files().stream()
                    .filter(file -> file.toString().endsWith(".segment"))
                    .findFirst()
                    .orElseThrow();

            // When a bit of the header, or of one of the first batches, flips
            boolean header = random.nextBoolean();
            int at = header ? random.nextInt(64) : SegmentFormat.HEADER_BYTES + random.nextInt(1_000);
            disk.flip(segment, at);

            // Then
            assertThatThrownBy(() -> open(disk, true).close()).isInstanceOf(LogDamaged.class);
        });
    }

    @Test
    void a_tree_shorter_than_the_published_one_keeps_the_log_shut() throws IOException {
        // Given
        FakeDisk disk = new FakeDisk();
        try (TransparencyLog log = open(disk, true)) {
            log.append(entry(1, 10));
            log.append(entry(2, 10));
        }
        Path segment = ROOT.resolve("segments/" + String.format("%020d.segment", 0));
        long lastByte = disk.length(segment);
        int at = (int) lastByte - 1;
        byte[] content = disk.load(segment, Integer.MAX_VALUE).orElseThrow();
        while (content[at] == 0) {
            at--;
        }

        // When the last checkpoint is damaged, its batch looks like one that was never finished
        disk.flip(segment, at);

        // Then
        assertThatThrownBy(() -> open(disk, true).close())
                .isInstanceOf(LogDamaged.class)
                .hasMessage("the log published a tree of 2 entries and holds 1");
    }

    @Test
    void a_log_whose_segments_are_gone_stays_shut() throws IOException {
        // Given
        FakeDisk disk = new FakeDisk();
        try (TransparencyLog log = open(disk, true)) {
            log.append(entry(1, 10));
        }

        // When
        disk.delete(ROOT.resolve("segments/" + String.format("%020d.segment", 0)));

        // Then
        assertThatThrownBy(() -> open(disk, true).close()).isInstanceOf(LogDamaged.class);
    }
}
