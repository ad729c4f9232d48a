// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.merkle.LogOptions;
import dev.tollgate.merkle.TransparencyLog;
import dev.tollgate.merkle.verify.Problem;
import dev.tollgate.terms.SigningKey;
import dev.tollgate.terms.View;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An operator who wants another past, and what finds each attempt.
class AuditVerifyTest {
    private static final Map<String, View> SHOWN = Map.of("name", View.CLEAR, "email", View.MASKED);
    private static final String SEGMENT = "segments/" + String.format("%020d.segment", 0);

    private final SigningKey key = TestAudit.key();

    @TempDir
    private Path folder;

    private Path log;
    private final List<String> entries = new ArrayList<>();
    private String witnessed = "";

    @BeforeEach
    void writeLog() throws IOException {
        log = folder.resolve("log");
        try (TestAudit audit = new TestAudit(folder, key)) {
            audit.answered("r1", "sales-copilot", "ann", "C-100", SHOWN);
            audit.record(TestAudit.decision("r2", "sales-copilot", "bob", "C-200", "deny"));
            audit.answered("r3", "sales-copilot", "ann", "C-300", SHOWN);
            witnessed = audit.log.publish().note();
            audit.log.scan(0, audit.log.size(), (_, entry) -> entries.add(new String(entry, StandardCharsets.UTF_8)));
        }
    }

    private AuditReport verify(Path checked, String... witnesses) throws IOException {
        return AuditVerify.verify(checked, TestAudit.trust(key), List.of(witnesses), Optional.empty());
    }

    /// The same log with other entries, signed with the true key: what an operator can do who holds everything.
    private Path rewritten(List<String> other) throws IOException {
        Path target = Files.createTempDirectory(folder, "rewritten");
        LogOptions options = new LogOptions(1 << 20, Duration.ZERO, Duration.ofMinutes(1), List.of());
        try (TransparencyLog forged =
                TransparencyLog.open(target, key, TestAudit.ORIGIN, InstantSource.system(), options)) {
            other.forEach(entry -> forged.append(entry.getBytes(StandardCharsets.UTF_8)));
        }
        return target;
    }

    private static List<Problem.Kind> kinds(AuditReport report) {
        return report.log().problems().stream().map(Problem::kind).distinct().toList();
    }

    @Test
    @Requirement("B-9")
    void a_log_that_nobody_touched_is_sound() throws IOException {
        AuditReport report = verify(log, witnessed);

        assertThat(report.sound()).isTrue();
        assertThat(report.log().remarks()).isEmpty();
        assertThat(List.of(report.decisions(), report.openCount())).isEqualTo(List.of(3L, 0L));
    }

    /// Every byte of every entry in turn, so every field is among them, with the record's sum made right again.
    @Test
    @Requirement("B-9")
    void each_field_of_each_entry_that_is_changed_is_found() throws IOException {
        byte[] sound = Files.readAllBytes(log.resolve(SEGMENT));
        List<String> missed = new ArrayList<>();
        for (String entry : entries) {
            byte[] payload = entry.getBytes(StandardCharsets.UTF_8);
            int at = indexOf(sound, payload);
            for (int place = 0; place < payload.length; place += entry.length() / 150) {
                byte[] changed = sound.clone();
                changed[at + place] ^= 1;
                seal(changed, at - 28, payload.length);
                Files.write(log.resolve(SEGMENT), changed);
                if (verify(log).sound()) {
                    missed.add(entry.substring(0, place));
                }
            }
        }
        assertThat(missed).isEmpty();
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        String all = new String(bytes, StandardCharsets.ISO_8859_1);
        return all.indexOf(new String(wanted, StandardCharsets.ISO_8859_1));
    }

    private static void seal(byte[] segment, int record, int length) {
        CRC32C crc = new CRC32C();
        crc.update(segment, 28, 4);
        crc.update(segment, record, 24);
        crc.update(segment, record + 28, length);
        ByteBuffer.wrap(segment).putInt(record + 24, (int) crc.getValue());
    }

