// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.harness;

import dev.tollgate.connectors.tryton.TrytonConfig;
import dev.tollgate.connectors.tryton.TrytonServer;
import dev.tollgate.terms.RevealsSecret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Calls to the real Tryton by its administrator, past the gateway.
public final class TrytonCalls implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final TrytonConfig config = TrytonServer.config();
    private final String session = login();

    @RevealsSecret("Tryton's login takes the password")
    private String login() {
        String password = JSON.writeValueAsString(TrytonServer.password().reveal());
        JsonNode answer = result(send(
                "{\"id\":0,\"method\":\"common.db.login\",\"params\":[\"" + config.user() + "\",{\"password\":"
                        + password + "},\"en\"]}",
                Optional.empty()));
        String proof = config.user() + ":" + answer.path(0).asLong() + ":"
                + answer.path(1).asString("");
        return "Session " + Base64.getEncoder().encodeToString(proof.getBytes(StandardCharsets.UTF_8));
    }

    /// The result of a method.
    ///
    /// @param params a JSON array
    public JsonNode call(String method, String params) {
        return result(send("{\"id\":0,\"method\":\"" + method + "\",\"params\":" + params + "}", Optional.of(session)));
    }

    /// Sends a request as it is.
    public HttpResponse<String> send(String body, Optional<String> authorization) {
        URI database = config.database();
        HttpRequest.Builder request = HttpRequest.newBuilder(database)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        authorization.ifPresent(header -> request.header("Authorization", header));
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private static JsonNode result(HttpResponse<String> answer) {
        JsonNode result = JSON.readTree(answer.body()).get("result");
        if (answer.statusCode() != 200 || result == null) {
            throw new IllegalStateException("tryton said " + answer.statusCode() + " " + answer.body());
        }
        return result;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
