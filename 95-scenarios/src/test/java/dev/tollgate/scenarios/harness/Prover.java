// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.harness;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/// A client that holds a P-256 key and proves it (RFC 9449), written from the RFC and not from the
/// gateway's code.
public final class Prover {
    private static final Base64.Encoder ENCODE = Base64.getUrlEncoder().withoutPadding();
    private static final int COORDINATE_BYTES = 32;

    private final KeyPair pair;
    private final AtomicInteger proofs = new AtomicInteger();

    /// With a key of its own.
    public Prover() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            pair = generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /// The key, public, as JSON in the order that RFC 7638 hashes it in.
    public String jwk() {
        ECPublicKey key = (ECPublicKey) pair.getPublic();
        return "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\""
                + coordinate(key.getW().getAffineX()) + "\",\"y\":\""
                + coordinate(key.getW().getAffineY()) + "\"}";
    }

    /// The key's thumbprint.
    public String thumbprint() {
        return digest(jwk());
    }

    /// A good header, as JSON members, to be spoilt.
    public Map<String, String> header() {
        Map<String, String> header = new LinkedHashMap<>();
        header.put("typ", "\"dpop+jwt\"");
        header.put("alg", "\"ES256\"");
        header.put("jwk", jwk());
        return header;
    }

    /// Good claims, as JSON members, to be spoilt.
    public Map<String, String> claims(String method, String url, String token, Instant now) {
        Map<String, String> claims = new LinkedHashMap<>();
        claims.put("jti", "\"proof-" + proofs.incrementAndGet() + "\"");
        claims.put("htm", "\"" + method + "\"");
        claims.put("htu", "\"" + url + "\"");
        claims.put("iat", Long.toString(now.getEpochSecond()));
        claims.put("ath", "\"" + digest(token) + "\"");
        return claims;
    }

    /// A good proof.
    public String proof(String method, String url, String token, Instant now) {
        return proof(header(), claims(method, url, token, now));
    }

    /// A proof that says this.
    public String proof(Map<String, String> header, Map<String, String> claims) {
        return signed(object(header), object(claims));
    }

    /// These bytes, signed with the key.
    public String signed(String header, String claims) {
        String input = encode(header) + "." + encode(claims);
        try {
            Signature signer = Signature.getInstance("SHA256withECDSAinP1363Format");
            signer.initSign(pair.getPrivate());
            signer.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + ENCODE.encodeToString(signer.sign());
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /// Members as one JSON object.
    public static String object(Map<String, String> members) {
        return members.entrySet().stream()
                .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    /// SHA-256 of a text in base64url.
    public static String digest(String text) {
        try {
            return ENCODE.encodeToString(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static String encode(String text) {
        return ENCODE.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String coordinate(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] padded = new byte[COORDINATE_BYTES];
        int length = Math.min(bytes.length, COORDINATE_BYTES);
        System.arraycopy(bytes, bytes.length - length, padded, COORDINATE_BYTES - length, length);
        return ENCODE.encodeToString(padded);
    }
}
