// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity.proof;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import dev.tollgate.terms.VerifyingKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Optional;

/// Ed25519 keys as JSON Web Keys (RFC 8037) and back.
public final class EdwardsKeys {
    /// What comes before the 32 bytes in the X.509 form (RFC 8410 §4).
    private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int RAW_BYTES = 32;

    private EdwardsKeys() {}

    /// A key as it is published.
    public static JWK published(VerifyingKey key) {
        return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(key.raw()))
                .keyID(key.keyId())
                .keyUse(KeyUse.SIGNATURE)
                .build();
    }

    /// The key that a published one is, or nothing.
    static Optional<VerifyingKey> of(OctetKeyPair key) {
        byte[] raw = key.getX().decode();
        if (!Curve.Ed25519.equals(key.getCurve()) || raw.length != RAW_BYTES) {
            return Optional.empty();
        }
        byte[] encoded = new byte[X509.length + RAW_BYTES];
        System.arraycopy(X509, 0, encoded, 0, X509.length);
        System.arraycopy(raw, 0, encoded, X509.length, RAW_BYTES);
        try {
            KeyFactory factory = KeyFactory.getInstance("Ed25519");
            Provider provider = factory.getProvider();
            String id = key.getKeyID() == null ? "key" : key.getKeyID();
            return Optional.of(new VerifyingKey(id, factory.generatePublic(new X509EncodedKeySpec(encoded)), provider));
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
