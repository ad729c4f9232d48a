// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.Commands;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A tunnel lasts no longer than what it was opened under.
class TunnelEndsTest {
    @TempDir
    private Path folder;

    /// A tunnel that carries TLS, in the middle of a connection.
    private record Tunnel(Socket raw, SSLSocket inside) implements AutoCloseable {
        static Tunnel open(Ground ground) throws IOException {
            Socket raw = new Socket(
                    InetAddress.getLoopbackAddress(), ground.gateway().egressPort());
            String place = "crm.test:" + ground.crm().port();
            String token =
                    Base64.getEncoder().encodeToString(("agent:" + ground.token()).getBytes(StandardCharsets.UTF_8));
            raw.getOutputStream()
                    .write(("CONNECT " + place + " HTTP/1.1\r\nHost: " + place + "\r\nProxy-Authorization: Basic "
                                    + token + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] answer = raw.getInputStream().readNBytes("HTTP/1.1 200 Connection established\r\n\r\n".length());
            assertThat(new String(answer, StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 200 ");
            SSLSocket inside = (SSLSocket) trusting().getSocketFactory().createSocket(raw, "crm.test", 443, false);
            SSLParameters parameters = inside.getSSLParameters();
            parameters.setServerNames(java.util.List.of(new SNIHostName("crm.test")));
            inside.setSSLParameters(parameters);
            inside.startHandshake();
            return new Tunnel(raw, inside);
        }

        private static SSLContext trusting() {
            try {
                SSLContext tls = SSLContext.getInstance("TLS");
                tls.init(null, new TrustManager[] {new Trusting()}, new SecureRandom());
                return tls;
            } catch (GeneralSecurityException broken) {
                throw new IllegalStateException(broken);
            }
        }

        /// Asks one thing and hears it to the end.
        String asks() throws IOException {
            inside.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: crm.test\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            StringBuilder answer = new StringBuilder();
            while (answer.indexOf("this is the crm") < 0) {
                answer.append((char) inside.getInputStream().read());
            }
            return answer.toString();
        }

        /// Waits until the proxy has closed it.
        boolean ends() {
            try {
                raw.setSoTimeout(20_000);
                raw.getInputStream().transferTo(OutputStream.nullOutputStream());
                return true;
            } catch (SocketException _) {
                return true;
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }

        @Override
        public void close() throws IOException {
            raw.close();
        }
    }

    private static final class Trusting implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private static String ended(Ground ground, String word) {
        return Until.found(() -> ground.entries("outcome").stream()
                        .filter(entry -> entry.at("/traffic/ended").asString("").equals(word))
                        .findFirst())
                .path("result")
                .asString("");
    }

    @Test
    @Requirement("S1-32")
    void it_ends_with_the_token_that_it_was_opened_with() throws IOException {
        try (Ground ground = Ground.open(folder);
                Tunnel tunnel = Tunnel.open(ground)) {
            // When
            ground.clock().advance(Duration.ofMinutes(15));

            // Then
            assertThat(tunnel.ends()).isTrue();
            assertThat(ended(ground, "expired")).isEqualTo("unauthenticated");
        }
    }

    @Test
    @Requirement("B-12")
    void it_ends_when_its_agent_is_stopped_and_no_other_is_opened() throws IOException {
        try (Ground ground = Ground.open(folder);
                Tunnel tunnel = Tunnel.open(ground)) {
            // When
            Files.writeString(ground.gateway().data().resolve("halt"), "agent " + Ground.AGENT + "\n");

            // Then
            assertThat(tunnel.ends()).isTrue();
            assertThat(ended(ground, "halted")).isEqualTo("halted");
            Curl.Ended again =
                    ground.curl().run("-k", "https://crm.test:" + ground.crm().port() + "/");
            assertThat(again.connect()).as(again.text()).isEqualTo(403);
        }
    }

    @Test
    @Requirement("S1-32")
    void it_ends_when_the_bundle_in_force_no_longer_names_the_place() throws IOException {
        try (Ground ground = Ground.open(folder);
                Tunnel tunnel = Tunnel.open(ground)) {
            // When
            String bundle = ground.closed().path().toString();
            Commands.Result activated =
                    new Commands(ground.gateway().data()).run("policy", "activate", bundle, "--by", "olivia");

            // Then
            assertThat(activated.code()).as(activated.err() + activated.out()).isZero();
            assertThat(tunnel.ends()).isTrue();
            assertThat(ended(ground, "policy")).isEqualTo("denied");
        }
    }

    @Test
    void it_ends_when_nobody_says_anything_for_too_long_and_a_client_that_says_nothing_is_not_waited_for()
            throws IOException {
        try (Ground ground = Ground.open(folder);
                Tunnel tunnel = Tunnel.open(ground);
                Socket silent = new Socket(
                        InetAddress.getLoopbackAddress(), ground.gateway().egressPort())) {
            // Given
            assertThat(tunnel.asks()).endsWith("this is the crm");

            // When
            ground.clock().advance(Duration.ofMinutes(3));

            // Then
            assertThat(tunnel.ends()).isTrue();
            assertThat(ended(ground, "idle")).isEqualTo("released");
            silent.setSoTimeout(20_000);
            assertThat(Optional.of(silent.getInputStream().read())).contains(-1);
        }
    }
}
