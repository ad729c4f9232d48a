// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.merkle.verify.EntryFiles;
import dev.tollgate.terms.PolicyVersion;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RequestId;
import dev.tollgate.terms.SigningKey;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.View;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
    private static final Map<String, View> SHOWN = Map.of("name", View.CLEAR, "email", View.MASKED);

    private final SigningKey key = TestAudit.key();

    @TempDir
    private Path folder;

    private static void story(TestAudit audit) {
        audit.record(new AuditEntry.Administered(
                AuditEntry.Administered.Event.STARTED,
                "gateway",
                Optional.of(TestAudit.POLICY),
                Map.of("version", "0.1.0")));
        audit.record(new AuditEntry.Refused(
                new RequestId("r0"),
                Optional.empty(),
                "contact_get",
                new Refusal.Unauthenticated(),
                Optional.of("expired"),
                Optional.of("4bf92f3577b34da6a3ce929d0e0e4736")));
        long decision = audit.record(TestAudit.decision("r1", "sales-copilot", "ann", "C-100", "permit"));
        audit.record(new AuditEntry.TokenIssued(new RequestId("r1"), decision, TestAudit.token("t-r1")));
        audit.record(new AuditEntry.SecretLeased(
                Optional.of("d1"), TestAudit.DEMO, "demo-reader", Optional.of(Duration.ofMinutes(5))));
        audit.record(TestAudit.outcome("r1", decision, "C-100", SHOWN));
    }

    @Test
    @Requirement({"S0-24", "S1-25", "S3-7"})
    void entries_have_these_bytes() throws IOException {
        // Given
        List<String> lines = new ArrayList<>();
        try (TestAudit audit = new TestAudit(folder, key)) {
            story(audit);

            // When
            audit.log.scan(0, audit.log.size(), (_, entry) -> lines.add(new String(entry, StandardCharsets.UTF_8)));
        }

        // Then
        Path golden =
                Path.of(System.getProperty("tollgate.root", ".."), "75-audit/src/test/resources/golden/entries.jsonl");
        if ("write".equals(System.getProperty("tollgate.golden"))) {
            Files.write(golden, lines);
        }
        assertThat(lines).isEqualTo(Files.readAllLines(golden));
    }

    @Test
    void entries_are_canonical_to_another_implementation_too() throws IOException {
        try (TestAudit audit = new TestAudit(folder, key)) {
            // Given
            story(audit);
            List<String> entries = new ArrayList<>();
            audit.log.scan(0, audit.log.size(), (_, entry) -> entries.add(new String(entry, StandardCharsets.UTF_8)));

            // When and then
            for (String entry : entries) {
                assertThat(new JsonCanonicalizer(entry).getEncodedString()).isEqualTo(entry);
            }
        }
    }

    @Test
    void nothing_personal_is_in_the_log() throws IOException {
        // Given
        try (TestAudit audit = new TestAudit(folder, key)) {
            audit.answered("r1", "sales-copilot", "ann", "CANARY-100", SHOWN);
            audit.record(TestAudit.decision("r2", "sales-copilot", "ann", "CANARY-200", "deny"));
        }

        // When
        List<Path> files;
        try (Stream<Path> found = Files.walk(folder.resolve("log"))) {
            files = found.filter(Files::isRegularFile).toList();
        }

        // Then
        assertThat(files).hasSizeGreaterThan(3);
        for (Path file : files) {
            String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
            assertThat(bytes.contains("CANARY")).as(file.toString()).isFalse();
            assertThat(bytes.contains("customer-7")).as(file.toString()).isFalse();
            assertThat(bytes.contains("user-17")).as(file.toString()).isFalse();
        }
    }

    @Test
    void an_entry_that_cannot_be_written_is_refused() throws IOException {
        try (TestAudit audit = new TestAudit(folder, key)) {
            // Given
            audit.log.close();

            // When
            Step<AuditLog.Recorded> step =
                    audit.audit.record(TestAudit.decision("r1", "sales-copilot", "ann", "C-1", "permit"));

            // Then
            assertThat(step).isEqualTo(Step.refuse(new Refusal.Unrecorded()));
        }
    }

    @Test
    void an_entry_whose_personal_values_cannot_be_kept_is_refused() throws IOException {
        try (TestAudit audit = new TestAudit(folder, key)) {
            // Given
            audit.index.close();
            audit.store.close();

            // When
            Step<AuditLog.Recorded> step =
                    audit.audit.record(TestAudit.decision("r1", "sales-copilot", "ann", "C-1", "permit"));

            // Then
            assertThat(step).isEqualTo(Step.refuse(new Refusal.Unrecorded()));
        }
    }

    @Test
    void an_entry_that_is_too_large_is_refused_and_the_log_goes_on() throws IOException {
        try (TestAudit audit = new TestAudit(folder, key)) {
            // When
            Step<AuditLog.Recorded> step = audit.audit.record(new AuditEntry.Administered(
                    AuditEntry.Administered.Event.STARTED, "x".repeat(70_000), Optional.empty(), Map.of()));

            // Then
            assertThat(step).isEqualTo(Step.refuse(new Refusal.Unrecorded()));
            assertThat(audit.record(TestAudit.decision("r1", "sales-copilot", "ann", "C-1", "deny")))
                    .isZero();
        }
    }

    @Test
    void time_in_the_log_never_goes_back() throws IOException {
        // Given
        try (TestAudit audit = new TestAudit(folder, key)) {
            audit.record(TestAudit.decision("r1", "sales-copilot", "ann", "C-1", "deny"));
            audit.now.set(TestAudit.START.minus(Duration.ofDays(400)));
            audit.record(TestAudit.decision("r2", "sales-copilot", "ann", "C-1", "deny"));
        }

        // When it starts again with the clock still wrong
        try (TestAudit audit = new TestAudit(folder, key)) {
            audit.now.set(TestAudit.START.minus(Duration.ofDays(400)));
            audit.record(TestAudit.decision("r3", "sales-copilot", "ann", "C-1", "deny"));

            // Then
            for (long index = 0; index < 3; index++) {
                assertThat(StoredEntry.read(index, audit.log.entry(index)).at()).contains(TestAudit.START);
            }
        }
    }

    @Test
    void an_interrupted_caller_hears_the_truth_and_does_not_stop_the_log() throws Exception {
        try (TestAudit audit = new TestAudit(folder, key)) {
            // When
            CompletableFuture<Step<AuditLog.Recorded>> heard = new CompletableFuture<>();
            Thread caller = Thread.ofVirtual().start(() -> {
                Thread.currentThread().interrupt();
                heard.complete(audit.audit.record(new AuditEntry.Administered(
                        AuditEntry.Administered.Event.STOPPED, "gateway", Optional.empty(), Map.of())));
            });
            caller.join();

            // Then
            assertThat(heard.join()).isEqualTo(Step.pass(new AuditLog.Recorded(0)));
            assertThat(audit.record(TestAudit.decision("r2", "sales-copilot", "ann", "C-1", "deny")))
                    .isEqualTo(1);
        }
    }

    @Test
    void entries_can_be_read_beside_the_running_log() throws IOException {
        try (TestAudit audit = new TestAudit(folder, key)) {
            // Given
            story(audit);
            EntryFiles files = new EntryFiles(folder.resolve("log"));

            // When
            byte[] first = files.entry(0).orElseThrow();
            audit.record(TestAudit.decision("r9", "sales-copilot", "ann", "C-1", "deny"));
            byte[] newest = files.entry(6).orElseThrow();

            // Then
            assertThat(first).isEqualTo(audit.log.entry(0));
            assertThat(newest).isEqualTo(audit.log.entry(6));
            assertThat(files.entry(7)).isEmpty();
        }
    }

    @Test
    void names_of_personal_values_are_unique_and_nothing_personal_is_printed() {
        Personal value = Personal.customer("CANARY");

        assertThat(List.of(value.toString(), value.subject().orElseThrow().toString()))
                .noneMatch(text -> text.contains("CANARY"));
        assertThatThrownBy(() -> new Personal("Not a name", Optional.empty(), Value.NULL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("Not a name");
        assertThat(new PolicyVersion("v1").value()).isEqualTo("v1");
    }
}
