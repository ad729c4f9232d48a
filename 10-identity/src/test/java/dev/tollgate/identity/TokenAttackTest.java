// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity;

import static dev.tollgate.identity.Tokens.NOW;
import static dev.tollgate.identity.Tokens.claims;
import static dev.tollgate.identity.Tokens.encode;
import static dev.tollgate.identity.Tokens.signed;
import static dev.tollgate.identity.Tokens.verifier;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import dev.tollgate.identity.TokenVerifier.Checked;
import dev.tollgate.terms.CanonicalJson;
import dev.tollgate.terms.SigningKey;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.testing.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Tokens that someone forged, and the fault that each must end with.
class TokenAttackTest {
    private static final String GOOD = CanonicalJson.text(new Value.Fields(claims()));

    private static TokenFault fault(String token) {
        return switch (verifier(NOW).check(token)) {
            case Checked.Proven _ -> throw new AssertionError("a forged token was accepted");
            case Checked.Faulty faulty -> faulty.fault();
        };
    }

    @Test
    void the_token_that_the_attacks_spoil_is_good() {
        assertThat(verifier(NOW).check(signed(claims()))).isInstanceOf(Checked.Proven.class);
    }

    static Stream<Arguments> headers() {
        return Stream.of(
                Arguments.of("none", "{\"alg\":\"none\",\"typ\":\"at+jwt\"}"),
                Arguments.of("None", "{\"alg\":\"None\",\"kid\":\"delegation-1\",\"typ\":\"at+jwt\"}"),
                Arguments.of("other algorithm", "{\"alg\":\"ES256\",\"kid\":\"delegation-1\",\"typ\":\"at+jwt\"}"),
                Arguments.of("newer name", "{\"alg\":\"Ed25519\",\"kid\":\"delegation-1\",\"typ\":\"at+jwt\"}"),
                Arguments.of("plain jwt", "{\"alg\":\"EdDSA\",\"kid\":\"delegation-1\",\"typ\":\"JWT\"}"),
                Arguments.of("decision token", "{\"alg\":\"EdDSA\",\"kid\":\"delegation-1\",\"typ\":\"txntoken+jwt\"}"),
                Arguments.of("no type", "{\"alg\":\"EdDSA\",\"kid\":\"delegation-1\"}"),
                Arguments.of("no key id", "{\"alg\":\"EdDSA\",\"typ\":\"at+jwt\"}"),
                Arguments.of(
                        "crit", "{\"alg\":\"EdDSA\",\"crit\":[\"b64\"],\"kid\":\"delegation-1\",\"typ\":\"at+jwt\"}"),
                Arguments.of("b64", "{\"alg\":\"EdDSA\",\"b64\":false,\"kid\":\"delegation-1\",\"typ\":\"at+jwt\"}"),
                Arguments.of("own key", "{\"alg\":\"EdDSA\",\"jwk\":{\"kty\":\"OKP\"},\"kid\":\"delegation-1\"}"),
                Arguments.of("key url", "{\"alg\":\"EdDSA\",\"jku\":\"https://evil.test\",\"kid\":\"delegation-1\"}"),
                Arguments.of(
                        "duplicate",
                        "{\"alg\":\"none\",\"alg\":\"EdDSA\",\"kid\":\"delegation-1\",\"typ\":\"at+jwt\"}"),
                Arguments.of("spaces", "{ \"alg\":\"EdDSA\",\"kid\":\"delegation-1\",\"typ\":\"at+jwt\"}"),
                Arguments.of("not json", "EdDSA"),
                Arguments.of("empty", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("headers")
    void a_header_that_we_do_not_write_is_refused_before_any_signature(String name, String header) {
        assertThat(fault(signed(header, GOOD))).isIn(TokenFault.HEADER, TokenFault.SHAPE);
    }

    @Test
    void an_unsigned_token_is_refused() {
        String header = encode("{\"alg\":\"none\",\"typ\":\"at+jwt\"}");
        assertThat(fault(header + "." + encode(GOOD) + ".")).isEqualTo(TokenFault.HEADER);
        assertThat(fault(Jws.header("delegation-1") + "." + encode(GOOD) + ".")).isEqualTo(TokenFault.SHAPE);
    }

    @Test
    void the_public_key_is_no_hmac_secret() throws JOSEException {
        JWSObject forged = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("delegation-1").build(), new Payload(GOOD));
        forged.sign(new MACSigner(Tokens.KEY.verifyingKey().raw()));
        assertThat(fault(forged.serialize())).isEqualTo(TokenFault.HEADER);
        String ours = Jws.header("delegation-1") + "." + encode(GOOD) + ".";
        assertThat(fault(ours + forged.getSignature())).isEqualTo(TokenFault.SHAPE);
    }

    @Test
    void a_key_is_named_never_found_by_a_path() {
        for (String id : List.of("../../etc/passwd", "delegation-2", "DELEGATION-1", "delegation-1 ", "' or 1=1 --")) {
            SigningKey other = Tokens.key(id.isBlank() ? "x" : id);
            String token = Jws.sign(other, Jws.header(id), GOOD.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            assertThat(fault(token)).isEqualTo(TokenFault.KEY);
        }
    }

    @Test
    void another_key_with_our_keys_name_does_not_sign_for_us() {
        SigningKey other = Tokens.key("delegation-1");
        String token =
                Jws.sign(other, Jws.header("delegation-1"), GOOD.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(fault(token)).isEqualTo(TokenFault.SIGNATURE);
    }

    @Test
    void every_changed_character_is_found() {
        String token = signed(claims());
        Property.forAll(300, random -> random.nextInt(token.length()), at -> {
            char changed = token.charAt(at) == 'A' ? 'B' : 'A';
            String forged = token.substring(0, at) + changed + token.substring(at + 1);
            assertThat(fault(forged)).isNotNull();
        });
    }

    @Test
    void a_token_has_one_spelling() {
        String token = signed(claims());
        List<String> spellings = List.of(
                token + "=",
                token + "\n",
                " " + token,
                token + ".",
                token + "." + encode("x"),
                token.replaceFirst("\\.", ".."),
                token.replace('-', '+').replace('_', '/') + "=",
                token.substring(0, token.length() - 1) + next(token.charAt(token.length() - 1)));
        for (String spelling : spellings) {
            assertThat(fault(spelling)).isNotNull();
        }
    }

    /// The last character carries four unused bits: a lenient decoder takes its neighbour for the same bytes.
    private static char next(char last) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return alphabet.charAt((alphabet.indexOf(last) + 1) % alphabet.length());
    }

    @Test
    void a_nested_or_encrypted_token_is_refused() {
        String five = "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0.." + encode("iv") + "." + encode("text") + ".tag";
        assertThat(fault(five)).isEqualTo(TokenFault.SHAPE);
        assertThat(fault(signed("{\"cty\":\"JWT\"}", signed(claims())))).isEqualTo(TokenFault.HEADER);
        assertThat(fault(signed(signed(claims())))).isEqualTo(TokenFault.CLAIMS);
    }

    @Test
    void an_oversized_token_is_refused_unread() {
        assertThat(fault("a".repeat(10_000_000))).isEqualTo(TokenFault.OVERSIZED);
        assertThat(fault(signed("[".repeat(5_000)))).isEqualTo(TokenFault.CLAIMS);
        assertThat(fault(".".repeat(7_000))).isEqualTo(TokenFault.SHAPE);
    }

    static Stream<Arguments> payloads() {
        List<Arguments> spoilt = new ArrayList<>();
        claims().keySet().forEach(name -> spoilt.add(Arguments.of("without " + name, without(name))));
        claims().keySet()
                .forEach(name -> spoilt.add(
                        Arguments.of(name + " of another type", with(name, new Value.Items(List.of(Value.of(true)))))));
        spoilt.add(
                Arguments.of("duplicate sub", GOOD.replace("\"sub\":\"alice\"", "\"sub\":\"eve\",\"sub\":\"alice\"")));
        spoilt.add(Arguments.of("duplicate in act", GOOD.replace("\"act\":{", "\"act\":{\"sub\":\"other\",")));
        spoilt.add(Arguments.of("further claim", with("admin", Value.of(true))));
        spoilt.add(Arguments.of("exponent", GOOD.replace("\"exp\":", "\"exp\":1e9,\"exq\":")));
        spoilt.add(Arguments.of("white space", GOOD.replace("{\"act\"", "{ \"act\"")));
        spoilt.add(Arguments.of("trailing bytes", GOOD + "{}"));
        spoilt.add(Arguments.of("escaped letter", GOOD.replace("alice", "\\u0061lice")));
        spoilt.add(Arguments.of("client is not the actor", with("client_id", Value.of("other"))));
        spoilt.add(Arguments.of("audience list", with("aud", Value.texts(List.of(Tokens.AUDIENCE)))));
        spoilt.add(Arguments.of("control character", with("sub", Value.of("al\nice"))));
        spoilt.add(Arguments.of("endless chain", with("act", chain(9))));
        spoilt.add(Arguments.of("negative time", with("iat", Value.of(-1))));
        return spoilt.stream();
    }

    private static String without(String name) {
        Map<String, Value> claims = claims();
        claims.remove(name);
        return CanonicalJson.text(new Value.Fields(claims));
    }

    private static String with(String name, Value value) {
        Map<String, Value> claims = claims();
        claims.put(name, value);
        return CanonicalJson.text(new Value.Fields(claims));
    }

    private static Value chain(int length) {
        Value link = new Value.Fields(Map.of("sub", Value.of("sales-copilot")));
        for (int at = 1; at < length; at++) {
            link = new Value.Fields(Map.of("sub", Value.of("sales-copilot"), "act", link));
        }
        return link;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("payloads")
    void signed_claims_that_our_issuer_would_not_write_are_refused(String name, String payload) {
        assertThat(payload).isNotEqualTo(GOOD);
        assertThat(fault(signed(payload))).isEqualTo(TokenFault.CLAIMS);
    }

    @Test
    void a_token_for_someone_else_is_refused() {
        assertThat(fault(signed(with("iss", Value.of("https://evil.test"))))).isEqualTo(TokenFault.ISSUER);
        assertThat(fault(signed(with("aud", Value.of("salesforce-api"))))).isEqualTo(TokenFault.AUDIENCE);
    }

    @Test
    void no_token_lives_longer_than_900_seconds_whatever_it_says() {
        Value late = Value.of(NOW.plusSeconds(901).getEpochSecond());
        assertThat(fault(signed(with("exp", late)))).isEqualTo(TokenFault.LIFETIME);
        assertThat(fault(signed(with("exp", Value.of(NOW.getEpochSecond()))))).isEqualTo(TokenFault.LIFETIME);
        assertThat(fault(signed(with("exp", Value.of(253_402_300_799L))))).isEqualTo(TokenFault.LIFETIME);
        Value future = Value.of(NOW.plusSeconds(6).getEpochSecond());
        assertThat(fault(signed(with("iat", future)))).isEqualTo(TokenFault.EARLY);
        Map<String, Value> old = claims();
        old.put("iat", Value.of(NOW.minusSeconds(900).getEpochSecond()));
        old.put("exp", Value.of(NOW.getEpochSecond()));
        assertThat(fault(signed(old))).isEqualTo(TokenFault.EXPIRED);
    }

    @Test
    void the_examples_of_rfc_7515_are_not_ours() {
        // RFC 7515 appendix A.1 (HS256) and A.5 (none).
        String hs256 = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
                + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
                + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        String none = "eyJhbGciOiJub25lIn0"
                + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.";
        assertThat(fault(hs256)).isEqualTo(TokenFault.HEADER);
        assertThat(fault(none)).isEqualTo(TokenFault.HEADER);
    }

    @Test
    void random_text_never_throws() {
        String alphabet = "aA0-_.={}\":,\u0000\uD800é ";
        Property.forAll(
                5_000,
                random -> {
                    StringBuilder text = new StringBuilder();
                    for (int at = random.nextInt(120); at > 0; at--) {
                        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
                    }
                    return random.nextBoolean() ? Jws.header("delegation-1") + "." + text : text.toString();
                },
                token -> assertThat(fault(token)).isNotNull());
    }
}
