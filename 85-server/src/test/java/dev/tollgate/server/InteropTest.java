// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.server.NodeTools.Run;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that we did not write.
class InteropTest {
    private static final String PROJECT = "85-server/src/test/node";

    @Test
    void the_official_clients_list_call_and_are_refused_in_every_mode() {
        // Given
        Path project = NodeTools.installed(PROJECT);
        try (Wire wire = new Wire()) {
            // When
            Run run = NodeTools.run(
                    Map.of(),
                    NodeTools.node(project),
                    project.resolve("clients.mjs").toString(),
                    wire.server.url() + "/mcp",
                    "alice-token",
                    "contact_get",
                    "{\"id\":\"17\"}");

            // Then
            assertThat(run.exit()).as(run.out()).isZero();
            assertThat(run.out().strip().lines()).hasSize(4);
            assertThat(run.out())
                    .contains("\"2.4.0 modern\",\"version\":\"2026-07-28\"")
                    .contains("\"2.4.0 auto\",\"version\":\"2026-07-28\"")
                    .contains("\"2.4.0 legacy\",\"version\":\"2025-11-25\"")
                    .contains("\"1.32.2\",\"version\":\"2025-11-25\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"modern", "legacy"})
    void the_inspector_lists_and_calls(String era, @TempDir Path home) {
        // Given
        Path project = NodeTools.installed(PROJECT);
        try (Wire wire = new Wire()) {
            // When
            Run list = inspector(project, home, wire, era, "--method", "tools/list");
            Run call = inspector(
                    project,
                    home,
                    wire,
                    era,
                    "--method",
                    "tools/call",
                    "--tool-name",
                    "contact_get",
                    "--tool-arg",
                    "id=17");

            // Then
            assertThat(list.exit()).as(list.out()).isZero();
            assertThat(list.out()).contains("contact_get").contains("deal_get");
            assertThat(call.exit()).as(call.out()).isZero();
            assertThat(call.out()).contains("\"structuredContent\"").contains("1234.5");
            assertThat(wire.toolsCalled()).containsExactly("contact_get");
        }
    }

    private static Run inspector(Path project, Path home, Wire wire, String era, String... what) {
        String[] command = new String[11 + what.length];
        String[] fixed = {
            NodeTools.node(project),
            project.resolve("node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js")
                    .toString(),
            "--cli",
            wire.server.url() + "/mcp",
            "--transport",
            "http",
            "--protocol-era",
            era,
            "--header",
            "Authorization: Bearer alice-token",
            "--format=json"
        };
        System.arraycopy(fixed, 0, command, 0, fixed.length);
        System.arraycopy(what, 0, command, fixed.length, what.length);
        return NodeTools.run(Map.of("HOME", home.toString()), command);
    }
}
