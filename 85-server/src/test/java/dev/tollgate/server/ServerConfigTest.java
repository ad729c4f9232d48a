// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.server.http.HttpLimits;
import dev.tollgate.server.wire.JsonLimits;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerConfigTest {
    private static ServerConfig config(String host, boolean fixtures) {
        return new ServerConfig(
                host,
                0,
                Optional.of("https://gate.example.com/tollgate"),
                List.of("inner.example.com"),
                List.of(),
                List.of("https://issuer.example.com"),
                List.of("crm:contact:read"),
                "1",
                HttpLimits.DEFAULT,
                JsonLimits.DEFAULT,
                fixtures);
    }

    @Test
    void requests_may_be_addressed_to_every_name_that_the_server_is_known_by() {
        // When
        List<String> names = config("127.0.0.1", false).names();

        // Then
        assertThat(names).containsExactly("inner.example.com", "127.0.0.1", "gate.example.com");
    }

    @Test
    void fixtures_are_served_on_loopback_only() {
        assertThatThrownBy(() -> config("0.0.0.0", true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("server.fixtures is for loopback only");
    }

    @Test
    void a_server_behind_another_name_sends_clients_there() {
        // Given
        try (Wire wire = new Wire(config("127.0.0.1", false))) {
            // When
            String metadata = local(wire, "GET /.well-known/oauth-protected-resource HTTP/1.1");
            String refused = local(wire, "GET /v1/tools HTTP/1.1");

            // Then
            assertThat(metadata)
                    .contains("\"resource\":\"https://gate.example.com/tollgate/mcp\"")
                    .contains("\"authorization_servers\":[\"https://issuer.example.com\"]")
                    .contains("\"scopes_supported\":[\"crm:contact:read\"]");
            assertThat(refused)
                    .startsWith("HTTP/1.1 401 ")
                    .contains("resource_metadata=\"https://gate.example.com/tollgate/.well-known/");
        }
    }

    private static String local(Wire wire, String line) {
        try (Socketry socket = new Socketry(wire.server.port())) {
            socket.send(String.join("\r\n", line, "Host: gate.example.com", "Connection: close", "", ""));
            return socket.rest();
        }
    }
}
