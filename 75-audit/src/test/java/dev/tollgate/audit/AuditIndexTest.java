// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.store.Store;
import dev.tollgate.terms.View;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
}
