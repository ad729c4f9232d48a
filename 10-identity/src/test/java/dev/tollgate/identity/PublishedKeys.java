// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.identity;

import dev.tollgate.terms.SigningKey;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.Security;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;

/// Keys as RFCs print them.
final class PublishedKeys {
    private PublishedKeys() {}

    static SigningKey of(String id, byte[] seed, byte[] shown) {
        byte[] bigEndian = new byte[shown.length];
        for (int at = 0; at < shown.length; at++) {
            bigEndian[at] = shown[shown.length - 1 - at];
        }
        boolean odd = (bigEndian[0] & 0x80) != 0;
        bigEndian[0] &= 0x7f;
        try {
            KeyFactory factory = KeyFactory.getInstance("Ed25519");
            KeyPair pair = new KeyPair(
                    factory.generatePublic(new EdECPublicKeySpec(
                            NamedParameterSpec.ED25519, new EdECPoint(odd, new BigInteger(1, bigEndian)))),
                    factory.generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed)));
            return new SigningKey(id, pair, Security.getProvider("SunEC"));
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
