// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity.bound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.terms.Presentation;
import dev.tollgate.terms.Presentation.Scheme;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the RFCs print, read by our code.
class PublishedVectorsTest {
    private static final JsonMapper JSON = new JsonMapper();

    /// RFC 9449 §7.1.
    private static final String PROOF =
            "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZ"
                    + "OXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JE"
                    + "QSIsImNydiI6IlAtMjU2In19.eyJqdGkiOiJlMWozVl9iS2ljOC1MQUVCIiwiaHRtIjoiR0VUIiwiaHR1IjoiaHR0cHM6Ly9"
                    + "yZXNvdXJjZS5leGFtcGxlLm9yZy9wcm90ZWN0ZWRyZXNvdXJjZSIsImlhdCI6MTU2MjI2MjYxOCwiYXRoIjoiZlVIeU8ycjJ"
                    + "aM0RaNTNFc05yV0JiMHhXWG9hTnk1OUlpS0NBcWtzbVFFbyJ9.2oW9RP35yRqzhrtNP86L-Ey71EOptxRimPPToA1plemAgR"
                    + "6pxHF8y6-yqyVnmcw6Fy1dqd-jfxSYoMxhAJpLjA";

    private static final String TOKEN = "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU";
    private static final Instant MADE = Instant.ofEpochSecond(1_562_262_618);

    /// RFC 7638 §3.1.
    private static final String RSA = """
            {"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJ\
            ECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaS\
            qzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBn\
            iIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw","e":"AQAB","alg":"RS256","kid":"2011-04-29"}""";

    /// RFC 7515 A.2.
    private static final String RSA_SIGNER = """
            {"kty":"RSA","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0\
            Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e\
            -KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj\
            8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ","e":"AQAB"}""";

    private static final String JOE =
            "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

    private static final String ED25519 = """
            {"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""";

    private static ProofKey key(String jwk) {
        JsonNode node = JSON.readTree(jwk);
        return ProofKey.of(node).orElseThrow();
    }

    private static byte[] bytes(String base64) {
        return Base64.getUrlDecoder().decode(base64);
    }

    private static ProofVerifier.Checked check(String token, String method, String url, Instant now) {
        return new ProofVerifier(InstantSource.fixed(now), Optional.empty())
                .check(token, new Presentation(Scheme.DPOP, List.of(PROOF), method, url, Optional.empty()));
    }

    @Test
    void the_proof_that_rfc_9449_prints_is_taken_for_its_token_and_its_request() {
        // When
        ProofVerifier.Checked checked =
                check(TOKEN, "GET", "https://resource.example.org/protectedresource", MADE.plusSeconds(1));

        // Then
        assertThat(checked).isInstanceOfSatisfying(ProofVerifier.Checked.Held.class, held -> {
            assertThat(held.thumbprint()).isEqualTo("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I");
            assertThat(held.until()).isEqualTo(MADE.plusSeconds(65));
        });
    }

    @Test
    void the_same_proof_is_taken_for_nothing_else() {
        String url = "https://resource.example.org/protectedresource";
        assertThat(check(TOKEN + "x", "GET", url, MADE)).isEqualTo(faulty(ProofFault.TOKEN));
        assertThat(check(TOKEN, "POST", url, MADE)).isEqualTo(faulty(ProofFault.METHOD));
        assertThat(check(TOKEN, "GET", url + "s", MADE)).isEqualTo(faulty(ProofFault.URL));
        assertThat(check(TOKEN, "GET", url, MADE.plusSeconds(61))).isEqualTo(faulty(ProofFault.STALE));
        assertThat(check(TOKEN, "GET", url, MADE.minusSeconds(6))).isEqualTo(faulty(ProofFault.EARLY));
    }

    @Test
    void thumbprints_are_those_of_rfc_7638_and_rfc_8037() {
        assertThat(key(RSA).thumbprint()).isEqualTo("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
        assertThat(key(ED25519).thumbprint()).isEqualTo("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }

    @Test
    void signatures_of_rfc_7515_and_rfc_8037_hold_and_their_neighbours_do_not() {
        String rsa = "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGb"
                + "ds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZ"
                + "RmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs9"
                + "8rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
        String ec = "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
        String ed = "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
        String ecKey = "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","
                + "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}";
        holds(RSA_SIGNER, "RS256", "eyJhbGciOiJSUzI1NiJ9." + JOE, rsa);
        holds(ecKey, "ES256", "eyJhbGciOiJFUzI1NiJ9." + JOE, ec);
        holds(ED25519, "EdDSA", "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc", ed);
    }

    private static void holds(String jwk, String algorithm, String input, String signature) {
        ProofKey key = key(jwk);
        assertThat(key.fits(algorithm)).isTrue();
        assertThat(key.signed(algorithm, input, bytes(signature))).isTrue();
        assertThat(key.signed(algorithm, input + "A", bytes(signature))).isFalse();
        byte[] spoilt = bytes(signature);
        spoilt[spoilt.length - 1] ^= 1;
        assertThat(key.signed(algorithm, input, spoilt)).isFalse();
        assertThat(key.signed(algorithm, input, "x".getBytes(StandardCharsets.US_ASCII)))
                .isFalse();
        assertThat(key.signed(algorithm, input, new byte[0])).isFalse();
    }

    private static ProofVerifier.Checked faulty(ProofFault fault) {
        return new ProofVerifier.Checked.Faulty(fault);
    }
}
