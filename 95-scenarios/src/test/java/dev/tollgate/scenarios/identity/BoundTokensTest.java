// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.app.Access;
import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.NodeOnPostgres;
import dev.tollgate.scenarios.harness.Prover;
import dev.tollgate.scenarios.harness.RawHttp;
import dev.tollgate.terms.Confirmation;
import dev.tollgate.terms.testing.Requirement;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundTokensTest {
    private static final String NAME = "\"name\":";
    private static final String NAMED = "Amber Robotics AG";

    private final Prover owner = new Prover();

    @TempDir
    private Path folder;

    private String token(GatewayUnderTest gateway, Confirmation cnf) {
        return gateway.bearer(
                Ask.as("sales-copilot", "alice", "prepare-sales-call").with("crm:account:read"), cnf);
    }

    private String[] proven(GatewayUnderTest gateway, String token, String path) {
        String url = new Visitor(gateway.port()).url(path);
        return headers(token, owner.proof("POST", url, token, gateway.clock().instant()));
    }

    private static String[] headers(String token, String proof) {
        return new String[] {"Authorization: DPoP " + token, "DPoP: " + proof};
    }

    private static void refused(RawHttp.Exchange exchange, String challenge) {
        assertThat(exchange.status()).as(exchange.wire()).isEqualTo(401);
        assertThat(exchange.wire()).contains(challenge).doesNotContain(NAME);
    }

    @Test
    @Requirement("S2-2")
    void a_token_bound_to_a_key_opens_every_door_for_its_owner_and_none_for_a_thief() {
        try (GatewayUnderTest gateway = GatewayUnderTest.start(folder)) {
            // Given
            Visitor visitor = new Visitor(gateway.port());
            String token = token(gateway, Confirmation.ofKey(owner.thumbprint()));
            Prover thief = new Prover();

            // When
            RawHttp.Exchange mcp = visitor.mcp(Visitor.ONE, proven(gateway, token, "/mcp"));
            RawHttp.Exchange rest = visitor.rest(Visitor.ONE, proven(gateway, token, "/v1/tools/account_get"));
            RawHttp.Exchange authzen = visitor.authzen(proven(gateway, token, "/access/v1/evaluation"));
            String stolen = thief.proof(
                    "POST", visitor.url("/mcp"), token, gateway.clock().instant());

            // Then
            assertThat(List.of(mcp.status(), rest.status(), authzen.status())).containsOnly(200);
            assertThat(mcp.text()).contains(NAMED);
            assertThat(rest.text()).contains(NAMED);
            refused(visitor.mcp(Visitor.ONE, headers(token, stolen)), "DPoP error=\"invalid_token\"");
            refused(visitor.mcp(Visitor.ONE, "Authorization: Bearer " + token), "Bearer error=\"invalid_token\"");
            refused(visitor.rest(Visitor.ONE, "Authorization: Bearer " + token), "Bearer error=\"invalid_token\"");
            refused(visitor.authzen("Authorization: Bearer " + token), "Bearer error=\"invalid_token\"");
            String plain = token(gateway, Confirmation.NONE);
            refused(visitor.mcp(Visitor.ONE, proven(gateway, plain, "/mcp")), "DPoP error=\"invalid_token\"");
            assertThat(visitor.mcp(Visitor.ONE, "Authorization: Bearer " + plain)
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void the_older_protocol_asks_for_the_same_proof_at_every_message() {
        try (GatewayUnderTest gateway = GatewayUnderTest.start(folder)) {
            // Given
            Visitor visitor = new Visitor(gateway.port());
            String token = token(gateway, Confirmation.ofKey(owner.thumbprint()));
            String hello = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
                    + "\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}";
            String call =
                    "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":\"account_get\","
                            + "\"arguments\":" + Visitor.ONE + "}}";

            // When
            RawHttp.Exchange begun = visitor.send("POST", "/mcp", hello, proven(gateway, token, "/mcp"));
            String session = "Mcp-Session-Id: " + begun.headers().get("mcp-session-id");
            String[] fresh = proven(gateway, token, "/mcp");
            RawHttp.Exchange called = visitor.send("POST", "/mcp", call, fresh[0], fresh[1], session);

            // Then
            assertThat(begun.status()).isEqualTo(200);
            assertThat(called.text()).contains(NAMED);
            refused(visitor.send("POST", "/mcp", call, fresh[0], fresh[1], session), "invalid_dpop_proof");
            refused(visitor.send("POST", "/mcp", call, "Authorization: Bearer " + token, session), "invalid_token");
            refused(visitor.send("POST", "/mcp", hello, "Authorization: Bearer " + token), "invalid_token");
            refused(visitor.send("DELETE", "/mcp", "", "Authorization: Bearer " + token, session), "invalid_token");
        }
    }

    @Test
    @Requirement("S2-2")
    void of_two_nodes_that_get_the_same_proof_exactly_one_takes_it() throws IOException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
            MovingClock clock = new MovingClock();
            try (GatewayUnderTest one =
                    GatewayUnderTest.start(NodeOnPostgres.in(folder.resolve("first"), postgres), clock)) {
                var second = NodeOnPostgres.in(folder.resolve("second"), postgres);
                NodeOnPostgres.shareKeys(one.data(), second.data());
                try (GatewayUnderTest two = GatewayUnderTest.start(second, clock)) {
                    // Given
                    String token = token(one, Confirmation.ofKey(owner.thumbprint()));
                    String host = "Host: localhost:7400";
                    String proof = owner.proof("POST", "http://localhost:7400/mcp", token, clock.instant());
                    String[] request = {headers(token, proof)[0], headers(token, proof)[1], host};

                    // When
                    List<Integer> answers = Stream.of(one, two, one, two)
                            .parallel()
                            .map(node -> new Visitor(node.port())
                                    .mcp(Visitor.ONE, request)
                                    .status())
                            .sorted()
                            .toList();

                    // Then
                    assertThat(answers).containsExactly(200, 401, 401, 401);
                }
            }
        }
    }

    @Test
    void a_gateway_that_wants_nonces_gives_one_and_takes_proofs_with_it() {
        Access nonces = new Access(true, List.of("crm:account:read", "crm:contact:read"), Optional.empty());
        try (GatewayUnderTest gateway =
                GatewayUnderTest.start(GatewayUnderTest.embedded(folder).letting(nonces), new MovingClock())) {
            // Given
            Visitor visitor = new Visitor(gateway.port());
            String token = token(gateway, Confirmation.ofKey(owner.thumbprint()));

            // When
            RawHttp.Exchange first = visitor.mcp(Visitor.ONE, proven(gateway, token, "/mcp"));
            String nonce = String.valueOf(first.headers().get("dpop-nonce"));
            Map<String, String> claims = owner.claims(
                    "POST", visitor.url("/mcp"), token, gateway.clock().instant());
            claims.put("nonce", "\"" + nonce + "\"");

            // Then
            refused(first, "DPoP error=\"use_dpop_nonce\", algs=\"ES256 EdDSA PS256 RS256\"");
            assertThat(first.wire()).contains("scope=\"crm:account:read crm:contact:read\"");
            assertThat(visitor.mcp(Visitor.ONE, headers(token, owner.proof(owner.header(), claims)))
                            .text())
                    .contains(NAMED);
        }
    }

    @Test
    void a_token_in_an_address_is_refused_and_comes_back_nowhere() {
        try (GatewayUnderTest gateway = GatewayUnderTest.start(folder)) {
            // Given
            Visitor visitor = new Visitor(gateway.port());
            String token = token(gateway, Confirmation.NONE);

            for (String name :
                    List.of("access_token", "ACCESS_TOKEN", "access%5Ftoken", "x=1&access_token", "%zz;access_token")) {
                for (String door : List.of("/mcp", "/v1/tools/account_get", "/access/v1/evaluation")) {
                    // When
                    RawHttp.Exchange exchange = visitor.send(
                            "POST", door + "?" + name + "=" + token, Visitor.ONE, "Authorization: Bearer " + token);

                    // Then
                    assertThat(exchange.status()).isEqualTo(400);
                    assertThat(exchange.wire()).doesNotContain(token).doesNotContain(NAME);
                }
            }
        }
    }
}
