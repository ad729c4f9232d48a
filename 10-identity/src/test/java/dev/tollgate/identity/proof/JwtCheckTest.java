// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.tollgate.terms.testing.Requirement;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Tokens of others, most of them not what they say.
final class JwtCheckTest {
    private static final String NOW = Long.toString(Foreign.NOW.getEpochSecond());
    private final JwtCheck check = new JwtCheck(InstantSource.fixed(Foreign.NOW));

    private JwtCheck.Checked checked(String token) {
        return check.check(token, Foreign.issuer());
    }

    @Requirement("S1-3")
    @Test
    void a_token_of_the_issuer_for_us_and_for_now_says_who_it_is() {
        JwtCheck.Checked checked = checked(Foreign.signed(Foreign.HEADER, Foreign.claims("\"groups\":[\"a\"],")));

        assertThat(checked).isInstanceOfSatisfying(JwtCheck.Checked.Proven.class, proven -> {
            assertThat(proven.subject()).isEqualTo("alice");
            assertThat(proven.issued()).isEqualTo(Foreign.NOW);
            assertThat(proven.expires()).isEqualTo(Foreign.NOW.plus(Duration.ofMinutes(5)));
        });
    }

    @Test
    void a_curve_key_is_as_good_as_an_rsa_key() throws JOSEException {
        ECKey key = new ECKeyGenerator(Curve.P_256).keyID("one").generate();
        String input = Foreign.encoded("{\"alg\":\"ES256\",\"kid\":\"one\"}") + "." + Foreign.encoded(Foreign.claims());
        String token = input + "."
                + new ECDSASigner(key)
                        .sign(new JWSHeader(JWSAlgorithm.ES256), input.getBytes(StandardCharsets.US_ASCII));

        assertThat(check.check(token, Foreign.issuer(IssuerKeys.fixed(new JWKSet(key.toPublicJWK())))))
                .isInstanceOf(JwtCheck.Checked.Proven.class);
    }

    private static String spoilt(String old, String now) {
        assertThat(Foreign.claims()).contains(old);
        return Foreign.signed(Foreign.HEADER, Foreign.claims().replace(old, now));
    }

    private static String headed(String header) {
        return Foreign.signed(header, Foreign.claims());
    }

    private static String unsigned() {
        return Foreign.encoded("{\"alg\":\"none\"}") + "." + Foreign.encoded(Foreign.claims()) + ".";
    }

