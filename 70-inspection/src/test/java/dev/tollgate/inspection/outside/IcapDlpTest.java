// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IcapDlpTest {
    private static final Duration MOST = Duration.ofSeconds(5);
    private static final String PAGE = String.join(
            "\r\n",
            "ICAP/1.0 200 OK",
            "X-Violations-Found: 1",
            "Encapsulated: res-hdr=0, res-body=26",
            "",
            "HTTP/1.1 403 Forbidden",
            "",
            "0",
            "",
            "");

    @Test
    void a_message_is_sent_as_the_rfc_says_and_204_lets_it_go() {
        try (IcapStub server = new IcapStub(_ -> "ICAP/1.0 204 No Content\r\nISTag: \"1\"\r\n\r\n")) {
            // When
            Opinion said = dlp(server, MOST).check("mail", OutsideTest.parts("Grüße an Ada"));

            // Then: the server took it apart strictly
            assertThat(server.problem()).isEmpty();
            assertThat(server.body()).isEqualTo("Hi\r\n\r\nGrüße an Ada");
            assertThat(said).isEqualTo(new Opinion.Allows());
        }
    }

    @Test
    void the_same_body_back_lets_it_go_and_a_block_page_or_another_body_does_not() {
        try (IcapStub same = new IcapStub(IcapDlpTest::echo);
                IcapStub other = new IcapStub(_ -> echo("Hi\r\n\r\n[blocked]"));
                IcapStub page = new IcapStub(_ -> PAGE)) {
            // When
            Opinion unchanged = dlp(same, MOST).check("mail", OutsideTest.parts("Hello"));
            Opinion changed = dlp(other, MOST).check("mail", OutsideTest.parts("Hello"));
            Opinion blocked = dlp(page, MOST).check("mail", OutsideTest.parts("Hello"));

            // Then
            assertThat(unchanged).isEqualTo(new Opinion.Allows());
            assertThat(changed).isEqualTo(new Opinion.Denies());
            assertThat(blocked).isEqualTo(new Opinion.Denies());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 204 No Content\r\n\r\n",
                "ICAP/1.0 500 Server error\r\n\r\n",
                "ICAP/1.0 404 Not found\r\n\r\n",
                "ICAP/1.0 two hundred\r\n\r\n",
                "ICAP/1.0 204 No Content\r\nISTag: \"1\"\r\n",
                "ICAP/1.0"
            })
    void whatever_is_no_answer_is_silence(String answer) {
        try (IcapStub server = new IcapStub(_ -> answer)) {
            // When
            Opinion said = dlp(server, MOST).check("mail", OutsideTest.parts("Hello"));

            // Then
            assertThat(said).isInstanceOf(Opinion.Silent.class);
        }
    }

    @Test
    void a_flood_a_server_that_hangs_and_a_server_that_is_not_there_are_silence() {
        try (IcapStub flood = new IcapStub(_ -> "ICAP/1.0 200 OK\r\n" + "x".repeat(100_000));
                IcapStub hangs = IcapStub.hanging()) {
            // When
            Opinion flooded = dlp(flood, MOST).check("mail", OutsideTest.parts("Hello"));
            Opinion hung = dlp(hangs, Duration.ofMillis(300)).check("mail", OutsideTest.parts("x".repeat(1 << 20)));
            Opinion nobody =
                    new IcapDlp(URI.create("icap://127.0.0.1:1/dlp"), MOST).check("mail", OutsideTest.parts("Hello"));

            // Then
            assertThat(flooded).isInstanceOf(Opinion.Silent.class);
            assertThat(hung).isInstanceOf(Opinion.Silent.class);
            assertThat(nobody).isInstanceOf(Opinion.Silent.class);
        }
    }

    private static IcapDlp dlp(IcapStub server, Duration most) {
        return new IcapDlp(server.url(), most);
    }

    private static String echo(String body) {
        int half = body.length() / 2;
        return "ICAP/1.0 200 OK\r\nEncapsulated: req-hdr=0, req-body=40\r\n\r\nPOST / HTTP/1.1\r\nHost: x\r\n\r\n"
                + Integer.toHexString(half) + "\r\n" + body.substring(0, half) + "\r\n"
                + Integer.toHexString(body.length() - half) + ";x=1\r\n" + body.substring(half) + "\r\n0\r\n\r\n";
    }
}
