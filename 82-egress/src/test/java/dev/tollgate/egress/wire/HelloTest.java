// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.egress.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tollgate.terms.testing.Property;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;

class HelloTest {
    private static final int RECORD_HEAD = 5;

    /// What Java's own TLS says first.
    private static byte[] hello(String server) {
        try {
            SSLEngine engine = SSLContext.getDefault().createSSLEngine();
            engine.setUseClientMode(true);
            if (!server.isEmpty()) {
                SSLParameters parameters = engine.getSSLParameters();
                parameters.setServerNames(List.of(new SNIHostName(server)));
                engine.setSSLParameters(parameters);
            }
            ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            engine.wrap(ByteBuffer.allocate(0), out);
            return Arrays.copyOf(out.array(), out.position());
        } catch (NoSuchAlgorithmException | SSLException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static Optional<Hello> read(byte[] bytes) throws IOException {
        return Hello.read(new ByteArrayInputStream(bytes));
    }

    /// The same message in records of so many bytes.
    private static byte[] split(byte[] hello, int size) {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        for (int at = RECORD_HEAD; at < hello.length; at += size) {
            int length = Math.min(size, hello.length - at);
            records.write(hello, 0, 3);
            records.write(length >> Byte.SIZE);
            records.write(length);
            records.write(hello, at, length);
        }
        return records.toByteArray();
    }

    @Test
    void the_server_is_read_and_the_bytes_are_kept_as_they_came() throws IOException {
        for (int size : List.of(1, 7, 100, 16_000)) {
            // Given
            byte[] bytes = split(hello("CRM.example.com"), size);

            // When
            Hello hello = read(bytes).orElseThrow();

            // Then
            assertThat(hello.server()).contains("crm.example.com");
            assertThat(hello.bytes()).isEqualTo(bytes);
        }
    }

    @Test
    void a_hello_without_a_server_says_so() throws IOException {
        assertThat(read(hello("")).orElseThrow().server()).isEmpty();
    }

    @Test
    void what_is_no_hello_is_none() throws IOException {
        byte[] hello = hello("crm.example.com");
        byte[] alert = hello.clone();
        alert[0] = 21;
        byte[] answer = hello.clone();
        answer[RECORD_HEAD] = 2;
        byte[] more = Arrays.copyOf(hello, hello.length + 4);
        more[3] = (byte) ((hello.length - RECORD_HEAD + 4) >> Byte.SIZE);
        more[4] = (byte) (hello.length - RECORD_HEAD + 4);

        for (byte[] bytes : List.of(
                alert,
                answer,
                more,
                new byte[0],
                Arrays.copyOf(hello, 60),
                "GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII))) {
            assertThat(read(bytes)).isEmpty();
        }
    }

    @Test
    void a_hello_that_hides_or_doubles_its_server_is_none() throws IOException {
        byte[] hello = hello("crm.example.com");
        for (int type : List.of(0xfe0d, 0)) {
            // Given one more extension at the end
            byte[] more = Arrays.copyOf(hello, hello.length + 4);
            ByteBuffer bytes = ByteBuffer.wrap(more);
            bytes.putShort(hello.length, (short) type);
            lengthen(bytes);

            // Then
            assertThat(read(more)).isEmpty();
        }
    }

    /// Four more bytes in the record, the message and the extensions.
    private static void lengthen(ByteBuffer bytes) {
        bytes.putShort(3, (short) (bytes.getShort(3) + 4));
        bytes.putInt(RECORD_HEAD, bytes.getInt(RECORD_HEAD) + 4);
        int at = RECORD_HEAD + 4 + 34;
        at += 1 + bytes.get(at);
        at += 2 + bytes.getShort(at);
        at += 1 + bytes.get(at);
        bytes.putShort(at, (short) (bytes.getShort(at) + 4));
    }

    @Test
    void damage_never_throws_and_never_invents_a_server() {
        byte[] hello = hello("crm.example.com");
        Property.forAll(random -> random.nextInt(hello.length * 8), bit -> {
            byte[] damaged = hello.clone();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThatCode(() -> assertThat(read(damaged)
                                    .flatMap(Hello::server)
                                    .orElse("")
                                    .length())
                            .isLessThan(16_384))
                    .doesNotThrowAnyException();
        });
    }
}
