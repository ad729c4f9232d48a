// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RevealsSecret;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretStoreTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Refusal REJECTED = new Refusal.UpstreamFailed(SecretStore.SYSTEM, "rejected");

    @TempDir
    Path folder;

    private Path put(String name, String content, String mode) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private SecretStore files() {
        return new FileSecretStore(folder, CLOCK);
    }

    @RevealsSecret("the test compares it")
    private static String revealed(Step<Lease> step) {
        return switch (step) {
            case Step.Passed<Lease> passed -> passed.state().secret().reveal();
            case Step.Refused<Lease> refused -> "refused: " + refused.why().code();
        };
    }

    private static Optional<Refusal> refusal(Step<Lease> step) {
        return switch (step) {
            case Step.Passed<Lease> _ -> Optional.empty();
            case Step.Refused<Lease> refused -> Optional.of(refused.why());
        };
    }

    private static Instant expires(Step<Lease> step) {
        return switch (step) {
            case Step.Passed<Lease> passed -> passed.state().expires();
            case Step.Refused<Lease> _ -> Instant.MIN;
        };
    }

    @Test
    void a_file_is_a_secret_without_its_line_end() throws IOException {
        put("tryton", "s3cret\n", "rw-------");
        put("windows", " two\nlines \r\n", "r--------");
        assertThat(revealed(files().lease("tryton", MINUTE))).isEqualTo("s3cret");
        assertThat(revealed(files().lease("windows", MINUTE))).isEqualTo(" two\nlines ");
    }

    @Test
    void a_rotated_secret_is_used_at_the_next_lease() throws IOException {
        put("tryton", "old", "rw-------");
        SecretStore store = files();
        String before = revealed(store.lease("tryton", MINUTE));
        put("tryton", "new", "rw-------");
        assertThat(List.of(before, revealed(store.lease("tryton", MINUTE)))).containsExactly("old", "new");
    }

    @Requirement("S1-34")
    @Test
    void no_lease_is_longer_than_15_minutes() throws IOException {
        put("tryton", "s3cret", "rw-------");
        SecretStore environment = new EnvironmentSecretStore(Map.of("TOLLGATE_SECRET_TRYTON", "s3cret"), CLOCK);
        for (SecretStore store : List.of(files(), environment)) {
            assertThat(expires(store.lease("tryton", Duration.ofDays(1)))).isEqualTo(NOW.plusSeconds(900));
            assertThat(expires(store.lease("tryton", MINUTE))).isEqualTo(NOW.plusSeconds(60));
        }
    }

    @Test
    void a_lease_ends_at_its_instant() {
        SecretStore store = new EnvironmentSecretStore(Map.of("TOLLGATE_SECRET_A", "x"), CLOCK);
        assertThat(store.lease("a", MINUTE)).isInstanceOfSatisfying(Step.Passed.class, passed -> {
            Lease lease = (Lease) passed.state();
            assertThat(lease.live(NOW.plusSeconds(59))).isTrue();
            assertThat(lease.live(NOW.plusSeconds(60))).isFalse();
        });
        assertThatThrownBy(() -> store.lease("a", Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_file_that_others_may_read_is_refused() throws IOException {
        for (String mode : List.of("rw-r-----", "rw----r--", "rw-rw-rw-")) {
            put("shared", "s3cret", mode);
            assertThat(refusal(files().lease("shared", MINUTE))).contains(REJECTED);
        }
    }

    @Test
    void no_name_leaves_the_folder() throws IOException {
        Path outside = Files.writeString(folder.resolveSibling("outside-" + folder.getFileName()), "s3cret");
        Files.setPosixFilePermissions(outside, PosixFilePermissions.fromString("rw-------"));
        Files.createSymbolicLink(folder.resolve("link"), outside);
        Files.createDirectory(folder.resolve("sub"));
        List<String> names = List.of(
                "link", "sub", "../" + outside.getFileName(), outside.toString(), "", ".", "..", "A", "a/b", "a\0b");
        for (String name : names) {
            assertThat(refusal(files().lease(name, MINUTE))).contains(REJECTED);
        }
        Files.delete(outside);
    }

    @Test
    void a_link_inside_the_folder_is_followed_as_orchestrators_make_them() throws IOException {
        Path version = Files.createDirectory(folder.resolve("..2026"));
        Path file = Files.writeString(version.resolve("tryton"), "s3cret");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.createSymbolicLink(folder.resolve("tryton"), Path.of("..2026", "tryton"));
        assertThat(revealed(files().lease("tryton", MINUTE))).isEqualTo("s3cret");
    }

    @Test
    void what_is_missing_empty_huge_or_not_text_is_refused_alike() throws IOException {
        put("empty", "", "rw-------");
        put("huge", "x".repeat(65_537), "rw-------");
        Files.write(put("binary", "", "rw-------"), new byte[] {(byte) 0xC3, 0x28});
        for (String name : List.of("missing", "empty", "huge", "binary")) {
            assertThat(refusal(files().lease(name, MINUTE))).contains(REJECTED);
        }
        assertThat(refusal(new FileSecretStore(folder.resolve("gone"), CLOCK).lease("a", MINUTE)))
                .contains(REJECTED);
    }

    @Test
    void the_environment_gives_only_its_own_variables() {
        SecretStore store = new EnvironmentSecretStore(
                Map.of("TOLLGATE_SECRET_TRYTON_MAIN", "s3cret", "PATH", "/bin", "TOLLGATE_SECRET_NONE", ""), CLOCK);
        assertThat(revealed(store.lease("tryton-main", MINUTE))).isEqualTo("s3cret");
        assertThat(refusal(store.lease("none", MINUTE))).contains(REJECTED);
        assertThat(refusal(store.lease("path", MINUTE))).contains(REJECTED);
        assertThat(refusal(store.lease("tryton_main", MINUTE))).contains(REJECTED);
        assertThat(store.toString()).doesNotContain("s3cret");
    }

    @Requirement("S1-34")
    @Test
    void every_try_is_told_and_none_is_handed_over_untold() {
        List<ObservedSecretStore.Observed> seen = new ArrayList<>();
        SecretStore store = new EnvironmentSecretStore(Map.of("TOLLGATE_SECRET_A", "s3cret"), CLOCK);
        SecretStore observed = new ObservedSecretStore(store, seen::add);
        observed.lease("a", MINUTE, Optional.of("d1"));
        observed.lease("b", MINUTE);
        observed.lease("c".repeat(500), MINUTE);
        assertThat(seen)
                .containsExactly(
                        new ObservedSecretStore.Observed("a", Optional.of("d1"), Optional.of(NOW.plusSeconds(60))),
                        new ObservedSecretStore.Observed("b", Optional.empty(), Optional.empty()),
                        new ObservedSecretStore.Observed("c".repeat(64), Optional.empty(), Optional.empty()));
        SecretStore unheard = new ObservedSecretStore(store, _ -> {
            throw new IllegalStateException("the log is full");
        });
        assertThatThrownBy(() -> unheard.lease("a", MINUTE)).hasMessage("the log is full");
    }

    @Test
    void nothing_that_is_printed_shows_the_secret() {
        SecretStore store = new EnvironmentSecretStore(Map.of("TOLLGATE_SECRET_A", "s3cret"), CLOCK);
        assertThat(store.lease("a", MINUTE).toString()).contains("***").doesNotContain("s3cret");
    }
}
