// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.terms.SigningKey;
import dev.tollgate.terms.View;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a person may ask to be forgotten is gone, and the log still verifies.
@Requirement("B-9")
class ErasureTest {
    private static final Map<String, View> SHOWN = Map.of("name", View.CLEAR);

    private final SigningKey key = TestAudit.key();

    @TempDir
    private Path folder;

    private AuditReport verify(TestAudit audit) throws IOException {
        return AuditVerify.verify(folder.resolve("log"), TestAudit.trust(key), List.of(), Optional.of(audit.vault));
    }

    private static String vaultText(TestAudit audit) {
        return audit.store.read(session -> session.query("select * from audit_value")).stream()
                .map(row -> row.textIfAny("content").orElse("")
                        + row.textIfAny("subject_id").orElse(""))
                .reduce("", String::concat);
    }

    @Test
    void an_erased_customer_is_gone_and_the_log_verifies() throws IOException {
        try (TestAudit audit = new TestAudit(folder, key)) {
            // Given
            audit.answered("r1", "sales-copilot", "ann", "C-100", SHOWN);
            audit.answered("r2", "sales-copilot", "ann", "C-200", SHOWN);
            audit.log.publish();
            assertThat(vaultText(audit)).contains("C-100").contains("C-200");

            // When
            int erased = audit.vault.erase(Optional.of("demo/contact"), "C-100");

            // Then
            assertThat(erased).isEqualTo(3);
            assertThat(vaultText(audit)).doesNotContain("C-100").contains("C-200");
            AuditReport report = verify(audit);
            assertThat(report.sound()).isTrue();
            assertThat(List.of(report.kept(), report.erased(), report.missing()))
                    .isEqualTo(List.of(5L, 3L, 0L));
            audit.index.catchUp();
            assertThat(audit.questions
                            .accesses(
                                    Optional.empty(),
                                    "C-100",
                                    TestAudit.START,
                                    TestAudit.START.plus(Duration.ofDays(1)),
                                    0)
                            .rows())
                    .isEmpty();
            assertThat(audit.questions
                            .accesses(
                                    Optional.empty(),
                                    "C-200",
                                    TestAudit.START,
                                    TestAudit.START.plus(Duration.ofDays(1)),
                                    0)
                            .rows())
                    .hasSize(1);
        }
    }

    @Test
    void a_commitment_without_its_salt_tells_nothing_about_a_guess() {
        // Given two entries about the same record
        Personal same = Personal.customer("C-100");
        Payload first = Payload.seal(same, new byte[32]);
        byte[] otherSalt = new byte[32];
        otherSalt[31] = 1;
        Payload second = Payload.seal(same, otherSalt);

        // When and then
        assertThat(first.commitment()).isNotEqualTo(second.commitment()).hasSize(43);
        assertThat(new Payload(first.commitment(), same, otherSalt).holds()).isFalse();
        assertThat(new Payload(first.commitment(), Personal.customer("C-101"), new byte[32]).holds())
                .isFalse();
        assertThat(first.holds()).isTrue();
    }

    @Test
    void erasing_twice_or_somebody_unknown_erases_nothing() throws IOException {
        try (TestAudit audit = new TestAudit(folder, key)) {
            audit.answered("r1", "sales-copilot", "ann", "C-100", SHOWN);

            assertThat(audit.vault.erase(Optional.empty(), "C-999")).isZero();
            assertThat(audit.vault.erase(Optional.of("demo/lead"), "C-100")).isZero();
            assertThat(audit.vault.erase(Optional.empty(), "C-100")).isEqualTo(3);
            assertThat(audit.vault.erase(Optional.empty(), "C-100")).isZero();
        }
    }
}
