// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity.bound;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// A client with a key of its own: writes proofs as RFC 9449 §4.2 says, and as it does not.
final class Prover {
    final ECKey key;

    Prover() {
        try {
            key = new ECKeyGenerator(Curve.P_256).generate();
        } catch (JOSEException broken) {
            throw new IllegalStateException(broken);
        }
    }

    String thumbprint() {
        try {
            return key.computeThumbprint().toString();
        } catch (JOSEException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /// Members of a good header, as JSON, to be spoilt.
    Map<String, String> header() {
        Map<String, String> header = new LinkedHashMap<>();
        header.put("typ", "\"dpop+jwt\"");
        header.put("alg", "\"ES256\"");
        header.put("jwk", key.toPublicJWK().toJSONString());
        return header;
    }

    /// Members of good claims, as JSON, to be spoilt.
    static Map<String, String> claims(String id, String method, String url, String token, Instant now) {
        Map<String, String> claims = new LinkedHashMap<>();
        claims.put("jti", "\"" + id + "\"");
        claims.put("htm", "\"" + method + "\"");
        claims.put("htu", "\"" + url + "\"");
        claims.put("iat", Long.toString(now.getEpochSecond()));
        claims.put("ath", "\"" + hash(token) + "\"");
        return claims;
    }

    String proof(Map<String, String> header, Map<String, String> claims) {
        return proof(object(header), object(claims));
    }

    String proof(String header, String claims) {
        String input = Base64URL.encode(header) + "." + Base64URL.encode(claims);
        try {
            Signature signer = Signature.getInstance("SHA256withECDSAinP1363Format");
            signer.initSign(key.toECPrivateKey());
            signer.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + Base64URL.encode(signer.sign());
        } catch (GeneralSecurityException | JOSEException broken) {
            throw new IllegalStateException(broken);
        }
    }

    static String object(Map<String, String> members) {
        return members.entrySet().stream()
                .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    static String hash(String token) {
        try {
            return Base64URL.encode(
                            MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII)))
                    .toString();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
