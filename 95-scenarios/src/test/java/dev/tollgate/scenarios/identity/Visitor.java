// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.identity;

import dev.tollgate.scenarios.harness.RawHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// Somebody at a door of the gateway who says exactly what a test wants, header by header, on a new
/// connection each time.
record Visitor(int port, Optional<SSLContext> tls) {
    static final String ONE = "{\"id\":\"acc_000001\",\"fields\":[\"name\"]}";
    private static final String META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}";

    /// Without TLS.
    Visitor(int port) {
        this(port, Optional.empty());
    }

    /// The gateway's own address for a path.
    String url(String path) {
        return (tls.isPresent() ? "https" : "http") + "://127.0.0.1:" + port + path;
    }

    /// A new connection.
    RawHttp open() throws IOException {
        return tls.isEmpty()
                ? new RawHttp(port)
                : new RawHttp(tls.get().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port));
    }

    /// Calls `account_get` over MCP of the current revision, with these headers beside the usual.
    RawHttp.Exchange mcp(String arguments, String... headers) {
        return modern("/mcp", arguments, headers);
    }

    /// The same at an address that is not quite the door's.
    RawHttp.Exchange modern(String target, String arguments, String... headers) {
        List<String> all = new ArrayList<>(
                List.of("MCP-Protocol-Version: 2026-07-28", "Mcp-Method: tools/call", "Mcp-Name: account_get"));
        all.addAll(List.of(headers));
        return send(
                "POST",
                target,
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"account_get\","
                        + "\"arguments\":" + arguments + "," + META + "}}",
                all.toArray(String[]::new));
    }

    /// Calls `account_get` over REST.
    RawHttp.Exchange rest(String arguments, String... headers) {
        return send("POST", "/v1/tools/account_get", arguments, headers);
    }

    /// Asks for one decision over AuthZEN.
    RawHttp.Exchange authzen(String... headers) {
        return send(
                "POST",
                "/access/v1/evaluation",
                "{\"subject\":{\"type\":\"user\",\"id\":\"alice\"},\"action\":{\"name\":\"account_get\"},"
                        + "\"resource\":{\"type\":\"account\",\"id\":\"acc_000001\"}}",
                headers);
    }

    /// Any request.
    RawHttp.Exchange send(String method, String target, String body, String... headers) {
        try (RawHttp http = open()) {
            return http.exchange(request(method, target, body, headers));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// The bytes of a request.
    byte[] request(String method, String target, String body, String... headers) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        boolean hosted = false;
        for (String header : headers) {
            hosted |= header.startsWith("Host:");
            head.append(header).append("\r\n");
        }
        head.append(hosted ? "" : "Host: 127.0.0.1:" + port + "\r\n");
        head.append("Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n");
        head.append("Content-Length: ").append(bytes.length).append("\r\n\r\n");
        return (head + body).getBytes(StandardCharsets.UTF_8);
    }
}
