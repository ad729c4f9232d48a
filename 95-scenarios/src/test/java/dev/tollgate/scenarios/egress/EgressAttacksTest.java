// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.RawHttp;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What an attacker tries who owns a runtime, or a name that the bundle has.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EgressAttacksTest {
    private final Ground ground;

    EgressAttacksTest(@TempDir Path folder) throws IOException {
        ground = Ground.open(folder);
    }

    @AfterAll
    void close() {
        ground.close();
    }

    private String basic() {
        return Base64.getEncoder().encodeToString(("agent:" + ground.token()).getBytes(StandardCharsets.UTF_8));
    }

    /// Says these words to the proxy, with a token, and gives back all that it answers.
    private String said(String request) throws IOException {
        String whole = request.replace("AUTH", "Proxy-Authorization: Basic " + basic())
                .replace("LENGTH", "Content-Length: 4\r\n")
                .replace("CHUNKED", "Transfer-Encoding: chunked\r\n")
                .replace("KB", "kb.test:" + ground.kb().port())
                .replace("CRM", "crm.test:" + ground.crm().port());
        try (RawHttp http = new RawHttp(ground.gateway().egressPort())) {
            return http.exchange(whole.getBytes(StandardCharsets.ISO_8859_1)).received();
        }
    }

    @Test
    void the_requests_below_would_go_through_without_what_is_wrong_with_them() throws IOException {
        // When
        String answer = said("POST http://KB/articles HTTP/1.1\r\nHost: KB\r\nAUTH\r\nLENGTH\r\ntext");

        // Then
        assertThat(answer).startsWith("HTTP/1.1 200 ").contains("this is the knowledge base");
    }

    @ParameterizedTest
    @Requirement("S1-32")
    @ValueSource(
            strings = {
                "POST http://KB/articles HTTP/1.1\r\nHost: KB\r\nAUTH\r\nLENGTHCHUNKED\r\n0\r\n\r\n",
                "POST http://KB/articles HTTP/1.1\r\nHost: KB\r\nAUTH\r\nLENGTHContent-Length: 5\r\n\r\ntext",
                "POST http://KB/articles HTTP/1.1\r\nHost: KB\r\nAUTH\r\nContent-Length: +4\r\n\r\ntext",
                "POST http://KB/articles HTTP/1.1\r\nHost: KB\r\nAUTH\r\nTransfer-Encoding: gzip,chunked\r\n\r\n",
                "POST http://KB/articles HTTP/1.1\r\nHost: KB\r\nAUTH\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                "GET http://KB/articles HTTP/1.1\r\nHost: attacker.example.com\r\nAUTH\r\n\r\n",
                "GET http://KB/articles HTTP/1.1\r\nHost: KB\r\nHost: attacker.example.com\r\nAUTH\r\n\r\n",
                "GET http://KB/articles HTTP/1.1\r\nHost: KB\r\nAUTH\r\nX-One: a\r\n b: folded\r\n\r\n",
                "GET http://KB/articles HTTP/1.1\r\nHost: KB\r\nAUTH\r\nX-One: a\rX-Two: b\r\n\r\n",
                "GET http://KB/articles HTTP/1.1\nHost: KB\nAUTH\n\n",
                "GET http://KB/articles HTTP/1.1\r\nHost: KB\r\nAUTH\r\nX-Nul: a\u0000b\r\n\r\n",
                "GET http://KB@attacker.example.com/articles HTTP/1.1\r\nHost: attacker.example.com\r\nAUTH\r\n\r\n",
                "GET http://KB/articles#f HTTP/1.1\r\nHost: KB\r\nAUTH\r\n\r\n",
                "GET http://KB/articles//x HTTP/1.1\r\nHost: KB\r\nAUTH\r\n\r\n",
                "GET http://KB/articles/%0d%0aX:y HTTP/1.1\r\nHost: KB\r\nAUTH\r\n\r\n",
                "GET http://KB/articles/%252e%252e/admin HTTP/1.1\r\nHost: KB\r\nAUTH\r\n\r\n",
                "GET http://KB/articles\\..\\admin HTTP/1.1\r\nHost: KB\r\nAUTH\r\n\r\n",
                "GET /articles HTTP/1.1\r\nHost: KB\r\nAUTH\r\n\r\n",
                "GET https://KB/articles HTTP/1.1\r\nHost: KB\r\nAUTH\r\n\r\n",
                "GET http://KB/articles HTTP/2.0\r\nHost: KB\r\nAUTH\r\n\r\n",
                "GET  http://KB/articles HTTP/1.1\r\nHost: KB\r\nAUTH\r\n\r\n",
                "CONNECT CRM HTTP/1.1\r\nHost: attacker.example.com:443\r\nAUTH\r\n\r\n",
                "CONNECT crm.test HTTP/1.1\r\nHost: crm.test\r\nAUTH\r\n\r\n",
                "CONNECT http://CRM/ HTTP/1.1\r\nHost: CRM\r\nAUTH\r\n\r\n",
                "CONNECT CRM HTTP/1.1\r\nHost: CRM\r\nAUTH\r\nLENGTH\r\ntext",
                "\r\nGET http://KB/articles HTTP/1.1\r\nHost: KB\r\nAUTH\r\n\r\n"
            })
    void a_request_that_two_servers_would_read_in_two_ways_is_refused_and_goes_nowhere(String request)
            throws IOException {
        // Given
        int kb = ground.kb().got().size();
        int asked = ground.names().asked().size();

        // When
        String answer = said(request);

        // Then
        assertThat(answer).startsWith("HTTP/1.1 400 ");
        assertThat(ground.kb().got()).hasSize(kb);
        assertThat(ground.names().asked()).hasSize(asked);
    }

    @Test
    @Requirement("S1-32")
    void a_second_request_behind_the_first_is_not_carried() throws IOException {
        // Given
        int before = ground.kb().got().size();

        String first = "GET http://KB/articles/1 HTTP/1.1\r\nHost: KB\r\nAUTH\r\n\r\n";

        // When
        said(first + "GET /admin HTTP/1.1\r\nHost: KB\r\n\r\n");

        // Then
        assertThat(ground.kb().got()).hasSize(before + 1);
        assertThat(ground.kb().got().getLast()).startsWith("GET /articles/1\n");
    }

    @Test
    @Requirement("S1-32")
    void a_name_that_changes_its_address_after_it_was_checked_is_not_followed() throws IOException {
        try (Outside other = Outside.plain("127.0.0.2", ground.kb().port(), "somebody else")) {
            // Given a name service that says something else from the second question on
            Names names = ground.names();
            long asked = names.asked().stream().filter("kb.test"::equals).count();
            names.answer("kb.test", "127.0.0.2");

            // When
            Curl.Ended first = ground.curl().run("http://kb.test:" + ground.kb().port() + "/articles/1");

            // Then the connection goes to the one answer that was asked for it
            assertThat(first.text()).contains("this is the knowledge base");
            assertThat(names.asked().stream().filter("kb.test"::equals).count()).isEqualTo(asked + 1);
            assertThat(other.got()).isEmpty();
            names.answer("kb.test", "127.0.0.1");
            ground.curl().run("http://kb.test:" + ground.kb().port() + "/articles/1");
        }
    }

    @ParameterizedTest
    @Requirement("S1-32")
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.0.0.7",
                "192.168.1.1",
                "169.254.169.254",
                "::1",
                "fd00:ec2::254",
                "::ffff:127.0.0.1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "0.0.0.0",
                "fe80::1"
            })
    void a_public_name_does_not_lead_inside(String address) {
        // Given
        Names names = ground.names().answer("partner.test", address).answer("partner.test", address);

        // When
        Curl.Ended ended =
                ground.curl().run("-k", "https://partner.test:" + ground.crm().port() + "/");

        // Then
        assertThat(names.asked()).contains("partner.test");
        assertThat(ended.connect()).as(ended.text()).isEqualTo(403);
        assertThat(ended.status()).isZero();
    }

    @Test
    @Requirement("S1-32")
    void nothing_leads_to_where_clouds_hand_out_credentials_even_when_an_endpoint_is_internal() {
        // Given
        ground.names().answer("meta.test", "169.254.169.254");

        // When
        Curl.Ended ended = ground.curl().run("http://meta.test/latest/meta-data/iam/security-credentials/");

        // Then
        assertThat(ended.status()).as(ended.text()).isEqualTo(403);
        assertThat(ended.text()).contains("egress-address");
    }

    @Test
    @Requirement("S1-32")
    void a_tunnel_whose_first_words_are_for_another_server_is_closed() {
        // Given
        int before = ground.crm().got().size();
        String connect = "attacker.test:443:crm.test:" + ground.crm().port();

        // When
        Curl.Ended other = ground.curl().run("-k", "--connect-to", connect, "https://attacker.test/collect");
        Curl.Ended nameless = ground.curl()
                .run(
                        "-k",
                        "--connect-to",
                        "127.0.0.1:443:crm.test:" + ground.crm().port(),
                        "https://127.0.0.1/");
        Curl.Ended sealed =
                ground.curl().run("-p", "http://crm.test:" + ground.crm().port() + "/");

        // Then
        assertThat(List.of(other, nameless, sealed)).allSatisfy(ended -> {
            assertThat(ended.connect()).as(ended.text()).isEqualTo(200);
            assertThat(ended.status()).isZero();
        });
        assertThat(ground.crm().got()).hasSize(before);
        assertThat(Until.found(() -> ground.entries("outcome").stream()
                                .filter(entry ->
                                        entry.at("/traffic/ended").asString("").equals("server-name"))
                                .findFirst())
                        .path("result")
                        .asString(""))
                .isEqualTo("denied");
    }

    @Test
    void one_runtime_does_not_take_all_connections_and_gets_them_back() throws IOException {
        // Given as many tunnels as one agent may have
        List<RawHttp> tunnels = new ArrayList<>();
        String place = "crm.test:" + ground.crm().port();
        String connect =
                "CONNECT " + place + " HTTP/1.1\r\nHost: " + place + "\r\nProxy-Authorization: Basic " + basic();
        for (int number = 0; number < 64; number++) {
            RawHttp tunnel = new RawHttp(ground.gateway().egressPort());
            tunnels.add(tunnel);
            tunnel.send((connect + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            assertThat(tunnel.until("\r\n\r\n")).startsWith("HTTP/1.1 200 ");
        }

        // When
        Curl.Ended more = ground.curl().run("-k", "https://" + place + "/");
        for (RawHttp tunnel : tunnels) {
            tunnel.close();
        }

        // Then
        assertThat(more.connect()).as(more.text()).isEqualTo(503);
        Curl.Ended again = Until.found(() ->
                Optional.of(ground.curl().run("-k", "https://" + place + "/")).filter(ended -> ended.connect() != 503));
        assertThat(again.status()).as(again.text()).isEqualTo(200);
    }
}
