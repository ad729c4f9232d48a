// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cli.demo;

import dev.tollgate.terms.RevealsSecret;
import dev.tollgate.terms.SecretValue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/// A scripted agent over MCP, revision 2026-07-28: no handshake, one POST a call.
public final class McpAgent implements AutoCloseable {
    private static final String REVISION = "2026-07-28";
    /// A call that takes longer is a broken gateway, not a slow one.
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final ObjectMapper json = new ObjectMapper();
    private final URI endpoint;
    private final SecretValue token;
    private int calls;

    /// @param endpoint the MCP endpoint
    public McpAgent(URI endpoint, SecretValue token) {
        this.endpoint = endpoint;
        this.token = token;
    }

    /// What the gateway said to one call.
    ///
    /// @param refused    the gateway did not let it through
    /// @param text       what it said, when it refused
    /// @param structured the structured answer, when it did not
    public record Reply(boolean refused, String text, JsonNode structured) {}

    /// Names of the tools that this delegation may see.
    List<String> tools() throws IOException {
        JsonNode result = post("tools/list", "", json.createObjectNode()).path("result");
        List<String> names = new ArrayList<>();
        result.path("tools").forEach(tool -> names.add(tool.path("name").asString("")));
        return names;
    }

    /// Calls one tool; `arguments` is a JSON object.
    public Reply call(String tool, String arguments) throws IOException {
        ObjectNode params = json.createObjectNode();
        params.put("name", tool);
        params.set("arguments", json.readTree(arguments));
        JsonNode answer = post("tools/call", tool, params);
        JsonNode result = answer.path("result");
        if (answer.has("error")) {
            return new Reply(true, answer.path("error").path("message").asString(""), json.createObjectNode());
        }
        String text = result.path("content").path(0).path("text").asString("");
        boolean refused = result.path("isError").asBoolean(false);
        return new Reply(refused, refused ? text : "", result.path("structuredContent"));
    }

    @RevealsSecret("the agent presents its own bearer token to the gateway")
    private JsonNode post(String method, String name, ObjectNode params) throws IOException {
        ObjectNode meta = params.putObject("_meta");
        meta.put("io.modelcontextprotocol/protocolVersion", REVISION);
        meta.putObject("io.modelcontextprotocol/clientCapabilities");
        meta.putObject("io.modelcontextprotocol/clientInfo")
                .put("name", "tollgate-demo")
                .put("version", "1");
        ObjectNode message = json.createObjectNode();
        message.put("jsonrpc", "2.0").put("id", ++calls).put("method", method).set("params", params);
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("Authorization", "Bearer " + token.reveal())
                .header("MCP-Protocol-Version", REVISION)
                .header("Mcp-Method", method)
                .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(message)));
        if (!name.isEmpty()) {
            request.header("Mcp-Name", name);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == 401) {
                throw new IOException("the gateway does not accept the token");
            }
            return json.readTree(payload(response));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }

    /// The JSON of a response, whether it came plain or as the one event of a stream.
    private static String payload(HttpResponse<String> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (!type.startsWith("text/event-stream")) {
            return response.body();
        }
        StringBuilder data = new StringBuilder();
        response.body()
                .lines()
                .filter(line -> line.startsWith("data:"))
                .forEach(line -> data.append(line.substring(5)));
        return data.toString();
    }

    @Override
    public void close() {
        http.close();
    }
}
