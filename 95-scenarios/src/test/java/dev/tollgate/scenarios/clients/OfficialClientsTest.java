// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.connectors.tryton.TrytonServer;
import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.BundleFolder;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.LaunchedGateway.Ended;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.NodeProject;
import dev.tollgate.scenarios.harness.TrytonDeployment;
import dev.tollgate.scenarios.harness.WireClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients that we did not write, through the whole gateway, on the demo CRM and on a real Tryton.
class OfficialClientsTest {
    private static final String INSPECTOR =
            "node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js";

    @TempDir
    Path folder;

    private NodeProject project() throws IOException, InterruptedException {
        return NodeProject.installed("85-server/src/test/node");
    }

    private static String url(GatewayUnderTest gateway) {
        return "http://127.0.0.1:" + gateway.port() + "/mcp";
    }

    private static Ask.Token sales(String... scopes) {
        return Ask.as("sales-copilot", "alice", "prepare-sales-call").with(scopes);
    }

    private void all(GatewayUnderTest gateway, Ask.Token who, String tool, String id, String expected)
            throws IOException, InterruptedException {
        NodeProject project = project();
        // When
        Ended clients = project.node(
                Map.of(), "clients.mjs", url(gateway), gateway.bearer(who), tool, "{\"id\":\"" + id + "\"}");

        // Then
        assertThat(clients.exit()).as(clients.out()).isZero();
        assertThat(clients.out().strip().lines())
                .hasSize(4)
                .allSatisfy(line -> assertThat(line)
                        .contains(tool)
                        .contains("\"isError\":false,\"agree\":true,\"wrongTokenRefused\":true"));
        assertThat(clients.out())
                .contains("\"2.4.0 modern\",\"version\":\"2026-07-28\"")
                .contains("\"2.4.0 auto\",\"version\":\"2026-07-28\"")
                .contains("\"2.4.0 legacy\",\"version\":\"2025-11-25\"")
                .contains("\"1.32.2\",\"version\":\"2025-11-25\"");
        for (String era : List.of("modern", "legacy")) {
            Ended list = inspector(project, gateway, who, era, "--method", "tools/list");
            Ended call = inspector(
                    project,
                    gateway,
                    who,
                    era,
                    "--method",
                    "tools/call",
                    "--tool-name",
                    tool,
                    "--tool-arg",
                    "id=\"" + id + "\"");
            assertThat(list.exit()).as(list.out()).isZero();
            assertThat(list.out()).contains("\"" + tool + "\"");
            assertThat(call.exit()).as(call.out()).isZero();
            assertThat(call.out()).contains("\"structuredContent\"").contains(expected);
        }
    }

    private Ended inspector(NodeProject project, GatewayUnderTest gateway, Ask.Token who, String era, String... what)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("--cli", url(gateway), "--transport", "http"));
        arguments.addAll(List.of("--protocol-era", era, "--format=json"));
        arguments.addAll(List.of("--header", "Authorization: Bearer " + gateway.bearer(who)));
        arguments.addAll(List.of(what));
        return project.node(Map.of("HOME", folder.toString()), INSPECTOR, arguments.toArray(String[]::new));
    }

    @Test
    void official_clients_and_the_inspector_use_the_demo_crm() throws IOException, InterruptedException {
        // Given
        try (GatewayUnderTest gateway = GatewayUnderTest.start(folder.resolve("data"))) {
            all(gateway, sales("crm:account:read"), "account_get", "acc_000001", "acc_000001");
        }
    }

    @Test
    void official_clients_and_the_inspector_use_a_real_tryton() throws IOException, InterruptedException {
        // Given
        BundleFolder bundle = TrytonDeployment.bundle(folder.resolve("bundle"));
        MovingClock clock = new MovingClock();
        try (GatewayUnderTest gateway = GatewayUnderTest.start(
                TrytonDeployment.configuration(
                        folder.resolve("data"), bundle, TrytonServer.config().database()),
                clock)) {
            Ask.Token who = sales("tryton:party:read");
            WireClient.Reply found = gateway.agent(who).call("tryton_party_search", "{}");
            assertThat(found.passed()).as(found.wire()).isTrue();
            String id = found.structured()
                    .path("records")
                    .path(0)
                    .path("values")
                    .path("id")
                    .asString("");
            assertThat(id).as(found.wire()).isNotEmpty();
            all(gateway, who, "tryton_party_get", id, "\"id\"");
        }
    }
}
