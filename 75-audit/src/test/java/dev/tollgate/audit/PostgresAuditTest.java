// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.RequestId;
import dev.tollgate.terms.SecretValue;
import dev.tollgate.terms.SigningKey;
import dev.tollgate.terms.View;
import dev.tollgate.terms.testing.Requirement;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same tables and questions on PostgreSQL.
class PostgresAuditTest {
    private static final Instant DAY = Instant.parse("2026-11-21T00:00:00Z");
    private static final Instant NEXT_DAY = DAY.plus(Duration.ofDays(1));

    @TempDir
    private Path folder;

    @Test
    @Requirement({"S0-27", "S1-26", "S3-14"})
    void questions_erasure_and_the_check_work_on_postgresql_too() throws IOException {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start()) {
            String url = "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres";
            StoreConfig config = StoreConfig.postgres(url, "postgres", SecretValue.of("postgres"));
            SigningKey key = TestAudit.key();
            try (TestAudit audit = new TestAudit(folder, key, Stores.open(config))) {
                // Given
                Map<String, View> shown = Map.of("name", View.CLEAR, "email", View.MASKED);
                audit.answered("r1", "sales-copilot", "ann", "C-100", shown);
                audit.answered("r2", "sales-copilot", "ann", "C-200", shown);
                audit.index.catchUp();

                // When
                Page<Access> accesses = audit.questions.accesses(Optional.empty(), "C-100", DAY, NEXT_DAY, 0);
                Page<Access> task = audit.questions.accesses(Optional.of("customer"), "customer-7", DAY, NEXT_DAY, 0);
                Page<Action> actions = audit.questions.actions("sales-copilot", "ann", DAY, NEXT_DAY, 0);
                Optional<Authorised> authorised = audit.questions.authorised("d-r2");
                List<StoredEntry> call = audit.questions.call(new RequestId("r2"));
                int erased = audit.vault.erase(Optional.empty(), "C-100");
                long rebuilt = audit.index.rebuild();
                AuditReport report = AuditVerify.verify(
                        folder.resolve("log"), TestAudit.trust(key), List.of(), Optional.of(audit.vault));

                // Then
                assertThat(accesses.rows()).extracting(Access::request).containsExactly("r1");
                assertThat(accesses.rows().getFirst().proven()).isTrue();
                assertThat(task.rows()).extracting(Access::record).containsExactly("C-100", "C-200");
                assertThat(actions.rows()).extracting(Action::result).containsOnly(Optional.of("released"));
                assertThat(authorised.orElseThrow().token().orElseThrow().text("token/id"))
                        .contains("t-r2");
                assertThat(call).hasSize(2);
                assertThat(erased).isEqualTo(3);
                assertThat(rebuilt).isEqualTo(4);
                assertThat(report.sound()).isTrue();
                assertThat(report.erased()).isEqualTo(3);
            }
        }
    }
}