    @Test
    @Requirement("B-9")
    void a_field_that_is_changed_in_a_log_signed_again_is_found_by_a_witness() throws IOException {
        for (String field : List.of("\"ann\"", "C-", "\"permit\"", "sha256:ab", "approval-3", "\"masked\"")) {
            List<String> changed = entries.stream()
                    .map(entry -> entry.replaceFirst(java.util.regex.Pattern.quote(field), "\"eve\""))
                    .toList();
            if (!changed.equals(entries)) {
                assertThat(kinds(verify(rewritten(changed), witnessed)))
                        .as(field)
                        .contains(Problem.Kind.REWRITTEN);
            }
        }
    }

    @Test
    @Requirement("B-9")
    void dropping_the_last_entries_is_found_by_a_witness() throws IOException {
        for (int dropped = 1; dropped <= entries.size(); dropped++) {
            Path shorter = rewritten(entries.subList(0, entries.size() - dropped));

            assertThat(kinds(verify(shorter, witnessed))).containsExactly(Problem.Kind.TRUNCATED);
        }
    }

    @Test
    @Requirement("B-9")
    void dropping_the_last_entries_of_the_file_alone_needs_no_witness() throws IOException {
        Path shorter = rewritten(entries.subList(0, entries.size() - 1));
        Files.write(log.resolve(SEGMENT), Files.readAllBytes(shorter.resolve(SEGMENT)));

        assertThat(verify(log).sound()).isFalse();
    }

    @Test
    @Requirement("B-9")
    void reordering_is_found_by_a_witness_and_mostly_without_one() throws IOException {
        List<String> reordered = new ArrayList<>(entries);
        Collections.swap(reordered, 0, 1);

        AuditReport report = verify(rewritten(reordered), witnessed);

        assertThat(kinds(report)).containsExactly(Problem.Kind.REWRITTEN);
        assertThat(report.findings()).extracting(Finding::kind).contains(Finding.Kind.OUTCOME_WITHOUT_DECISION);
    }

    @Test
    @Requirement("B-9")
    void a_fork_is_found_by_whoever_saw_the_other_branch() throws IOException {
        // Given two logs that begin alike and go on differently
        List<String> other = new ArrayList<>(entries);
        other.set(4, entries.get(4).replace("C-300", "C-400").replace("r3", "r9"));
        other.addAll(entries.subList(0, 2));

        // When and then
        assertThat(kinds(verify(rewritten(other), witnessed))).containsExactly(Problem.Kind.REWRITTEN);
    }

    @Test
    @Requirement("B-9")
    void a_past_rewritten_from_the_start_is_found_by_a_witness() throws IOException {
        List<String> other = entries.stream()
                .map(entry -> entry.replace("sales-copilot", "other-copilot"))
                .toList();

        assertThat(kinds(verify(rewritten(other), witnessed))).containsExactly(Problem.Kind.REWRITTEN);
        assertThat(kinds(verify(rewritten(entries), witnessed))).isEmpty();
    }

    @Test
    @Requirement("B-9")
    void an_entry_that_is_forged_without_the_key_is_found() throws IOException {
        // Given a log that another key wrote
        SigningKey stolen = TestAudit.key();
        Path target = folder.resolve("forged");
        LogOptions options = new LogOptions(1 << 20, Duration.ZERO, Duration.ofMinutes(1), List.of());
        try (TransparencyLog forged =
                TransparencyLog.open(target, stolen, TestAudit.ORIGIN, InstantSource.system(), options)) {
            entries.forEach(entry -> forged.append(entry.getBytes(StandardCharsets.UTF_8)));
        }

        // When and then
        assertThat(kinds(verify(target))).contains(Problem.Kind.FORGED);
    }

    private List<Finding.Kind> findings(Consumer<List<String>> change) throws IOException {
        List<String> changed = new ArrayList<>(entries);
        change.accept(changed);
        return verify(rewritten(changed)).findings().stream()
                .map(Finding::kind)
                .distinct()
                .toList();
    }

