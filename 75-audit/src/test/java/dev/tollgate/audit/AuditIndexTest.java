// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.store.Store;
import dev.tollgate.terms.View;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditIndexTest {
    private static final Map<String, View> SHOWN = Map.of("name", View.CLEAR);

    @TempDir
    private Path folder;

    private TestAudit audit;

    @BeforeEach
    void open() throws IOException {
        audit = new TestAudit(folder, TestAudit.key());
    }

    @AfterEach
    void close() {
        audit.close();
    }

    @Test
    void the_index_follows_the_log_by_itself() throws InterruptedException {
        // Given
        audit.answered("r1", "sales-copilot", "ann", "C-100", SHOWN);

        // When
        long patience = 1_000;
        while (audit.index.indexed() < audit.log.size() && patience-- > 0) {
            Thread.sleep(10);
        }

        // Then
        assertThat(audit.index.indexed()).isEqualTo(audit.log.size());
        List<Store.Record> rows = audit.store.read(session -> session.query("select kind from audit_event"));
        assertThat(rows).hasSize(2);
    }

    @Test
    void an_entry_that_is_handed_over_is_indexed_as_one_that_is_read_back() {
        // Given
        audit.answered("r1", "sales-copilot", "ann", "C-100", SHOWN);
        audit.answered("r2", "support-triage", "ben", "C-200", SHOWN);
        audit.index.catchUp();

        // When
        List<List<String>> handed = rows();
        audit.index.rebuild();

        // Then
        assertThat(rows()).isEqualTo(handed).hasSize(4);
    }

    private List<List<String>> rows() {
        return audit
                .store
                .read(session -> session.query("select log_index, at, kind, request_id, decision_index, agent, user_id,"
                        + " result, decision_id, token_id, value_id from audit_event order by log_index"))
                .stream()
                .map(row -> row.columns().stream()
                        .map(column -> column + "=" + (row.isNull(column) ? "" : said(row, column)))
                        .toList())
                .toList();
    }

    private static String said(Store.Record row, String column) {
        boolean number = column.equals("at") || column.endsWith("_index") || column.equals("value_id");
        return number ? Long.toString(row.number(column)) : row.text(column);
    }

    @Test
    void two_logs_in_one_store_are_told_apart() throws IOException {
        // Given
        try (TestAudit other = new TestAudit(folder.resolve("other"), TestAudit.key(), audit.store, "log-of-another")) {
            audit.answered("r1", "sales-copilot", "ann", "C-100", SHOWN);
            other.answered("r2", "sales-copilot", "ann", "C-100", SHOWN);
            audit.index.catchUp();
            other.index.catchUp();

            // When
            Instant from = Instant.EPOCH;
            Instant to = TestAudit.START.plusSeconds(60);
            List<Action> ours =
                    audit.questions.actions("sales-copilot", "ann", from, to, 0).rows();
            List<Action> theirs =
                    other.questions.actions("sales-copilot", "ann", from, to, 0).rows();
            List<Access> seen = other.questions
                    .accesses(Optional.empty(), "C-100", from, to, 0)
                    .rows();

            // Then
            assertThat(ours).extracting(Action::request).containsExactly("r1");
            assertThat(theirs).extracting(Action::request).containsExactly("r2");
            assertThat(seen).extracting(Access::request).containsExactly("r2");
        }
    }
}
