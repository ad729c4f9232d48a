// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.identity;

import static dev.tollgate.scenarios.identity.TlsGround.AGENT;
import static dev.tollgate.scenarios.identity.TlsGround.NAMED;
import static dev.tollgate.scenarios.identity.TlsGround.bound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.app.Access;
import dev.tollgate.identity.svid.CertificateDraft;
import dev.tollgate.identity.svid.SvidVerifier;
import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.Prover;
import dev.tollgate.scenarios.harness.RawHttp;
import dev.tollgate.scenarios.harness.TrustDomain;
import dev.tollgate.scenarios.harness.TrustDomain.Workload;
import dev.tollgate.terms.Confirmation;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MutualTlsTest {
    private final TlsGround ground;
    private final MovingClock clock;
    private final TrustDomain home;
    private final Workload agent;
    private final Path folder;
    private final GatewayUnderTest gateway;

    MutualTlsTest(@TempDir Path folder) throws IOException {
        this.ground = new TlsGround(folder);
        this.clock = ground.clock;
        this.home = ground.home;
        this.agent = ground.agent;
        this.folder = folder;
        this.gateway = ground.gateway;
    }

    @AfterAll
    void stop() {
        ground.close();
    }

    @Test
    @Requirement({"S1-3", "S2-2"})
    void a_token_bound_to_a_certificate_opens_on_connections_with_that_certificate() {
        // Given
        String token = ground.token(bound(agent));
        Workload other = home.workload(AGENT);

        // When
        RawHttp.Exchange mcp = ground.as(agent).mcp(Visitor.ONE, token);
        RawHttp.Exchange rest = ground.as(agent).rest(Visitor.ONE, token);

        // Then
        assertThat(mcp.text()).contains(NAMED);
        assertThat(rest.text()).contains(NAMED);
        for (Visitor thief : List.of(ground.as(), ground.as(other))) {
            assertThat(thief.mcp(Visitor.ONE, token).status()).isEqualTo(401);
            assertThat(thief.rest(Visitor.ONE, token).wire())
                    .contains("error=\"invalid_token\"")
                    .doesNotContain(NAMED);
        }
    }

    @Test
    @Requirement({"S1-7", "S2-2"})
    void on_the_connection_of_one_workload_nobody_acts_as_another() {
        // Given
        Workload other = home.workload("spiffe://crm.example/agents/outreach-agent");
        String plain = ground.token(Confirmation.NONE);
        String rebound = ground.token(bound(other));

        // Then
        assertThat(ground.as(agent).rest(Visitor.ONE, plain).text()).contains(NAMED);
        for (String token : List.of(plain, rebound)) {
            assertThat(ground.as(other).rest(Visitor.ONE, token).status()).isEqualTo(401);
            assertThat(ground.as(other).mcp(Visitor.ONE, token).wire())
                    .contains("error=\"invalid_token\"")
                    .doesNotContain(NAMED);
        }
    }

    @Test
    void a_proof_names_the_address_that_tls_serves() {
        // Given
        Prover owner = new Prover();
        String token = gateway.bearer(
                Ask.as("sales-copilot", "alice", "prepare-sales-call").with("crm:account:read"),
                new Confirmation(
                        Optional.of(owner.thumbprint()), Optional.of(SvidVerifier.thumbprint(agent.certificate()))));
        String there = ground.as().url("/mcp");
        String[] good = {"Authorization: DPoP " + token, "DPoP: " + owner.proof("POST", there, token, clock.instant())};
        String plain = there.replace("https", "http");
        String[] bad = {"Authorization: DPoP " + token, "DPoP: " + owner.proof("POST", plain, token, clock.instant())};

        // Then
        assertThat(ground.as(agent).mcp(Visitor.ONE, bad).wire()).contains("invalid_dpop_proof");
        assertThat(ground.as().mcp(Visitor.ONE, good).wire()).contains("DPoP error=\"invalid_token\"");
        assertThat(ground.as(agent).mcp(Visitor.ONE, good).text()).contains(NAMED);
    }

    @Test
    void metadata_say_that_tokens_may_be_bound() {
        String metadata = ground.as()
                .send("GET", "/.well-known/oauth-protected-resource/mcp", "")
                .text();
        assertThat(metadata)
                .contains("\"tls_client_certificate_bound_access_tokens\":true")
                .contains("\"dpop_signing_alg_values_supported\":[\"ES256\",\"EdDSA\",\"PS256\",\"RS256\"]")
                .contains("\"resource\":\"https://127.0.0.1:" + gateway.port() + "/mcp\"");
    }

    private static CertificateDraft ended(CertificateDraft from, Instant end) {
        return new CertificateDraft(
                from.serial(),
                from.subject(),
                from.issuer(),
                end.minusSeconds(60),
                end,
                from.key(),
                from.ca(),
                from.uses(),
                from.uris(),
                from.hosts());
    }

    private static CertificateDraft uses(CertificateDraft from, boolean ca, Integer... uses) {
        return new CertificateDraft(
                from.serial(),
                from.subject(),
                from.issuer(),
                from.from(),
                from.until(),
                from.key(),
                ca,
                List.of(uses),
                from.uris(),
                from.hosts());
    }

    @Test
    @Requirement("S1-3")
    void a_connection_with_a_certificate_that_proves_no_workload_is_not_opened() {
        // Given
        TrustDomain foreign = new TrustDomain("partner.example", clock.instant());
        TrustDomain impostor = new TrustDomain("crm.example", clock.instant());
        Map<String, Workload> bad = Map.ofEntries(
                Map.entry("foreign", foreign.workload("spiffe://partner.example/agents/a")),
                Map.entry("foreign, named as ours", foreign.workload(AGENT)),
                Map.entry("impostor", impostor.workload(AGENT)),
                Map.entry("no name", home.workload(draft -> draft)),
                Map.entry("two names", home.workload(draft -> draft, AGENT, AGENT + "-2")),
                Map.entry("a second uri", home.workload(draft -> draft, AGENT, "https://crm.example/")),
                Map.entry("no path", home.workload("spiffe://crm.example")),
                Map.entry("an escape", home.workload("spiffe://crm.example/agents/%61")),
                Map.entry("an authority", home.workload(draft -> uses(draft, true, 0, 5), AGENT)),
                Map.entry("signs certificates", home.workload(draft -> uses(draft, false, 0, 5), AGENT)),
                Map.entry("signs nothing", home.workload(draft -> uses(draft, false, 2), AGENT)),
                Map.entry(
                        "over",
                        home.workload(draft -> ended(draft, clock.instant().minusSeconds(5)), AGENT)));
        String plain = ground.token(Confirmation.NONE);

        bad.forEach((why, workload) ->
                // Then
                assertThatThrownBy(() -> ground.as(workload).mcp(Visitor.ONE, plain))
                        .as(why)
                        .hasMessageNotContaining(NAMED)
                        .hasMessageMatching("(?s).*(certificate|alert|handshake|closed|reset|Broken pipe).*"));
        assertThat(ground.as().mcp(Visitor.ONE, plain).text()).contains(NAMED);
    }

    @Test
    void a_listener_that_requires_certificates_serves_nobody_without() {
        try (GatewayUnderTest strict = GatewayUnderTest.start(ground.configuration("strict", true), clock)) {
            Visitor without = new Visitor(strict.port(), Optional.of(home.client()));
            Visitor with = new Visitor(strict.port(), Optional.of(home.client(agent)));
            assertThatThrownBy(() -> without.send("GET", "/health/live", "")).isInstanceOf(RuntimeException.class);
            assertThat(with.send("GET", "/health/live", "").status()).isEqualTo(200);
            assertThatThrownBy(() -> new Visitor(strict.port()).send("GET", "/health/live", ""))
                    .as("no TLS, no answer")
                    .isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    void a_key_that_others_can_read_or_that_is_of_another_certificate_starts_no_listener() throws IOException {
        Path key = folder.resolve("other.key");
        home.server(folder.resolve("other.pem"), key);
        Access.Tls mixed = new Access.Tls(folder.resolve("tls.pem"), key, false, Map.of());
        assertThatThrownBy(() -> started(mixed)).hasMessageContaining("not that of the server's certificate");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> started(new Access.Tls(folder.resolve("other.pem"), key, false, Map.of())))
                .hasMessageContaining("others than its owner");
        assertThatThrownBy(() -> started(new Access.Tls(folder.resolve("no.pem"), key, false, Map.of())))
                .hasMessageContaining("missing");
        Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing");
        assertThatThrownBy(() -> started(new Access.Tls(
                        folder.resolve("tls.pem"), folder.resolve("tls.key"), false, Map.of("crm.example", empty))))
                .hasMessageContaining("the trust bundle of `crm.example`: no certificates in PEM");
    }

    private GatewayUnderTest started(Access.Tls tls) {
        return GatewayUnderTest.start(
                GatewayUnderTest.embedded(folder.resolve("never"))
                        .letting(new Access(false, List.of(), Optional.of(tls))),
                clock);
    }
}
