// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity.bound;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.tollgate.terms.Presentation;
import dev.tollgate.terms.Presentation.Scheme;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class ProofVerifierTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final String URL = "https://gateway.example/mcp";
    private static final String TOKEN = "a.b.c";

    private final Prover client = new Prover();
    private final ProofVerifier verifier = new ProofVerifier(InstantSource.fixed(NOW), Optional.empty());

    private static Presentation post(String... proofs) {
        return new Presentation(Scheme.DPOP, List.of(proofs), "POST", URL, Optional.empty());
    }

    private ProofVerifier.Checked with(Consumer<Map<String, String>> header, Consumer<Map<String, String>> claims) {
        Map<String, String> head = client.header();
        Map<String, String> said = Prover.claims("id-1", "POST", URL, TOKEN, NOW);
        header.accept(head);
        claims.accept(said);
        return verifier.check(TOKEN, post(client.proof(head, said)));
    }

    private ProofVerifier.Checked header(String name, String value) {
        return with(head -> head.put(name, value), _ -> {});
    }

    private ProofVerifier.Checked claim(String name, String value) {
        return with(_ -> {}, claims -> claims.put(name, value));
    }

    private static ProofVerifier.Checked faulty(ProofFault fault) {
        return new ProofVerifier.Checked.Faulty(fault);
    }

    @Test
    void a_good_proof_shows_the_key_of_whoever_made_it() {
        assertThat(with(_ -> {}, _ -> {}))
                .isInstanceOfSatisfying(
                        ProofVerifier.Checked.Held.class,
                        held -> assertThat(held.thumbprint()).isEqualTo(client.thumbprint()));
    }

    @Test
    void a_header_is_of_that_type_and_has_those_members_only() {
        assertThat(header("typ", "\"at+jwt\"")).isEqualTo(faulty(ProofFault.HEADER));
        assertThat(header("typ", "\"DPOP+JWT\"")).isEqualTo(faulty(ProofFault.HEADER));
        assertThat(header("typ", "7")).isEqualTo(faulty(ProofFault.HEADER));
        assertThat(header("crit", "[\"b64\"]")).isEqualTo(faulty(ProofFault.HEADER));
        assertThat(header("kid", "\"../../key\"")).isEqualTo(faulty(ProofFault.HEADER));
        assertThat(header("jku", "\"https://attacker.example/keys\"")).isEqualTo(faulty(ProofFault.HEADER));
        assertThat(with(head -> head.remove("typ"), _ -> {})).isEqualTo(faulty(ProofFault.HEADER));
    }

    @Test
    void an_algorithm_is_one_that_goes_with_the_key() {
        for (String algorithm : List.of("none", "HS256", "RS256", "ES384", "EdDSA", "es256", "")) {
            assertThat(header("alg", "\"" + algorithm + "\"")).isEqualTo(faulty(ProofFault.ALGORITHM));
        }
        assertThat(with(head -> head.remove("alg"), _ -> {})).isEqualTo(faulty(ProofFault.ALGORITHM));
    }

    @Test
    void a_key_is_public_and_of_a_kind_that_is_taken() throws JOSEException {
        List<String> refused = List.of(
                client.key.toJSONString(),
                "{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}",
                new ECKeyGenerator(Curve.P_384).generate().toPublicJWK().toJSONString(),
                new ECKeyGenerator(Curve.P_521).generate().toPublicJWK().toJSONString(),
                rsa(1024),
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}",
                "{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}",
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AA\"}",
                "{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}",
                "{\"kty\":\"EC\",\"jku\":\"https://attacker.example\"}",
                "{}",
                "[]",
                "\"text\"",
                "null");
        for (String jwk : refused) {
            assertThat(header("jwk", jwk)).as(jwk).isEqualTo(faulty(ProofFault.KEY));
        }
    }

    private static String rsa(int bits) throws JOSEException {
        JWK key = new RSAKeyGenerator(bits, true).generate();
        return key.toPublicJWK().toJSONString();
    }

    @Test
    void the_key_that_is_named_is_the_key_that_signed() {
        assertThat(header("jwk", new Prover().key.toPublicJWK().toJSONString()))
                .isEqualTo(faulty(ProofFault.SIGNATURE));
    }

    @Test
    void claims_are_all_there_and_of_their_kind() {
        for (String name : List.of("jti", "htm", "htu", "iat", "ath")) {
            assertThat(with(_ -> {}, claims -> claims.remove(name))).as(name).isEqualTo(faulty(ProofFault.CLAIMS));
            assertThat(claim(name, "[]")).as(name).isEqualTo(faulty(ProofFault.CLAIMS));
        }
        assertThat(claim("jti", "\"\"")).isEqualTo(faulty(ProofFault.CLAIMS));
        assertThat(claim("jti", "\"" + "x".repeat(257) + "\"")).isEqualTo(faulty(ProofFault.CLAIMS));
        assertThat(claim("iat", "\"" + NOW.getEpochSecond() + "\"")).isEqualTo(faulty(ProofFault.CLAIMS));
        assertThat(claim("iat", "-1")).isEqualTo(faulty(ProofFault.CLAIMS));
        assertThat(claim("iat", "9999999999999999999")).isEqualTo(faulty(ProofFault.CLAIMS));
    }

    @Test
    void an_address_is_compared_in_one_spelling_without_query() {
        for (String same : List.of(
                "HTTPS://Gateway.Example:443/mcp",
                "https://gateway.example/mcp?x=1",
                "https://gateway.example/mcp#top",
                "https://gateway.example/%6dcp",
                "https://gateway.example/./mcp")) {
            assertThat(claim("htu", "\"" + same + "\"")).as(same).isInstanceOf(ProofVerifier.Checked.Held.class);
        }
        for (String other : List.of(
                "http://gateway.example/mcp",
                "https://gateway.example:8443/mcp",
                "https://gateway.example.attacker.example/mcp",
                "https://gateway.example@attacker.example/mcp",
                "https://user@gateway.example/mcp",
                "https://gateway.example/mcp/",
                "https://gateway.example/MCP",
                "https://gateway.example/%2fmcp",
                "/mcp",
                "not an address")) {
            assertThat(claim("htu", "\"" + other + "\"")).as(other).isEqualTo(faulty(ProofFault.URL));
        }
        assertThat(claim("htm", "\"post\"")).isEqualTo(faulty(ProofFault.METHOD));
    }

    @Test
    void a_proof_is_good_for_a_minute() {
        long now = NOW.getEpochSecond();
        assertThat(claim("iat", Long.toString(now - 60))).isInstanceOf(ProofVerifier.Checked.Held.class);
        assertThat(claim("iat", Long.toString(now - 61))).isEqualTo(faulty(ProofFault.STALE));
        assertThat(claim("iat", Long.toString(now + 5))).isInstanceOf(ProofVerifier.Checked.Held.class);
        assertThat(claim("iat", Long.toString(now + 6))).isEqualTo(faulty(ProofFault.EARLY));
    }

    @Test
    void bytes_have_one_meaning() {
        String good = client.proof(client.header(), Prover.claims("id-1", "POST", URL, TOKEN, NOW));
        String head = Prover.object(client.header());
        String twice = "{\"jti\":\"id-0\","
                + Prover.object(Prover.claims("id-1", "POST", URL, TOKEN, NOW)).substring(1);
        assertThat(verifier.check(TOKEN, post(client.proof(head, twice)))).isEqualTo(faulty(ProofFault.SHAPE));
        assertThat(verifier.check(TOKEN, post(client.proof(head + " {}", "{}"))))
                .isEqualTo(faulty(ProofFault.SHAPE));
        assertThat(verifier.check(TOKEN, post(client.proof("[]", "{}")))).isEqualTo(faulty(ProofFault.SHAPE));
        assertThat(verifier.check(TOKEN, post(client.proof(head, "{\"a\":".repeat(9) + "1" + "}".repeat(9)))))
                .isEqualTo(faulty(ProofFault.SHAPE));
        assertThat(verifier.check(TOKEN, post(good + "="))).isEqualTo(faulty(ProofFault.SHAPE));
        assertThat(verifier.check(TOKEN, post(good + "."))).isEqualTo(faulty(ProofFault.SHAPE));
        assertThat(verifier.check(TOKEN, post("a.b"))).isEqualTo(faulty(ProofFault.SHAPE));
        assertThat(verifier.check(TOKEN, post("x".repeat(4_097)))).isEqualTo(faulty(ProofFault.OVERSIZED));
        assertThat(verifier.check(TOKEN, post())).isEqualTo(faulty(ProofFault.MISSING));
        assertThat(verifier.check(TOKEN, post(good, good))).isEqualTo(faulty(ProofFault.MISSING));
    }

    @Test
    void a_nonce_is_ours_and_still_good_where_one_is_asked_for() {
        // Given
        Nonces nonces = new Nonces(new SecretKeySpec(new byte[32], "HmacSHA256"), InstantSource.fixed(NOW));
        ProofVerifier strict = new ProofVerifier(InstantSource.fixed(NOW), Optional.of(nonces));
        Nonces old = new Nonces(
                new SecretKeySpec(new byte[32], "HmacSHA256"), InstantSource.fixed(NOW.minus(Duration.ofMinutes(5))));
        byte[] otherKey = new byte[32];
        otherKey[0] = 1;
        Nonces foreign = new Nonces(new SecretKeySpec(otherKey, "HmacSHA256"), InstantSource.fixed(NOW));

        // Then
        assertThat(strict.check(TOKEN, nonce(nonces.fresh()))).isInstanceOf(ProofVerifier.Checked.Held.class);
        for (String refused : List.of(old.fresh(), foreign.fresh(), "", "AAAA", "made up")) {
            assertThat(strict.check(TOKEN, nonce(refused))).as(refused).isEqualTo(faulty(ProofFault.NONCE));
        }
        assertThat(strict.check(
                        TOKEN, post(client.proof(client.header(), Prover.claims("id", "POST", URL, TOKEN, NOW)))))
                .isEqualTo(faulty(ProofFault.NONCE));
    }

    private Presentation nonce(String nonce) {
        Map<String, String> claims = Prover.claims("id-1", "POST", URL, TOKEN, NOW);
        claims.put("nonce", "\"" + nonce + "\"");
        return post(client.proof(client.header(), claims));
    }
}
