// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle;

import static dev.tollgate.merkle.TestKeys.ORIGIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.merkle.verify.LogCheck;
import dev.tollgate.merkle.verify.ProofCheck;
import dev.tollgate.merkle.verify.Report;
import dev.tollgate.terms.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransparencyLogTest {
    private final SigningKey key = TestKeys.fresh();

    @TempDir
    private Path folder;

    private TransparencyLog open() throws IOException {
        return TransparencyLog.open(folder, key, ORIGIN, InstantSource.system(), TestKeys.options());
    }

    private Report check() throws IOException {
        return LogCheck.check(folder, TestKeys.trust(key), List.of(), (_, _) -> {});
    }

    private static byte[] entry(long number) {
        return ("entry " + number + " " + "x".repeat((int) (number % 700))).getBytes(StandardCharsets.UTF_8);
    }

    private static void fill(TransparencyLog log, int from, int to) {
        List<CompletableFuture<Appended>> appended = new ArrayList<>();
        for (int at = from; at < to; at++) {
            appended.add(log.appendAsync(entry(at)));
        }
        appended.forEach(CompletableFuture::join);
    }

    @Test
    void what_was_appended_is_there_after_opening_again() throws IOException {
        // Given more than one segment, and more than one level of tiles
        try (TransparencyLog log = open()) {
            for (int at = 0; at < 80_000; at += 10_000) {
                fill(log, at, at + 10_000);
            }
        }

        // When
        try (TransparencyLog log = open()) {
            assertThat(log.append(entry(80_000)).index()).isEqualTo(80_000);

            // Then
            assertThat(log.size()).isEqualTo(80_001);
            for (int at : List.of(0, 255, 256, 65_535, 65_536, 79_999, 80_000)) {
                assertThat(log.entry(at)).isEqualTo(entry(at));
            }
            List<Long> wrong = new ArrayList<>();
            log.scan(0, 80_001, (index, bytes) -> {
                if (!java.util.Arrays.equals(bytes, entry(index))) {
                    wrong.add(index);
                }
            });
            assertThat(wrong).isEmpty();
        }
        assertThat(folder.resolve("segments").toFile().list()).hasSizeGreaterThan(20);
        Report report = check();
        assertThat(report.problems()).isEmpty();
        assertThat(report.remarks()).isEmpty();
        assertThat(report.signed()).isEqualTo(80_001);
    }

    @Test
    void proofs_of_a_written_log_hold_against_its_checkpoints() throws IOException {
        try (TransparencyLog log = open()) {
            // Given
            fill(log, 0, 1_000);
            Checkpoint older = log.checkpoint();
            fill(log, 1_000, 2_500);
            Checkpoint newer = log.checkpoint();

            // When
            var inclusion = log.inclusion(777, newer.size());
            var consistency = log.consistency(older.size(), newer.size());
            String file = log.proof(777);

            // Then
            var leaf = ProofCheck.leaf(entry(777));
            assertThat(ProofCheck.inclusion(leaf, 777, newer.size(), inclusion, newer.root()))
                    .isTrue();
            assertThat(ProofCheck.consistency(older.size(), older.root(), newer.size(), newer.root(), consistency))
                    .isTrue();
            assertThat(ProofCheck.proofFile(file, entry(777), TestKeys.trust(key)))
                    .hasValueSatisfying(proven -> assertThat(proven.index()).isEqualTo(777));
            assertThat(ProofCheck.proofFile(file, entry(778), TestKeys.trust(key)))
                    .isEmpty();
            assertThat(ProofCheck.proofFile(file, entry(777), TestKeys.trust(TestKeys.fresh())))
                    .isEmpty();
            assertThat(ProofCheck.proofFile(file.replace("index 777", "index 776"), entry(777), TestKeys.trust(key)))
                    .isEmpty();
        }
    }

    @Test
    void many_writers_and_readers_see_one_order() throws Exception {
        try (TransparencyLog log = open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // Given
            List<Future<Long>> written = new ArrayList<>();

            // When 64 writers append, each proving its own entry at once
            for (int writer = 0; writer < 64; writer++) {
                int own = writer;
                written.add(threads.submit(() -> {
                    long proven = 0;
                    for (int at = 0; at < 40; at++) {
                        byte[] entry = entry(own * 1_000L + at);
                        long index = log.append(entry).index();
                        Checkpoint seen = log.checkpoint();
                        var path = log.inclusion(index, seen.size());
                        if (ProofCheck.inclusion(ProofCheck.leaf(entry), index, seen.size(), path, seen.root())) {
                            proven++;
                        }
                    }
                    return proven;
                }));
            }

            // Then
            for (Future<Long> proven : written) {
                assertThat(proven.get()).isEqualTo(40);
            }
            assertThat(log.size()).isEqualTo(64 * 40);
        }
        assertThat(check().problems()).isEmpty();
    }

    @Test
    void a_missing_or_changed_tile_is_derived_again() throws IOException {
        // Given
        try (TransparencyLog log = open()) {
            fill(log, 0, 3_000);
        }
        Files.delete(folder.resolve("tile/0/001"));
        Files.write(folder.resolve("tile/0/002"), new byte[8_192]);
        Files.write(folder.resolve("tile/entries/003"), new byte[] {0, 1, 'x'});
        Files.writeString(folder.resolve("tile/entries/004"), "");

        // When
        try (TransparencyLog log = open()) {
            Checkpoint seen = log.checkpoint();

            // Then
            for (int at : List.of(300, 600, 800, 1_100)) {
                var path = log.inclusion(at, seen.size());
                assertThat(ProofCheck.inclusion(ProofCheck.leaf(entry(at)), at, seen.size(), path, seen.root()))
                        .isTrue();
                assertThat(log.entry(at)).isEqualTo(entry(at));
            }
        }
        assertThat(check().problems()).isEmpty();
    }

    @Test
    void the_largest_and_the_smallest_entry_fit_and_a_larger_one_does_not() throws IOException {
        try (TransparencyLog log = open()) {
            // When
            long largest = log.append(new byte[65_535]).index();
            long smallest = log.append(new byte[0]).index();

            // Then
            assertThat(log.entry(largest)).hasSize(65_535);
            assertThat(log.entry(smallest)).isEmpty();
            assertThatThrownBy(() -> log.append(new byte[65_536])).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(check().problems()).isEmpty();
    }

    @Test
    void a_log_that_signs_seldom_signs_when_asked_and_when_idle() throws IOException {
        // Given
        LogOptions seldom = new LogOptions(1 << 20, Duration.ofMinutes(1), Duration.ofMinutes(1), List.of());
        try (TransparencyLog log = TransparencyLog.open(folder, key, ORIGIN, InstantSource.system(), seldom)) {
            fill(log, 0, 10);
            fill(log, 10, 20);
            assertThat(log.checkpoint().size()).isLessThan(20);

            // When
            Checkpoint signed = log.sign();

            // Then
            assertThat(signed.size()).isEqualTo(20);
            fill(log, 20, 30);
            assertThat(ProofCheck.proofFile(log.proof(25), entry(25), TestKeys.trust(key)))
                    .isPresent();
            fill(log, 30, 40);
        }
        assertThat(check().signed()).isEqualTo(40);
    }

    @Test
    void a_folder_has_one_writer() throws IOException {
        try (TransparencyLog log = open()) {
            log.append(entry(1));
            assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("another process");
        }
        try (TransparencyLog log = open()) {
            assertThat(log.size()).isEqualTo(1);
        }
    }

    @Test
    void a_closed_log_takes_nothing() throws IOException {
        // Given
        TransparencyLog log = open();
        log.close();

        // When
        var refused = log.appendAsync(entry(1));

        // Then
        assertThatThrownBy(refused::join).hasCauseInstanceOf(Unwritable.class);
        assertThat(log.failure()).contains(Unwritable.Kind.CLOSED);
    }

    @Test
    void another_key_or_another_origin_does_not_open_it() throws IOException {
        // Given
        try (TransparencyLog log = open()) {
            fill(log, 0, 10);
        }
        SigningKey other = TestKeys.fresh();
        LogOptions rotated = new LogOptions(1 << 20, Duration.ZERO, Duration.ofMinutes(1), List.of(key.verifyingKey()));

        // When and then
        assertThatThrownBy(
                        () -> TransparencyLog.open(folder, other, ORIGIN, InstantSource.system(), TestKeys.options()))
                .isInstanceOf(LogDamaged.class);
        assertThatThrownBy(() ->
                        TransparencyLog.open(folder, key, "other.test", InstantSource.system(), TestKeys.options()))
                .isInstanceOf(LogDamaged.class);
        try (TransparencyLog log = TransparencyLog.open(folder, other, ORIGIN, InstantSource.system(), rotated)) {
            fill(log, 10, 20);
            assertThat(log.size()).isEqualTo(20);
        }
    }
}
