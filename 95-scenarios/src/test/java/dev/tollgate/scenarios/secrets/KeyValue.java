// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.secrets;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// As much of a vault's API as a gateway needs that reads its key-value secrets with a token.
final class KeyValue implements AutoCloseable {
    static final String TOKEN = "hvs.gateway-canary-5521";

    final Map<String, String> values = new ConcurrentHashMap<>();
    private final HttpServer server;

    KeyValue() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            boolean known = TOKEN.equals(exchange.getRequestHeaders().getFirst("X-Vault-Token"));
            Optional<String> value = Optional.ofNullable(values.get(path.substring(path.lastIndexOf('/') + 1)));
            String body = path.endsWith("lookup-self")
                    ? "{\"data\":{\"ttl\":3600,\"renewable\":true}}"
                    : value.map(text ->
                                    "{\"data\":{\"data\":{\"value\":\"" + text + "\"},\"metadata\":{\"version\":1}}}")
                            .orElse("{\"errors\":[]}");
            int found = path.endsWith("lookup-self") || value.isPresent() ? 200 : 404;
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(known ? found : 403, bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        });
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
