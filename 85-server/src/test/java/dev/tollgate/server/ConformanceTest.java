// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.server.NodeTools.Run;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The MCP conformance suite, whole, against the fixtures.
class ConformanceTest {
    @Test
    void every_required_scenario_of_both_revisions_passes() {
        // Given
        NodeTools.installed("85-server/conformance");
        try (Wire wire = new Wire(ServerConfig.local(0).withFixtures())) {
            // When
            Run run = NodeTools.run(
                    Map.of(),
                    "bash",
                    NodeTools.root().resolve("tools/conformance.sh").toString(),
                    wire.server.url() + "/mcp");

            // Then
            assertThat(run.out())
                    .contains("2026-07-28: 37 of 37 required scenarios passed")
                    .contains("2025-11-25: 30 of 30 required scenarios passed");
            assertThat(run.exit()).isZero();
        }
    }
}
