// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.tls;

import static dev.tollgate.terms.Require.require;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The server's certificate and the key that goes with it.
///
/// @param chain its own certificate first
/// @param key   private
public record ServerIdentity(List<X509Certificate> chain, PrivateKey key) {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]*)-----END PRIVATE KEY-----");

    private static final List<String> KINDS = List.of("EC", "RSA", "EdDSA");

    /// An RSA key of 4,096 bits in PEM takes 3.3 KB.
    public static final int KEY_BYTES_MAX = 16 * 1024;

    public ServerIdentity {
        chain = List.copyOf(chain);
        require(!chain.isEmpty(), "a server has a certificate");
        require(fits(chain.getFirst(), key), "the key is not that of the server's certificate");
    }

    /// The private key in a PEM file (PKCS #8, RFC 7468 §10), or nothing.
    public static Optional<PrivateKey> key(byte[] pem) {
        Matcher block = PEM.matcher(new String(pem, StandardCharsets.ISO_8859_1));
        if (pem.length > KEY_BYTES_MAX || !block.find()) {
            return Optional.empty();
        }
        byte[] der;
        try {
            der = Base64.getMimeDecoder().decode(block.group(1));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
        for (String kind : KINDS) {
            try {
                return Optional.of(KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(der)));
            } catch (GeneralSecurityException _) {
                // A key of another kind.
            }
        }
        return Optional.empty();
    }

    private static boolean fits(X509Certificate certificate, PrivateKey key) {
        String algorithm = switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> "EdDSA";
        };
        try {
            byte[] message = certificate.getSignature();
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(message);
            byte[] signature = signer.sign();
            signer.initVerify(certificate.getPublicKey());
            signer.update(message);
            return signer.verify(signature);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "ServerIdentity[***]";
    }
}
