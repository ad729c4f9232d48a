// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.egress.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.terms.testing.Property;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeadReaderProperties {
    private static final String PLAIN = """
            POST http://kb.test/articles?q=1 HTTP/1.1
            Host: kb.test
            Content-Length: 4
            X-Note: a, b
            Connection: X-Note, keep-alive
            Proxy-Authorization: Basic eA==

            """.replace("\n", "\r\n");

    private static HeadReader.Read read(byte[] bytes) {
        try {
            return HeadReader.read(new ByteArrayInputStream(bytes), 16 * 1024);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String passed(Framing framing, String body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Bodies.pass(framing, new ByteArrayInputStream(bytes(body)), out);
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    @Test
    void what_goes_on_has_no_word_that_was_meant_for_the_proxy() {
        // Given
        Asked asked = ((Asked.Reading.Clear) Asked.of((HeadReader.Read.Head) read(bytes(PLAIN)))).asked();

        // When
        String onward = new String(asked.onward(), StandardCharsets.ISO_8859_1);

        // Then
        assertThat(onward).isEqualTo("""
                POST /articles?q=1 HTTP/1.1
                host: kb.test
                content-length: 4
                connection: close

                """.replace("\n", "\r\n"));
    }

    @Test
    void a_damaged_head_is_refused_or_read_the_same_way_by_whoever_gets_it_next() {
        Property.forAll(
                random -> {
                    byte[] damaged = bytes(PLAIN);
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
                    return damaged;
                },
                damaged -> {
                    if (read(damaged) instanceof HeadReader.Read.Head head
                            && Asked.of(head) instanceof Asked.Reading.Clear(Asked asked)) {
                        byte[] onward = asked.onward();
                        HeadReader.Read.Head again = (HeadReader.Read.Head) read(onward);
                        assertThat(again.start()).isEqualTo(asked.method() + " " + asked.target() + " HTTP/1.1");
                        assertThat(Framing.of(again.fields(), new Framing.None()))
                                .isEqualTo(asked.framing());
                        assertThat(Framing.values(again.fields(), "host")).hasSize(1);
                    }
                });
    }

    @Test
    void a_head_is_no_longer_than_it_may_be() {
        assertThat(read(bytes("GET / HTTP/1.1\r\nX: " + "a".repeat(20_000)))).isEqualTo(new HeadReader.Read.TooLong());
        assertThat(read(bytes("GET / HTTP/1.1\r\n" + "X: a\r\n".repeat(101) + "\r\n")))
                .isEqualTo(new HeadReader.Read.TooLong());
        assertThat(read(new byte[0])).isEqualTo(new HeadReader.Read.Gone());
    }

    @Test
    void a_body_is_passed_to_its_end_and_not_a_byte_further() throws IOException {
        assertThat(passed(new Framing.Length(4), "textGET /")).isEqualTo("text");
        assertThat(passed(new Framing.None(), "GET /")).isEmpty();
        assertThat(passed(new Framing.Chunked(), "4;a=b\r\ntext\r\n03\r\nabc\r\n0\r\nX-T: y\r\n\r\nGET /"))
                .isEqualTo("4\r\ntext\r\n3\r\nabc\r\n0\r\n\r\n");
    }

    @Test
    void a_body_that_is_not_as_announced_is_broken() {
        for (String body : List.of(
                "4\r\ntex",
                "4\r\ntextX\r\n0\r\n\r\n",
                "x\r\n",
                "-1\r\n",
                "4\ntext\r\n",
                "0x4\r\ntext\r\n",
                "",
                "ffffffffffffffff\r\n",
                "0\r\nX: y\n\r\n",
                "1" + " ".repeat(600) + "\r\n")) {
            assertThatThrownBy(() -> passed(new Framing.Chunked(), body)).isInstanceOf(Bodies.BrokenBody.class);
        }
        assertThatThrownBy(() -> passed(new Framing.Length(5), "text")).isInstanceOf(Bodies.BrokenBody.class);
    }
}
