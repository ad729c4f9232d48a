// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.app.Configuration;
import dev.tollgate.catalog.DataClasses;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LogCapture;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.SpanCollector;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same as for the demo CRM, with a real Tryton behind its contract and every tool open to every workflow.
class TrytonMatrixTest {
    /// `make matrix` asks by every tool; otherwise by those that read one record, since Tryton is slow.
    private static final boolean WHOLE = Boolean.getBoolean("tollgate.matrix.whole");

    @TempDir
    Path folder;

    @Test
    @Requirement({"B-1", "S0-1", "S0-9", "S0-16"})
    void a_canary_is_seen_in_the_cells_that_policy_permits_and_nowhere_else() throws IOException {
        // Given
        BundleFolder files = Ground.withTryton(folder.resolve("bundle"), TrytonCanaries.OWNER);
        BundleText bundle = BundleText.read(files.path(), "tryton.yaml", "tryton");
        MovingClock clock = new MovingClock();
        Path data = folder.resolve("data");

        try (TrytonCanaries tryton = new TrytonCanaries(bundle, clock);
                LogCapture logs = new LogCapture();
                SpanCollector spans = new SpanCollector()) {
            Canaries canaries = tryton.planted();
            Configuration configuration = Ground.traced(Ground.tryton(data, files, tryton.endpoint()), spans);
            Matrix.Found found;
            try (GatewayUnderTest gateway = GatewayUnderTest.start(configuration, clock)) {
                // When
                found = new Matrix(bundle, new Oracle(bundle, DataClasses.BASE, "tryton"), canaries, gateway)
                        .run(who -> true, tool -> WHOLE || tool.kind().equals("get"));
            }

            // Then
            String log = LogFolder.text(data.resolve("log"));
            assertThat(found.problems()).isEmpty();
            assertThat(found.clear()).as("cells seen clear").isGreaterThan(3_000);
            assertThat(found.masked()).as("cells seen masked").isGreaterThan(100);
            assertThat(found.withheld()).as("cells withheld").isGreaterThan(30_000);
            assertThat(canaries.needles().in(logs.text())).isEmpty();
            assertThat(spans.text()).contains("tools/call");
            assertThat(canaries.needles().in(spans.text())).isEmpty();
            assertThat(log).doesNotContain("\"level\":\"high\"");
            assertThat(canaries.needles().in(log)).isEmpty();
        }
    }
}
