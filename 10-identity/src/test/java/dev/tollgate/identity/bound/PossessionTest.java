// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity.bound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.identity.Grant;
import dev.tollgate.identity.TokenIssuer;
import dev.tollgate.identity.TokenVerifier;
import dev.tollgate.store.SingleUse;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreConfig;
import dev.tollgate.store.Stores;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Confirmation;
import dev.tollgate.terms.Delegation;
import dev.tollgate.terms.Presentation;
import dev.tollgate.terms.Presentation.PeerCertificate;
import dev.tollgate.terms.Presentation.Scheme;
import dev.tollgate.terms.Scope;
import dev.tollgate.terms.SigningKey;
import dev.tollgate.terms.SpiffeId;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.testing.Property;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Security;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PossessionTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final String URL = "https://gateway.example/mcp";
    private static final String THUMB = "bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2";
    private static final SpiffeId AGENT = new SpiffeId("crm.example", "/agents/sales-copilot");

    private final Prover client = new Prover();
    private final SigningKey key;
    private final Store store;
    private final SingleUse uses;

    PossessionTest(@TempDir Path folder) throws GeneralSecurityException {
        key = new SigningKey(
                "k1", KeyPairGenerator.getInstance("Ed25519").generateKeyPair(), Security.getProvider("SunEC"));
        store = Stores.open(StoreConfig.sqlite(folder.resolve("store.db")));
        uses = new SingleUse(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Possession node(SingleUse memory) {
        InstantSource clock = InstantSource.fixed(NOW);
        return new Possession(
                new TokenVerifier(Map.of("k1", key.verifyingKey()), "iss", "aud", clock),
                new ProofVerifier(clock, Optional.empty()),
                new Replays(memory));
    }

    private String token(Confirmation cnf) {
        Grant grant = Grant.of(
                        new AgentId("sales-copilot"),
                        new UserId("alice"),
                        Set.of(Scope.parse("crm:account:read").orElseThrow()))
                .boundTo(cnf);
        return new TokenIssuer(key, InstantSource.fixed(NOW), Property.random(1), "iss", "aud").issue(grant);
    }

    private Presentation proven(Prover by, String token, String id) {
        String proof = by.proof(by.header(), Prover.claims(id, "POST", URL, token, NOW));
        return new Presentation(Scheme.DPOP, List.of(proof), "POST", URL, Optional.empty());
    }

    private static Presentation over(String thumbprint) {
        return new Presentation(
                Scheme.BEARER, List.of(), "POST", URL, Optional.of(new PeerCertificate(thumbprint, AGENT)));
    }

    private static String fault(Possession node, String token, Presentation how) {
        Step<Delegation> step = node.verify(token, how);
        return step instanceof Step.Passed<Delegation>
                ? "passed"
                : how.fault().map(why -> why.remedy() + " " + why.word()).orElse("undecidable");
    }

    @Test
    void a_bound_token_opens_for_its_key_and_for_no_other() {
        String bound = token(Confirmation.ofKey(client.thumbprint()));
        Possession node = node(uses);
        assertThat(fault(node, bound, proven(client, bound, "1"))).isEqualTo("passed");
        assertThat(fault(node, bound, proven(new Prover(), bound, "2"))).isEqualTo("TOKEN owner");
        assertThat(fault(node, bound, Presentation.bearer())).isEqualTo("TOKEN owner");
        assertThat(fault(node, bound, over(THUMB))).isEqualTo("TOKEN owner");
    }

    @Test
    void a_token_that_is_not_bound_does_not_open_with_a_proof() {
        String plain = token(Confirmation.NONE);
        assertThat(fault(node(uses), plain, Presentation.bearer())).isEqualTo("passed");
        assertThat(fault(node(uses), plain, proven(client, plain, "1"))).isEqualTo("TOKEN owner");
    }

    @Test
    void a_token_bound_to_a_certificate_opens_on_a_connection_with_that_certificate() {
        String bound = token(Confirmation.ofCertificate(THUMB));
        assertThat(fault(node(uses), bound, over(THUMB))).isEqualTo("passed");
        assertThat(fault(node(uses), bound, over("A" + THUMB.substring(1)))).isEqualTo("TOKEN owner");
        assertThat(fault(node(uses), bound, Presentation.bearer())).isEqualTo("TOKEN owner");
    }

    @Test
    void a_token_bound_to_both_opens_with_both() {
        String bound = token(new Confirmation(Optional.of(client.thumbprint()), Optional.of(THUMB)));
        assertThat(fault(node(uses), bound, over(THUMB))).isEqualTo("TOKEN owner");
        assertThat(fault(node(uses), bound, proven(client, bound, "1"))).isEqualTo("TOKEN owner");
        Presentation both = new Presentation(
                Scheme.DPOP,
                List.of(client.proof(client.header(), Prover.claims("2", "POST", URL, bound, NOW))),
                "POST",
                URL,
                Optional.of(new PeerCertificate(THUMB, AGENT)));
        assertThat(fault(node(uses), bound, both)).isEqualTo("passed");
    }

    @Test
    void a_proof_opens_once_on_whichever_node() {
        // Given
        String bound = token(Confirmation.ofKey(client.thumbprint()));
        Presentation first = proven(client, bound, "1");
        Possession here = node(uses);
        Possession there = node(new SingleUse(store));

        // When
        String opened = fault(here, bound, first);

        // Then
        assertThat(opened).isEqualTo("passed");
        assertThat(fault(there, bound, proven(client, bound, "1"))).isEqualTo("PROOF proof-replayed");
        assertThat(fault(here, bound, proven(client, bound, "1"))).isEqualTo("PROOF proof-replayed");
        assertThat(fault(here, bound, first))
                .as("the same request, asked again by a later stage")
                .isEqualTo("passed");
        assertThat(fault(there, bound, proven(client, bound, "2"))).isEqualTo("passed");
    }

    @Test
    void a_proof_for_a_bad_token_takes_no_room_and_says_nothing_of_the_token() {
        String bad = token(Confirmation.ofKey(client.thumbprint())) + "x";
        assertThat(fault(node(uses), bad, proven(client, bad, "1"))).startsWith("TOKEN ");
        assertThat(store.<Long>read(session -> session.one("select count(*) as n from consumed_token")
                        .orElseThrow()
                        .number("n")))
                .isZero();
        Presentation spoilt = new Presentation(Scheme.DPOP, List.of("x"), "POST", URL, Optional.empty());
        assertThat(fault(node(uses), bad, spoilt)).isEqualTo("PROOF proof-shape");
    }

    @Test
    void a_memory_that_cannot_answer_is_a_no() {
        String bound = token(Confirmation.ofKey(client.thumbprint()));
        Possession node = node(uses);
        store.close();
        assertThat(fault(node, bound, proven(client, bound, "1"))).isEqualTo("undecidable");
    }
}
