// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.harness;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.GZIPInputStream;

/// An OpenTelemetry collector that keeps what it is sent, byte for byte: texts stand in the protobuf as they are.
public final class SpanCollector implements AutoCloseable {
    private final Queue<String> bodies = new ConcurrentLinkedQueue<>();
    private final HttpServer server;

    /// Begins to listen on a free port of this machine.
    public SpanCollector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            byte[] plain = packed ? new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes() : body;
            bodies.add(new String(plain, StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    /// Where traces are to be sent.
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces");
    }

    /// Everything that was sent, a character a byte.
    public String text() {
        return String.join("\n", bodies);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
