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
import java.util.Optional;

/// Ed25519 keys as JSON Web Keys (RFC 8037) and back.
public final class EdwardsKeys {
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
        if (!Curve.Ed25519.equals(key.getCurve())) {
            return Optional.empty();
        }
        try {
            KeyFactory factory = KeyFactory.getInstance("Ed25519");
            Provider provider = factory.getProvider();
            String id = key.getKeyID() == null ? "key" : key.getKeyID();
            return Optional.of(
                    new VerifyingKey(id, VerifyingKey.publicKey(key.getX().decode(), factory), provider));
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
