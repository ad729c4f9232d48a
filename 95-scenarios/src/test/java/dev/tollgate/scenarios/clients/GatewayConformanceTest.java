// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.LaunchedGateway;
import dev.tollgate.scenarios.harness.NodeProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The MCP conformance suite, whole, against `tollgate up` with the fixtures mounted by its configuration file.
class GatewayConformanceTest {
    @TempDir
    Path folder;

    @Test
    void every_required_scenario_of_both_revisions_passes_on_a_launched_gateway()
            throws IOException, InterruptedException {
        // Given
        NodeProject.installed("85-server/conformance");
        Path config = Files.writeString(folder.resolve("fixtures.yaml"), "fixtures: true\n");
        try (LaunchedGateway gateway =
                LaunchedGateway.start(folder.resolve("data"), List.of(), List.of("--config", config.toString()))) {
            // When
            LaunchedGateway.Ended suite = NodeProject.run(
                    Map.of(), List.of("bash", "tools/conformance.sh", "http://127.0.0.1:" + gateway.port() + "/mcp"));

            // Then
            assertThat(suite.out())
                    .contains("2026-07-28: 37 of 37 required scenarios passed")
                    .contains("2025-11-25: 30 of 30 required scenarios passed");
            assertThat(suite.exit()).isZero();
        }
    }

    @Test
    void fixtures_are_refused_on_an_address_that_others_reach() throws IOException, InterruptedException {
        // Given
        Path config =
                Files.writeString(folder.resolve("open.yaml"), "fixtures: true\nlisten: {host: 0.0.0.0, port: 0}\n");

        // When
        LaunchedGateway.Ended ended =
                LaunchedGateway.run("up", "--data", folder.resolve("data").toString(), "--config", config.toString());

        // Then
        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.out()).contains("`fixtures` needs a loopback `listen.host`");
    }
}
