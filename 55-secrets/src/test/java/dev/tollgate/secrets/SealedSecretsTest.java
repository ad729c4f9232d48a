// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RevealsSecret;
import dev.tollgate.terms.SecretValue;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.testing.Property;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedSecretsTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-21T10:00:00Z"));
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Refusal REJECTED = new Refusal.UpstreamFailed(SecretStore.SYSTEM, "rejected");

    @TempDir
    Path folder;

    private SealedSecrets sealed(int key) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) key;
        return new SealedSecrets(
                folder.resolve("secrets.sealed"), new SecretKeySpec(bytes, "HmacSHA256"), Property.random(key));
    }

    private String lease(SealedSecrets from, String name) {
        return told(new SealedSecretStore(from, CLOCK).lease(name, MINUTE));
    }

    @RevealsSecret("the test compares it")
    private static String told(Step<Lease> step) {
        return switch (step) {
            case Step.Passed<Lease> passed -> passed.state().secret().reveal();
            case Step.Refused<Lease> refused -> refused.why().equals(REJECTED) ? "rejected" : "unreachable";
        };
    }

    @Test
    @Requirement("S1-34")
    void a_secret_is_sealed_on_the_disk_and_rotates_at_the_next_lease() throws IOException {
        // Given
        SealedSecrets sealed = sealed(1);
        sealed.put("crm", SecretValue.of("first s3cret"));
        sealed.put("other", SecretValue.of("ünïcode"));

        // When
        String before = lease(sealed(1), "crm");
        sealed(1).put("crm", SecretValue.of("second"));
        String after = lease(sealed, "crm");
        boolean removed = sealed.remove("crm");

        // Then
        assertThat(before).isEqualTo("first s3cret");
        assertThat(after).isEqualTo("second");
        assertThat(removed).isTrue();
        assertThat(sealed.remove("crm")).isFalse();
        assertThat(lease(sealed, "crm")).isEqualTo("rejected");
        assertThat(lease(sealed, "other")).isEqualTo("ünïcode");
        assertThat(sealed.names()).containsExactly("other");
        assertThat(Files.readString(folder.resolve("secrets.sealed"))).doesNotContain("s3cret", "second");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("secrets.sealed"))))
                .isEqualTo("rw-------");
    }

    @Test
    void another_key_a_changed_byte_or_a_secret_under_another_name_opens_nothing() throws IOException {
        // Given
        SealedSecrets sealed = sealed(1);
        sealed.put("crm", SecretValue.of("s3cret"));
        Path file = folder.resolve("secrets.sealed");
        String good = Files.readString(file);
        String line = good.lines().skip(1).findFirst().orElseThrow();
        int last = line.length() - 4;
        String flipped = line.substring(0, last) + (line.charAt(last) == 'A' ? 'B' : 'A') + line.substring(last + 1);

        // When
        String foreign = lease(sealed(2), "crm");
        Files.writeString(file, good.replace(line, flipped));
        String changed = lease(sealed, "crm");
        Files.writeString(file, good.replace("crm ", "erp "));
        String moved = lease(sealed, "erp");

        // Then
        assertThat(List.of(foreign, changed, moved)).containsOnly("rejected");
    }

    @Test
    void a_file_that_is_shared_cut_or_no_such_file_at_all_opens_nothing() throws IOException {
        SealedSecrets sealed = sealed(1);
        sealed.put("crm", SecretValue.of("s3cret"));
        Path file = folder.resolve("secrets.sealed");
        String good = Files.readString(file);
        String line = good.lines().skip(1).findFirst().orElseThrow();
        for (String bad : List.of("", "x", good.stripTrailing(), good + line + "\n", good + "crm2 a\n", "x\n" + good)) {
            Files.writeString(file, bad);
            assertThat(lease(sealed, "crm")).as(bad).isEqualTo("rejected");
        }
        Files.writeString(file, good);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(lease(sealed, "crm")).isEqualTo("rejected");
        Files.delete(file);
        assertThat(lease(sealed, "crm")).isEqualTo("rejected");
    }

    @Test
    void what_is_no_name_or_no_secret_is_not_kept() {
        SealedSecrets sealed = sealed(1);
        for (String name : List.of("", "A", "a b", "../a", "a".repeat(65))) {
            assertThatThrownBy(() -> sealed.put(name, SecretValue.of("x")))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> sealed.put("a", SecretValue.of(""))).hasMessageContaining("1 to 65536 bytes");
        assertThatThrownBy(() -> sealed.put("a", SecretValue.of("x".repeat(65_537))))
                .hasMessageContaining("1 to 65536 bytes");
    }

    @Test
    void nobody_loses_what_another_keeps_at_the_same_time() throws IOException {
        SealedSecrets sealed = sealed(1);
        List<CompletableFuture<Void>> writers = IntStream.range(0, 16)
                .mapToObj(number -> CompletableFuture.runAsync(() -> {
                    try {
                        sealed.put("secret-" + number, SecretValue.of("s" + number));
                    } catch (IOException broken) {
                        throw new IllegalStateException(broken);
                    }
                }))
                .toList();
        writers.forEach(CompletableFuture::join);
        assertThat(sealed.names()).hasSize(16);
    }

    @Test
    void of_several_stores_the_first_that_has_it_answers_and_one_that_is_down_ends_the_question() {
        SecretStore one = new EnvironmentSecretStore(Map.of("TOLLGATE_SECRET_A", "one"), CLOCK);
        SecretStore two =
                new EnvironmentSecretStore(Map.of("TOLLGATE_SECRET_A", "two", "TOLLGATE_SECRET_B", "two"), CLOCK);
        SecretStore both = new FirstSecretStore(List.of(one, two));
        SecretStore down = new FirstSecretStore(List.of((_, _) -> SecretStore.unreachable(), two));
        assertThat(told(both.lease("a", MINUTE))).isEqualTo("one");
        assertThat(told(both.lease("b", MINUTE))).isEqualTo("two");
        assertThat(told(both.lease("c", MINUTE))).isEqualTo("rejected");
        assertThat(told(down.lease("a", MINUTE))).isEqualTo("unreachable");
    }

    @Test
    void a_volume_of_kubernetes_is_read_while_it_rotates_and_only_by_its_group() throws IOException {
        // Given
        Path volume = Files.createDirectory(folder.resolve("volume"));
        version(volume, "..v1", "one", "r--r-----");
        Files.createSymbolicLink(volume.resolve("..data"), Path.of("..v1"));
        Files.createSymbolicLink(volume.resolve("crm"), Path.of("..data", "crm"));
        SecretStore store = new FileSecretStore(volume, FileSecretStore.Readers.GROUP, CLOCK);
        SecretStore strict = new FileSecretStore(volume, CLOCK);

        Semaphore leases = new Semaphore(0);

        // When
        String before = told(store.lease("crm", MINUTE));
        String owner = told(strict.lease("crm", MINUTE));
        CompletableFuture<Void> rotating = CompletableFuture.runAsync(
                () -> rotate(volume, leases),
                task -> Thread.ofPlatform().daemon().start(task));
        while (!rotating.isDone()) {
            assertThat(told(store.lease("crm", MINUTE))).matches("one|two-\\d+");
            leases.release();
        }
        rotating.join();
        String after = told(store.lease("crm", MINUTE));
        version(volume, "..open", "three", "r--r--r--");
        turn(volume, "..open");

        // Then
        assertThat(before).isEqualTo("one");
        assertThat(owner).isEqualTo("rejected");
        assertThat(after).isEqualTo("two-199");
        assertThat(told(store.lease("crm", MINUTE))).isEqualTo("rejected");
    }

    /// No lease sees two turns: a real volume rotates once a minute.
    private static void rotate(Path volume, Semaphore leases) {
        try {
            Path old = volume.resolve("..v1");
            for (int number = 0; number < 200; number++) {
                leases.drainPermits();
                leases.acquireUninterruptibly(2);
                version(volume, "..w" + number, "two-" + number, "r--r-----");
                turn(volume, "..w" + number);
                Files.delete(old.resolve("crm"));
                Files.delete(old);
                old = volume.resolve("..w" + number);
            }
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static void version(Path volume, String name, String value, String mode) throws IOException {
        Path made = Files.createDirectory(volume.resolve(name));
        Path file = Files.write(made.resolve("crm"), value.getBytes(StandardCharsets.UTF_8));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private static void turn(Path volume, String name) throws IOException {
        Path next = volume.resolve("..data_tmp");
        Files.createSymbolicLink(next, Path.of(name));
        Files.move(next, volume.resolve("..data"), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }
}
