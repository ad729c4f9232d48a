// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import dev.tollgate.cli.Rooms.Asked;
import dev.tollgate.terms.Scope;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// Makes the calls of a first agent against a gateway of its own, so that what they load can be recorded.
final class WarmUp {
    private static final int CALLS = 200;

    private WarmUp() {}

    static void run(Configuration configuration, InstantSource clock) {
        try (Tollgate tollgate = Tollgate.start(configuration, clock);
                HttpClient http = HttpClient.newHttpClient()) {
            Set<Scope> scopes = new LinkedHashSet<>();
            Scope.parse("crm:account:read").ifPresent(scopes::add);
            Scope.parse("crm:contact:read").ifPresent(scopes::add);
            String token = HouseRooms.issue(
                    Keys.in(configuration.data()),
                    new Asked(
                            "sales-copilot",
                            "alice",
                            scopes,
                            Optional.of("prepare-sales-call"),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Duration.ofMinutes(15)));
            for (int at = 0; at < CALLS; at++) {
                post(http, tollgate, token, "tools/list", "", "{}");
                post(http, tollgate, token, "tools/call", "account_search", "{\"limit\":5}");
            }
        } catch (IOException failed) {
            throw new IllegalStateException("the warm-up could not call its gateway", failed);
        }
    }

    private static void post(HttpClient http, Tollgate to, String token, String method, String tool, String arguments)
            throws IOException {
        String call = tool.isEmpty() ? "" : "\"name\":\"" + tool + "\",\"arguments\":" + arguments + ",";
        String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{" + call + "\"_meta\":{"
                + "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}";
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(to.url() + "/mcp"))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("Authorization", "Bearer " + token)
                .header("MCP-Protocol-Version", "2026-07-28")
                .header("Mcp-Method", method)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!tool.isEmpty()) {
            request.header("Mcp-Name", tool);
        }
        try {
            http.send(request.build(), HttpResponse.BodyHandlers.discarding());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }
}