    @Test
    void what_the_entries_must_not_say_is_found() throws IOException {
        assertThat(findings(all -> all.add("not json"))).containsExactly(Finding.Kind.MALFORMED);
        assertThat(findings(all -> all.add("{\"v\":1,\"v\":1}"))).containsExactly(Finding.Kind.MALFORMED);
        assertThat(findings(all -> all.set(2, " " + all.get(2)))).containsExactly(Finding.Kind.MALFORMED);
        assertThat(findings(all -> all.set(2, all.get(2).replace("\"kind\":\"decision\"", "\"kind\":\"dream\""))))
                .containsExactly(Finding.Kind.MALFORMED);
        assertThat(findings(all -> all.set(2, all.get(2).replace("\"policy\"", "\"polizei\""))))
                .containsExactly(Finding.Kind.MALFORMED);
        assertThat(findings(all -> all.remove(0))).contains(Finding.Kind.OUTCOME_WITHOUT_DECISION);
        assertThat(findings(all -> all.add(all.get(1))))
                .containsExactly(Finding.Kind.SECOND_OUTCOME, Finding.Kind.TOKEN_USED_TWICE);
        assertThat(findings(all -> all.set(1, all.get(1).replace("\"request\":\"r1\"", "\"request\":\"r8\""))))
                .containsExactly(Finding.Kind.REQUEST_MISMATCH);
        assertThat(findings(all -> all.set(0, all.get(0).replace("\"permit\"", "\"deny\""))))
                .containsExactly(Finding.Kind.RELEASED_WITHOUT_PERMIT);
        assertThat(findings(all -> all.set(4, all.get(4).replace("\"id\":\"t-r3\"", "\"id\":\"t-r1\""))))
                .containsExactly(Finding.Kind.TOKEN_USED_TWICE);
        assertThat(findings(all -> all.set(1, all.get(1).replace("09:00:00.003", "09:02:00.003"))))
                .containsExactly(Finding.Kind.TOKEN_EXPIRED);
        assertThat(findings(all -> all.set(
                        2, all.get(2).replace("2026-11-21T09:00:00Z\",\"call", "2025-11-21T09:00:00Z\",\"call"))))
                .containsExactly(Finding.Kind.TIME_WENT_BACK);
    }

    @Test
    void a_decision_that_a_crash_left_without_outcome_is_told() throws IOException {
        // Given
        List<String> crashed = entries.subList(0, 4);

        // When
        AuditReport report = verify(rewritten(crashed));

        // Then
        assertThat(report.sound()).isTrue();
        assertThat(report.open()).containsExactly(3L);
        assertThat(report.openCount()).isEqualTo(1);
    }

    @Test
    @Requirement("B-9")
    void a_changed_value_in_the_vault_is_found_and_a_lost_one_is_told() throws IOException {
        try (TestAudit audit = new TestAudit(folder, key)) {
            // Given
            audit.store.write(session -> session.update(
                    "update audit_value set content = '{\"record\":\"C-666\"}' where name = 'call'"
                            + " and subject_id = ?",
                    "C-100"));
            audit.store.write(session -> session.update("delete from audit_value where subject_id = ?", "C-300"));

            // When
            AuditReport report =
                    AuditVerify.verify(log, TestAudit.trust(key), List.of(witnessed), Optional.of(audit.vault));

            // Then
            assertThat(report.findings()).extracting(Finding::kind).containsExactly(Finding.Kind.COMMITMENT_BROKEN);
            assertThat(report.findings().getFirst().toString()).doesNotContain("C-666");
            assertThat(report.missing()).isEqualTo(3);
            assertThat(report.log().sound()).isTrue();
        }
    }

    @Test
    void a_log_is_checked_while_it_is_written() throws IOException {
        try (TestAudit audit = new TestAudit(folder, key)) {
            audit.answered("r4", "sales-copilot", "ann", "C-100", SHOWN);

            assertThat(verify(log, witnessed).sound()).isTrue();
        }
        try (Stream<Path> files = Files.list(log)) {
            assertThat(files.map(file -> file.getFileName().toString())).contains("checkpoint", "segments", "tile");
        }
    }
}
