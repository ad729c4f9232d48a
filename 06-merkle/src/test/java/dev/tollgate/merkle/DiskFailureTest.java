// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.terms.SigningKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DiskFailureTest {
    private static final Path ROOT = Path.of("/log");

    private final SigningKey key = TestKeys.fresh();
    private final FakeDisk disk = new FakeDisk();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T00:00:00Z"));

    private TransparencyLog open() throws IOException {
        return TransparencyLog.open(disk, ROOT, key, TestKeys.ORIGIN, now::get, TestKeys.options());
    }

    private static FakeDisk.Fault failing(String operation) {
        return (found, file) -> {
            if (found.equals(operation) && file.toString().contains("segments")) {
                throw new IOException("input/output error");
            }
        };
    }

    private static Unwritable.Kind refusal(TransparencyLog log) {
        try {
            log.append(new byte[] {1});
            throw new AssertionError("the log took an entry that it should refuse");
        } catch (Unwritable refused) {
            return refused.kind();
        }
    }

    @Test
    void a_failed_force_is_final_and_nothing_is_forced_again() throws IOException {
        // Given
        try (TransparencyLog log = open()) {
            log.append(new byte[] {0});
            AtomicInteger forces = new AtomicInteger();
            disk.onOperation((operation, _) -> {
                if (operation.equals("force")) {
                    forces.incrementAndGet();
                    throw new IOException("input/output error");
                }
            });

            // When
            Unwritable.Kind first = refusal(log);
            disk.onOperation((_, _) -> {});
            Unwritable.Kind second = refusal(log);

            // Then
            assertThat(List.of(first, second)).containsOnly(Unwritable.Kind.FAILED);
            assertThat(forces).hasValue(1);
            assertThat(log.failure()).contains(Unwritable.Kind.FAILED);
            assertThat(log.size()).isEqualTo(1);
            assertThat(log.entry(0)).containsExactly(0);
        }
    }

    @Test
    void a_failed_write_is_cut_back_and_the_log_goes_on() throws IOException {
        // Given
        try (TransparencyLog log = open()) {
            log.append(new byte[] {0});
            AtomicInteger writes = new AtomicInteger();
            disk.onOperation((operation, file) -> {
                if (operation.equals("write") && writes.incrementAndGet() == 1) {
                    failing("write").before(operation, file);
                }
            });

            // When
            Unwritable.Kind refused = refusal(log);
            Appended next = log.append(new byte[] {2});

            // Then
            assertThat(refused).isEqualTo(Unwritable.Kind.NO_ROOM);
            assertThat(next.index()).isEqualTo(1);
        }
        try (TransparencyLog log = open()) {
            assertThat(log.entry(1)).containsExactly(2);
            assertThat(log.size()).isEqualTo(2);
        }
    }

    @Test
    void a_write_that_cannot_be_cut_back_is_final() throws IOException {
        try (TransparencyLog log = open()) {
            // Given
            log.append(new byte[] {0});
            disk.onOperation(failing("write"));

            // When
            Unwritable.Kind refused = refusal(log);
            disk.onOperation((_, _) -> {});

            // Then
            assertThat(refused).isEqualTo(Unwritable.Kind.FAILED);
            assertThat(refusal(log)).isEqualTo(Unwritable.Kind.FAILED);
        }
    }

    @Test
    void a_full_disk_refuses_and_resumes_when_there_is_room() throws IOException {
        try (TransparencyLog log = open()) {
            // Given a segment that is nearly full, and no room for another
            disk.onOperation((operation, file) -> {
                if (operation.equals("write") && file.endsWith("spare")) {
                    throw new IOException("no space left on device");
                }
            });
            int appended = 0;
            byte[] entry = new byte[60_000];
            Unwritable.Kind refused = null;
            while (refused == null) {
                try {
                    log.append(entry);
                    appended++;
                } catch (Unwritable full) {
                    refused = full.kind();
                }
            }

            // When there is room again, a moment later
            Unwritable.Kind still = refusal(log, entry);
            disk.onOperation((_, _) -> {});
            now.updateAndGet(then -> then.plusSeconds(2));
            Appended resumed = log.append(entry);

            // Then
            assertThat(List.of(refused, still)).containsOnly(Unwritable.Kind.NO_ROOM);
            assertThat(resumed.index()).isEqualTo(appended);
            assertThat(log.failure()).isEmpty();
        }
    }

    private static Unwritable.Kind refusal(TransparencyLog log, byte[] entry) {
        try {
            log.append(entry);
            throw new AssertionError("the log took an entry that it should refuse");
        } catch (Unwritable refused) {
            return refused.kind();
        }
    }

    @Test
    void a_name_that_cannot_be_made_durable_is_final() throws IOException {
        try (TransparencyLog log = open()) {
            // Given
            disk.onOperation((operation, _) -> {
                if (operation.equals("forceFolder")) {
                    throw new IOException("input/output error");
                }
            });

            // When
            Unwritable.Kind refused = null;
            while (refused == null) {
                try {
                    log.append(new byte[60_000]);
                } catch (Unwritable failed) {
                    refused = failed.kind();
                }
            }

            // Then
            assertThat(refused).isEqualTo(Unwritable.Kind.FAILED);
        }
    }

    @Test
    void tiles_that_cannot_be_written_do_not_stop_the_log() throws IOException {
        try (TransparencyLog log = open()) {
            // Given
            disk.onOperation((operation, _) -> {
                if (operation.equals("replace")) {
                    throw new IOException("no space left on device");
                }
            });

            // When
            for (int at = 0; at < 600; at++) {
                log.append(new byte[] {(byte) at});
            }

            // Then
            assertThat(log.entry(3)).containsExactly(3);
            assertThat(log.inclusion(3, 600)).hasSize(10);
            assertThat(log.derivedFailures()).isPositive();
        }
    }

    @Test
    void more_than_the_queue_holds_is_refused_at_once() throws IOException {
        // Given a disk that is stuck with the first entry: until it is, a slow committer would take more along
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        try (TransparencyLog log = open()) {
            disk.onOperation((operation, file) -> {
                if (operation.equals("force") && file.toString().contains("segments")) {
                    stuck.countDown();
                    await(free);
                }
            });
            CompletableFuture<Appended> first = log.appendAsync(new byte[] {0});
            await(stuck);

            // When
            List<CompletableFuture<Appended>> others = new ArrayList<>();
            for (int at = 0; at < 2 * Waiting.ENTRIES_MAX; at++) {
                others.add(log.appendAsync(new byte[] {1}));
            }
            long refused = others.stream()
                    .filter(CompletableFuture::isCompletedExceptionally)
                    .count();
            free.countDown();

            // Then
            assertThat(first.join().index()).isZero();
            assertThat(refused).isBetween(1L, Waiting.ENTRIES_MAX + 1L);
            assertThat(others.getLast())
                    .isCompletedExceptionally()
                    .failsWithin(java.time.Duration.ZERO)
                    .withThrowableThat()
                    .withMessageContaining("too many entries wait");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void an_entry_is_copied_before_it_is_hashed() throws IOException {
        try (TransparencyLog log = open()) {
            // Given
            byte[] entry = {1, 2, 3};
            var appended = log.appendAsync(entry);

            // When
            entry[0] = 9;

            // Then
            assertThat(log.entry(appended.join().index())).containsExactly(1, 2, 3);
            assertThatThrownBy(() -> log.entry(1)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