    /// The oldest attack on JWT libraries: the public key as the secret of an HMAC.
    private static String confused() {
        try {
            String input =
                    Foreign.encoded("{\"alg\":\"HS256\",\"kid\":\"one\"}") + "." + Foreign.encoded(Foreign.claims());
            byte[] secret = Foreign.KEY.toRSAPublicKey().getEncoded();
            return input + "."
                    + new MACSigner(secret)
                            .sign(new JWSHeader(JWSAlgorithm.HS256), input.getBytes(StandardCharsets.US_ASCII));
        } catch (JOSEException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static Stream<Arguments> wrong() {
        String good = Foreign.signed(Foreign.HEADER, Foreign.claims());
        String[] parts = good.split("\\.", -1);
        String deep = "\"x\":" + "[".repeat(20) + "]".repeat(20) + ",";
        return Stream.of(
                Arguments.of(ProofFault.SHAPE, ""),
                Arguments.of(ProofFault.SHAPE, "."),
                Arguments.of(ProofFault.SHAPE, "a.b"),
                Arguments.of(ProofFault.SHAPE, good + ".x"),
                Arguments.of(ProofFault.SHAPE, "a.b.c.d.e"),
                Arguments.of(ProofFault.SHAPE, unsigned()),
                Arguments.of(ProofFault.SHAPE, parts[0] + "=." + parts[1] + "." + parts[2]),
                Arguments.of(ProofFault.SHAPE, " " + good),
                Arguments.of(ProofFault.SHAPE, good + "\n"),
                Arguments.of(ProofFault.OVERSIZED, good + "A".repeat(16_384)),
                Arguments.of(ProofFault.ALGORITHM, unsigned() + "AAAA"),
                Arguments.of(ProofFault.ALGORITHM, confused()),
                Arguments.of(ProofFault.ALGORITHM, headed("{\"alg\":\"None\",\"kid\":\"one\"}")),
                Arguments.of(ProofFault.ALGORITHM, headed("{\"alg\":\"rs256\",\"kid\":\"one\"}")),
                Arguments.of(ProofFault.ALGORITHM, headed("{\"kid\":\"one\"}")),
                Arguments.of(ProofFault.ALGORITHM, headed("{\"alg\":\"RSA-OAEP\",\"enc\":\"A256GCM\"}")),
                Arguments.of(ProofFault.JSON, headed("{\"alg\":\"RS256\",\"alg\":\"none\"}")),
                Arguments.of(ProofFault.JSON, headed("[\"RS256\"]")),
                Arguments.of(ProofFault.JSON, Foreign.signed(Foreign.HEADER, Foreign.claims("\"sub\":\"bob\","))),
                Arguments.of(
                        ProofFault.JSON, Foreign.signed(Foreign.HEADER, Foreign.claims("\"x\":{\"a\":1,\"a\":2},"))),
                Arguments.of(ProofFault.JSON, Foreign.signed(Foreign.HEADER, Foreign.claims(deep))),
                Arguments.of(ProofFault.JSON, Foreign.signed(Foreign.HEADER, Foreign.claims() + "{}")),
                Arguments.of(ProofFault.HEADER, headed("{\"alg\":\"RS256\",\"kid\":\"one\",\"cty\":\"JWT\"}")),
                Arguments.of(ProofFault.HEADER, headed("{\"alg\":\"RS256\",\"kid\":\"one\",\"crit\":[\"exp\"]}")),
                Arguments.of(ProofFault.HEADER, headed("{\"alg\":\"RS256\",\"jku\":\"https://evil.example/keys\"}")),
                Arguments.of(ProofFault.HEADER, headed("{\"alg\":\"RS256\",\"jwk\":{\"kty\":\"RSA\"}}")),
                Arguments.of(ProofFault.HEADER, headed("{\"alg\":\"RS256\",\"x5u\":\"https://evil.example/c\"}")),
                Arguments.of(ProofFault.HEADER, headed("{\"alg\":\"RS256\",\"b64\":false}")),
                Arguments.of(ProofFault.HEADER, headed("{\"alg\":\"RS256\",\"kid\":7}")),
                Arguments.of(ProofFault.TYPE, headed("{\"alg\":\"RS256\",\"kid\":\"one\",\"typ\":\"at+jwt\"}")),
                Arguments.of(ProofFault.TYPE, headed("{\"alg\":\"RS256\",\"kid\":\"one\",\"typ\":\"dpop+jwt\"}")),
                Arguments.of(ProofFault.KEY, headed("{\"alg\":\"RS256\",\"kid\":\"two\"}")),
                Arguments.of(ProofFault.KEY, headed("{\"alg\":\"ES256\",\"kid\":\"one\"}")),
                Arguments.of(ProofFault.SIGNATURE, headed("{\"alg\":\"PS256\",\"kid\":\"one\"}")),
                Arguments.of(ProofFault.SIGNATURE, Foreign.signed(Foreign.OTHER, Foreign.HEADER, Foreign.claims())),
                Arguments.of(
                        ProofFault.SIGNATURE,
                        parts[0] + "." + Foreign.encoded(Foreign.claims().replace("alice", "erin")) + "." + parts[2]));
    }

    private static Stream<Arguments> claimed() {
        return Stream.of(
                Arguments.of(ProofFault.ISSUER, spoilt(Foreign.ISSUER, "https://issuer.example/")),
                Arguments.of(
                        ProofFault.AUDIENCE,
                        spoilt("\"aud\":\"" + Foreign.AUDIENCE, "\"aud\":\"https://other.example")),
                Arguments.of(
                        ProofFault.AUDIENCE,
                        spoilt(
                                "\"" + Foreign.AUDIENCE + "\"",
                                "[\"" + Foreign.AUDIENCE + "\",\"https://other.example\"]")),
                Arguments.of(ProofFault.AUDIENCE, spoilt("\"" + Foreign.AUDIENCE + "\"", "[]")),
                Arguments.of(ProofFault.AUDIENCE, spoilt("\"" + Foreign.AUDIENCE + "\"", "7")),
                Arguments.of(ProofFault.CLAIMS, spoilt("\"sub\":\"alice\"", "\"sub\":\" \"")),
                Arguments.of(ProofFault.CLAIMS, spoilt("\"sub\":\"alice\"", "\"sub\":7")),
                Arguments.of(ProofFault.CLAIMS, spoilt("\"sub\":\"alice\",", "")),
                Arguments.of(ProofFault.CLAIMS, spoilt("\"iat\":" + NOW, "\"iat\":\"" + NOW + "\"")),
                Arguments.of(ProofFault.CLAIMS, spoilt("\"iat\":" + NOW, "\"iat\":-1")),
                Arguments.of(ProofFault.CLAIMS, spoilt("\"iat\":" + NOW, "\"nbf\":null,\"iat\":" + NOW)),
                Arguments.of(ProofFault.CLAIMS, spoilt("\"exp\":", "\"exp\":1e300,\"x\":")),
                Arguments.of(ProofFault.CLAIMS, spoilt("\"exp\":", "\"no\":")),
                Arguments.of(ProofFault.EXPIRED, aged(-301)),
                Arguments.of(ProofFault.EXPIRED, aged(-300)),
                Arguments.of(ProofFault.EARLY, aged(31)),
                Arguments.of(
                        ProofFault.EARLY, spoilt("\"iat\":", "\"nbf\":" + (Long.parseLong(NOW) + 60) + ",\"iat\":")),
                Arguments.of(ProofFault.LIFETIME, lasting(3_601)),
                Arguments.of(ProofFault.LIFETIME, spoilt("\"iat\":" + NOW, "\"iat\":1")));
    }

    private static String aged(long seconds) {
        long begin = Foreign.NOW.getEpochSecond();
        return Foreign.signed(
                Foreign.HEADER,
                Foreign.claims()
                        .replace("\"exp\":" + (begin + 300), "\"exp\":" + (begin + 300 + seconds))
                        .replace("\"iat\":" + begin, "\"iat\":" + (begin + seconds)));
    }

    private static String lasting(long seconds) {
        long begin = Foreign.NOW.getEpochSecond();
        return spoilt("\"exp\":" + (begin + 300), "\"exp\":" + (begin + seconds));
    }

    @ParameterizedTest
    @MethodSource({"wrong", "claimed"})
    @Requirement({"S1-3", "S0-15"})
    void what_is_not_expressly_right_is_wrong(ProofFault fault, String token) {
        assertThat(checked(token)).isEqualTo(new JwtCheck.Checked.Faulty(fault));
    }

    @Test
    void a_clock_may_be_off_by_half_a_minute_but_nothing_lives_longer_for_it() {
        assertThat(checked(aged(30))).isInstanceOf(JwtCheck.Checked.Proven.class);
        assertThat(checked(aged(-299))).isInstanceOf(JwtCheck.Checked.Proven.class);
        assertThat(checked(lasting(3_600))).isInstanceOf(JwtCheck.Checked.Proven.class);
    }

    @Test
    void a_key_that_is_not_for_signatures_signs_nothing() {
        JWKSet set = new JWKSet(new com.nimbusds.jose.jwk.RSAKey.Builder(Foreign.KEY.toPublicJWK())
                .keyUse(com.nimbusds.jose.jwk.KeyUse.ENCRYPTION)
                .build());
        String token = Foreign.signed(Foreign.HEADER, Foreign.claims());

        assertThat(check.check(token, Foreign.issuer(IssuerKeys.fixed(set))))
                .isEqualTo(new JwtCheck.Checked.Faulty(ProofFault.KEY));
    }
}
