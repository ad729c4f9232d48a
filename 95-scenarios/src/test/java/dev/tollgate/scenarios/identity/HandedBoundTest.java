// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.identity.svid.SvidVerifier;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.Prover;
import dev.tollgate.scenarios.harness.TrustDomain.Workload;
import dev.tollgate.terms.testing.Requirement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Agents show a key when they ask for a token, and the token is no use without it.
class HandedBoundTest {
    private final Path folder;
    private final Prover owner = new Prover();

    HandedBoundTest(@TempDir Path folder) {
        this.folder = folder;
    }

    /// A proof for the token endpoint, which names no token.
    private String proof(Prover by, GatewayUnderTest gateway, String url) {
        Map<String, String> claims = by.claims("POST", url, "", gateway.clock().instant());
        claims.remove("ath");
        return by.proof(by.header(), claims);
    }

    @Test
    @Requirement({"S1-5", "S2-2"})
    void a_token_that_was_asked_for_with_a_proof_opens_for_the_key_of_the_proof_alone() {
        try (GatewayUnderTest gateway = GatewayUnderTest.start(folder)) {
            // Given
            TokenDesk desk = new TokenDesk(gateway);
            Visitor visitor = new Visitor(gateway.port());
            String endpoint = visitor.url("/oauth/token");
            Map<String, String> form = desk.form("sales-copilot", "alice", "prepare-sales-call");
            String shown = proof(owner, gateway, endpoint);

            // When
            TokenDesk.Answer answer = desk.proving(form, shown);

            // Then
            assertThat(answer.status()).as(answer.exchange().wire()).isEqualTo(200);
            assertThat(answer.body().path("token_type").asString("")).isEqualTo("DPoP");
            assertThat(answer.claims().path("cnf").path("jkt").asString("")).isEqualTo(owner.thumbprint());
            String token = answer.token();
            String good = owner.proof(
                    "POST", visitor.url("/mcp"), token, gateway.clock().instant());
            String thief = new Prover()
                    .proof("POST", visitor.url("/mcp"), token, gateway.clock().instant());
            assertThat(visitor.mcp(Visitor.ONE, "Authorization: DPoP " + token, "DPoP: " + good)
                            .status())
                    .isEqualTo(200);
            assertThat(visitor.mcp(Visitor.ONE, "Authorization: DPoP " + token, "DPoP: " + thief)
                            .status())
                    .isEqualTo(401);
            assertThat(visitor.mcp(Visitor.ONE, "Authorization: Bearer " + token)
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    @Requirement("S2-2")
    void a_proof_that_does_not_count_gets_no_token() {
        try (GatewayUnderTest gateway = GatewayUnderTest.start(folder)) {
            // Given
            TokenDesk desk = new TokenDesk(gateway);
            String endpoint = new Visitor(gateway.port()).url("/oauth/token");
            Map<String, String> form = desk.form("sales-copilot", "alice", "prepare-sales-call");
            String used = proof(owner, gateway, endpoint);
            assertThat(desk.proving(form, used).status()).isEqualTo(200);

            // When
            List<TokenDesk.Answer> refused = List.of(
                    desk.proving(form, used),
                    desk.proving(form, proof(owner, gateway, endpoint), proof(owner, gateway, endpoint)),
                    desk.proving(form, proof(owner, gateway, endpoint + "/other")),
                    desk.proving(form, "not-a-proof"));

            // Then
            assertThat(refused).allSatisfy(answer -> {
                assertThat(answer.status()).isEqualTo(400);
                assertThat(answer.error()).isEqualTo("invalid_dpop_proof");
                assertThat(answer.token()).isEmpty();
            });
        }
    }

    @Test
    @Requirement({"S1-3", "S1-7"})
    void a_certificate_proves_the_agent_and_binds_its_token() throws IOException {
        try (TlsGround ground = new TlsGround(folder)) {
            // Given
            Workload other = ground.home.workload("spiffe://crm.example/agents/outreach-agent");
            TokenDesk desk = new TokenDesk(ground.gateway, ground.as(ground.agent));
            Map<String, String> plain = desk.form("sales-copilot", "alice", "prepare-sales-call");
            Map<String, String> form = desk.form("sales-copilot", "alice", "prepare-sales-call");
            form.remove("actor_token");
            form.remove("actor_token_type");

            // When
            TokenDesk.Answer answer = desk.ask(form);
            TokenDesk.Answer nobody = new TokenDesk(ground.gateway, ground.as()).ask(form);
            TokenDesk.Answer foreign = new TokenDesk(ground.gateway, ground.as(other)).ask(plain);

            // Then
            assertThat(answer.status()).as(answer.exchange().wire()).isEqualTo(200);
            assertThat(answer.claims().path("act").path("sub").asString("")).isEqualTo("sales-copilot");
            assertThat(answer.claims().path("cnf").path("x5t#S256").asString(""))
                    .isEqualTo(SvidVerifier.thumbprint(ground.agent.certificate()));
            String bearer = "Authorization: Bearer " + answer.token();
            assertThat(ground.as(ground.agent).mcp(Visitor.ONE, bearer).status())
                    .isEqualTo(200);
            assertThat(ground.as().mcp(Visitor.ONE, bearer).status()).isEqualTo(401);
            assertThat(nobody.error()).isEqualTo("invalid_request");
            assertThat(foreign.error())
                    .as("the token of one workload on the connection of another")
                    .isEqualTo("invalid_client");
        }
    }
}
