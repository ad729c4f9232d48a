// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.identity;

import static dev.tollgate.scenarios.identity.TlsGround.AGENT;
import static dev.tollgate.scenarios.identity.TlsGround.bound;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.RawHttp;
import dev.tollgate.scenarios.harness.TrustDomain;
import dev.tollgate.scenarios.harness.TrustDomain.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenewedCertificatesTest {
    private static final Duration WITHIN = Duration.ofSeconds(20);

    private final TlsGround ground;
    private final TrustDomain home;
    private final Workload agent;
    private final Path folder;
    private final GatewayUnderTest gateway;

    RenewedCertificatesTest(@TempDir Path folder) throws IOException {
        this.ground = new TlsGround(folder);
        this.home = ground.home;
        this.agent = ground.agent;
        this.folder = folder;
        this.gateway = ground.gateway;
    }

    @AfterEach
    void stop() {
        ground.close();
    }

    private static void eventually(BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plus(WITHIN);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("in " + WITHIN).isBefore(end);
            Thread.sleep(100);
        }
    }

    private X509Certificate served() {
        try (SSLSocket socket =
                (SSLSocket) home.client().getSocketFactory().createSocket("127.0.0.1", gateway.port())) {
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Test
    void certificates_and_trust_change_while_connections_stay_open() throws IOException, InterruptedException {
        TrustDomain next = new TrustDomain("crm.example", ground.clock.instant());
        Workload newcomer = next.workload(AGENT);
        try (RawHttp open = ground.as(agent).open()) {
            // Given
            byte[] call = ground.as().request("GET", "/v1/tools", "", ground.token(bound(agent)));
            assertThat(open.exchange(call).status()).isEqualTo(200);
            X509Certificate before = served();

            // When
            X509Certificate renewed = home.server(folder.resolve("tls.pem"), folder.resolve("tls.key"));
            eventually(() -> served().equals(renewed));

            // Then
            assertThat(before).isNotEqualTo(renewed);
            assertThat(open.exchange(call).status()).isEqualTo(200);

            // When
            Files.writeString(folder.resolve("crm.pem"), "-----BEGIN CERTIFICATE-----\nhalf a file");
            home.bundle(folder.resolve("crm.pem"), next);
            Visitor late = new Visitor(gateway.port(), Optional.of(home.client(newcomer)));
            String theirs = ground.token(bound(newcomer));
            eventually(() -> answered(late, theirs));

            // Then
            assertThat(open.exchange(call).status()).isEqualTo(200);

            // When
            next.bundle(folder.resolve("crm.pem"));
            eventually(() -> exchanged(open, call) == 401);

            // Then
            assertThat(answered(late, theirs)).isTrue();
            assertThat(answered(ground.as(agent), ground.token(bound(agent)))).isFalse();
            home.bundle(folder.resolve("crm.pem"));
            eventually(() -> answered(ground.as(agent), ground.token(bound(agent))));
        }
    }

    private static int exchanged(RawHttp open, byte[] call) {
        try {
            return open.exchange(call).status();
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static boolean answered(Visitor visitor, String token) {
        try {
            return visitor.send("GET", "/v1/tools", "", token).status() == 200;
        } catch (RuntimeException _) {
            return false;
        }
    }
}
