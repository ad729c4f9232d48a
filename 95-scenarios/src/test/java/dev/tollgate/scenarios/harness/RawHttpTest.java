// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RawHttpTest {
    @Test
    void an_answer_is_kept_byte_for_byte_and_its_chunks_are_joined() throws IOException {
        // Given
        String head = "HTTP/1.1 200 OK\r\nX-Some: one\r\nTransfer-Encoding: chunked\r\n\r\n";
        String answer = head.concat("3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n");

        // When
        RawHttp.Exchange exchange = exchange(answer);

        // Then
        assertThat(exchange.status()).isEqualTo(200);
        assertThat(exchange.headers()).containsEntry("x-some", "one");
        assertThat(exchange.text()).isEqualTo("abcdefg");
        assertThat(exchange.wire()).isEqualTo(answer);
    }

    @Test
    void a_body_with_a_length_is_read_to_its_end() throws IOException {
        // When
        RawHttp.Exchange exchange = exchange("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnone");

        // Then
        assertThat(exchange.status()).isEqualTo(404);
        assertThat(exchange.text()).isEqualTo("none");
    }

    private static RawHttp.Exchange exchange(String answer) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RawHttp client = new RawHttp(server.getLocalPort())) {
            CompletableFuture<String> served = CompletableFuture.supplyAsync(() -> serve(server, answer));
            RawHttp.Exchange exchange = client.exchange("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            assertThat(served.join()).isEqualTo(exchange.sent());
            return exchange;
        }
    }

    private static String serve(ServerSocket server, String answer) {
        try (Socket socket = server.accept()) {
            byte[] request = socket.getInputStream().readNBytes("GET / HTTP/1.1\r\n\r\n".length());
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
            return new String(request, StandardCharsets.ISO_8859_1);
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }
}
