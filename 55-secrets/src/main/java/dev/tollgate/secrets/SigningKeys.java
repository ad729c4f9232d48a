// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.secrets;

import dev.tollgate.terms.Digest;
import dev.tollgate.terms.SigningKey;
import dev.tollgate.terms.VerifyingKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Locale;

/// Signing keys in a folder, one Ed25519 key for each purpose, so that a signature for one can never pass for
/// another. A key is a PEM file that only its owner may read: PKCS#8, and the public half beside it.
public final class SigningKeys {
    /// What a key signs.
    public enum Purpose {
        /// Decision tokens.
        TOKEN,
        /// Delegations, the bearer tokens of agents.
        DELEGATION,
        /// Checkpoints of the audit log.
        LOG;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final String ALGORITHM = "Ed25519";
    private static final byte[] PROBE = "tollgate key probe".getBytes(StandardCharsets.US_ASCII);

    /// Enough of the thumbprint that no two keys of one deployment share an id.
    private static final int ID_BYTES = 12;

    private final Path folder;
    private final Provider provider;

    /// @param folder   of the key files, made when missing
    /// @param provider computes the signatures; see `CryptoProviders.best`
    public SigningKeys(Path folder, Provider provider) {
        this.folder = folder;
        this.provider = provider;
    }

    /// The key of a purpose; made at the first call. Its id is the purpose and a part of the digest of its
    /// public half, so a new key never has the id of an old one.
    ///
    /// @throws IllegalStateException when the file is not a key, its halves do not belong together, or others
    ///     may read it
    /// @throws UncheckedIOException  when the folder cannot be read or written
    public SigningKey openOrCreate(Purpose purpose) {
        Path file = folder.resolve(purpose.word() + ".pem");
        try {
            if (!Files.exists(file)) {
                // When another process is quicker, its key is ours too.
                OwnerOnly.create(file, pem(generate()));
            }
            if (!OwnerOnly.holds(file)) {
                throw new IllegalStateException("the " + purpose.word() + " key can be read by others than its owner");
            }
            return read(purpose, Files.readString(file, StandardCharsets.US_ASCII));
        } catch (IOException broken) {
            throw new UncheckedIOException("the " + purpose.word() + " key cannot be read or made", broken);
        }
    }

    private KeyPair generate() {
        try {
            return KeyPairGenerator.getInstance(ALGORITHM, provider).generateKeyPair();
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("the provider cannot make Ed25519 keys", broken);
        }
    }

    private SigningKey read(Purpose purpose, String pem) {
        try {
            KeyFactory factory = CryptoProviders.keyFactory(provider);
            PrivateKey secret = factory.generatePrivate(new PKCS8EncodedKeySpec(block(pem, "PRIVATE KEY")));
            PublicKey shown = factory.generatePublic(new X509EncodedKeySpec(block(pem, "PUBLIC KEY")));
            String id = purpose.word() + "-" + id(shown);
            SigningKey key = new SigningKey(id, new KeyPair(shown, secret), provider);
            VerifyingKey check = key.verifyingKey();
            if (!check.verify(PROBE, key.sign(PROBE))) {
                throw new IllegalStateException("the halves of the " + purpose.word() + " key do not belong together");
            }
            return key;
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            // Without the cause: parsers quote what they read.
            throw new IllegalStateException("the " + purpose.word() + " key file does not hold an Ed25519 key");
        }
    }

    private static String id(PublicKey key) {
        byte[] digest = Digest.sha256(key.getEncoded());
        byte[] head = new byte[ID_BYTES];
        System.arraycopy(digest, 0, head, 0, ID_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(head);
    }

    private static byte[] pem(KeyPair pair) {
        String text = block("PRIVATE KEY", pair.getPrivate().getEncoded())
                + block("PUBLIC KEY", pair.getPublic().getEncoded());
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String block(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    /// @throws IllegalArgumentException when the text has no such block
    private static byte[] block(String pem, String label) {
        String begin = "-----BEGIN " + label + "-----";
        int from = pem.indexOf(begin);
        int to = pem.indexOf("-----END " + label + "-----", Math.max(from, 0));
        if (from < 0 || to < 0) {
            throw new IllegalArgumentException("a block is missing");
        }
        return Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
    }
}
