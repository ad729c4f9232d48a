// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.terms;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/// The public half of a signing key.
///
/// @param keyId     names the key
/// @param publicKey an Ed25519 public key
/// @param provider  where the signature is verified
public record VerifyingKey(String keyId, PublicKey publicKey, Provider provider) {
    /// Length of an Ed25519 public key and of the last bytes of its X.509 form (RFC 8410).
    public static final int RAW_BYTES = 32;

    /// What stands before them.
    private static final byte[] HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

    /// The public key of the 32 bytes that `raw` gives.
    ///
    /// @param factory whose kind of key it becomes
    /// @throws GeneralSecurityException when they are no Ed25519 key
    public static PublicKey publicKey(byte[] raw, KeyFactory factory) throws GeneralSecurityException {
        if (raw.length != RAW_BYTES) {
            throw new InvalidKeyException("an Ed25519 public key has 32 bytes");
        }
        byte[] encoded = Arrays.copyOf(HEAD, HEAD.length + RAW_BYTES);
        System.arraycopy(raw, 0, encoded, HEAD.length, RAW_BYTES);
        return factory.generatePublic(new X509EncodedKeySpec(encoded));
    }

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
