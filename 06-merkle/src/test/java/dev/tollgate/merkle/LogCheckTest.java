// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.merkle.verify.LogCheck;
import dev.tollgate.merkle.verify.Problem;
import dev.tollgate.merkle.verify.ProofCheck;
import dev.tollgate.merkle.verify.Report;
import dev.tollgate.merkle.verify.SeenCheckpoint;
import dev.tollgate.terms.SigningKey;
import dev.tollgate.terms.testing.Property;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An operator with the disk in hand, and in some tests with the key too, changes the past. The check finds it.
@Requirement("B-9")
class LogCheckTest {
    private static final int ENTRIES = 600;

    private final SigningKey key = TestKeys.fresh();

    @TempDir
    private Path folder;

    private Path log;
    private String witnessed = "";

    @BeforeEach
    void writeLog() throws IOException {
        log = folder.resolve("log");
        witnessed = write(log, ENTRIES, "entry ");
    }

    private String write(Path target, int entries, String word) throws IOException {
        try (TransparencyLog written =
                TransparencyLog.open(target, key, TestKeys.ORIGIN, InstantSource.system(), TestKeys.options())) {
            for (int at = 0; at < entries; at++) {
                written.append((word + at).getBytes(StandardCharsets.UTF_8));
            }
            return written.publish().note();
        }
    }

    private Report check(String... witnesses) throws IOException {
        return LogCheck.check(log, TestKeys.trust(key), List.of(witnesses), (_, _) -> {});
    }

    private List<Problem.Kind> kinds(String... witnesses) throws IOException {
        return check(witnesses).problems().stream().map(Problem::kind).toList();
    }

    private Path segment() {
        return log.resolve("segments/" + String.format("%020d.segment", 0));
    }

    @Test
    void an_untouched_log_is_sound() throws IOException {
        Report report = check(witnessed);

        assertThat(report.sound()).isTrue();
        assertThat(report.remarks()).isEmpty();
        assertThat(List.of(report.size(), report.signed())).containsOnly((long) ENTRIES);
    }

    @Test
    void one_flipped_bit_anywhere_in_the_segment_is_found() throws IOException {
        // Given
        byte[] sound = Files.readAllBytes(segment());
        int end = sound.length - 1;
        while (sound[end] == 0) {
            end--;
        }
        int used = end + 1;

        Property.forAll(150, random -> random.nextInt(used), at -> {
            try {
                // When
                byte[] changed = sound.clone();
                changed[at] ^= 1;
                Files.write(segment(), changed);

                // Then
                assertThat(check().sound()).as("byte %d", at).isFalse();
            } catch (IOException broken) {
                throw new java.io.UncheckedIOException(broken);
            }
        });
    }

    @Test
    void a_changed_or_missing_derived_file_is_found() throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(log.resolve("tile"))) {
            files = found.filter(Files::isRegularFile).sorted().toList();
        }
        assertThat(files).hasSize(7);
        for (Path file : files) {
            byte[] sound = Files.readAllBytes(file);
            byte[] changed = sound.clone();
            changed[changed.length / 2] ^= 1;

            Files.write(file, changed);
            assertThat(kinds()).as("%s changed", file).containsOnly(Problem.Kind.DERIVED);
            Files.delete(file);
            assertThat(kinds()).as("%s missing", file).containsOnly(Problem.Kind.DERIVED);
            Files.write(file, sound);
        }
        assertThat(check().sound()).isTrue();
    }

    @Test
    void a_log_that_is_cut_off_is_found_by_what_it_published() throws IOException {
        // Given the same log, some entries earlier
        Path shorter = folder.resolve("shorter");
        write(shorter, ENTRIES - 5, "entry ");

        // When its segment takes the place of the longer one
        Files.write(
                segment(),
                Files.readAllBytes(shorter.resolve("segments").resolve(segment().getFileName())));

        // Then
        assertThat(kinds()).contains(Problem.Kind.TRUNCATED);
    }

    @Test
    void a_log_that_is_cut_off_with_everything_it_published_is_found_by_a_witness() throws IOException {
        // Given
        Path longer = log;
        log = folder.resolve("shorter");
        write(log, ENTRIES - 5, "entry ");

        // When and then
        assertThat(kinds()).isEmpty();
        assertThat(kinds(witnessed)).containsExactly(Problem.Kind.TRUNCATED);
        assertThat(longer).isNotEqualTo(log);
    }

    @Test
    void a_log_that_is_rewritten_and_signed_again_is_found_by_a_witness() throws IOException {
        // Given
        log = folder.resolve("rewritten");
        write(log, ENTRIES + 100, "changed ");

        // When and then
        assertThat(kinds()).isEmpty();
        assertThat(kinds(witnessed)).containsExactly(Problem.Kind.REWRITTEN);
    }

    @Test
    void a_log_signed_by_another_key_is_found() throws IOException {
        Report report = LogCheck.check(log, TestKeys.trust(TestKeys.fresh()), List.of(witnessed), (_, _) -> {});

        assertThat(report.problems()).extracting(Problem::kind).contains(Problem.Kind.FORGED);
        assertThat(report.signed()).isZero();
    }

    @Test
    void a_missing_segment_is_found() throws IOException {
        // Given a log of several segments
        try (TransparencyLog written =
                TransparencyLog.open(log, key, TestKeys.ORIGIN, InstantSource.system(), TestKeys.options())) {
            for (int at = 0; at < 60; at++) {
                written.append(new byte[60_000]);
            }
        }
        List<Path> segments;
        try (Stream<Path> found = Files.list(log.resolve("segments"))) {
            segments = found.sorted().toList();
        }

        // When
        Files.delete(segments.get(1));

        // Then
        assertThat(segments).hasSizeGreaterThan(3);
        assertThat(kinds()).contains(Problem.Kind.TRUNCATED);
    }

    @Test
    void notes_and_proofs_that_are_nonsense_are_refused_and_nothing_else() {
        String proof = "c2sp.org/tlog-proof@v1\nindex 0\n\n" + witnessed;
        Property.forAll(
                2_000,
                random -> {
                    StringBuilder text = new StringBuilder(random.nextBoolean() ? proof : witnessed);
                    for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
                        int at = random.nextInt(text.length());
                        text.setCharAt(at, (char) (text.charAt(at) ^ (1 << random.nextInt(7))));
                    }
                    return text.toString();
                },
                text -> {
                    assertThat(ProofCheck.proofFile(text, new byte[0], TestKeys.trust(key)))
                            .isEmpty();
                    if (!text.equals(witnessed)) {
                        assertThat(SeenCheckpoint.open(text, TestKeys.trust(key)))
                                .as(text)
                                .isEmpty();
                    }
                });
    }
}
