// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;

/// The public half of a signing key.
///
/// @param keyId     names the key
/// @param publicKey an Ed25519 public key
/// @param provider  where the signature is verified
public record VerifyingKey(String keyId, PublicKey publicKey, Provider provider) {
    /// Length of an Ed25519 public key and of the last bytes of its X.509 form (RFC 8410).
    private static final int RAW_BYTES = 32;

    /// Whether `signature` is this key's over `message`. A malformed signature is a no.
    public boolean verify(byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("Ed25519", provider);
            verifier.initVerify(publicKey);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    /// The 32 bytes of the key, as signed notes and JSON Web Keys carry it.
    public byte[] raw() {
        byte[] encoded = publicKey.getEncoded();
        byte[] raw = new byte[RAW_BYTES];
        System.arraycopy(encoded, encoded.length - RAW_BYTES, raw, 0, RAW_BYTES);
        return raw;
    }
}
