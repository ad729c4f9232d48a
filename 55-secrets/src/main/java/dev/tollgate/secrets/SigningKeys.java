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
import java.nio.file.StandardCopyOption;
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
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Signing keys in a folder, one Ed25519 key for each purpose, so that a signature for one can never pass for
/// another. A key is a PEM file that only its owner may read: PKCS#8, and the public half beside it.
public final class SigningKeys implements KeyHome {
    /// What a key signs.
    public enum Purpose {
        /// Decision tokens.
        TOKEN,
        /// Delegations, the bearer tokens of agents.
        DELEGATION,
        /// Proofs of identity of the local trust domain.
        IDENTITY,
        /// Checkpoints of the audit log.
        LOG;

        /// The word in ids and file names.
        public String word() {
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
    @Override
    public SigningKey openOrCreate(Purpose purpose) {
        return open(purpose, Slot.CURRENT, true).orElseThrow();
    }

    @Override
    public Map<Slot, VerifyingKey> accepted(Purpose purpose) {
        Map<Slot, VerifyingKey> keys = new EnumMap<>(Slot.class);
        keys.put(Slot.CURRENT, openOrCreate(purpose).verifyingKey());
        for (Slot slot : List.of(Slot.NEXT, Slot.OLD)) {
            open(purpose, slot, false).ifPresent(key -> keys.put(slot, key.verifyingKey()));
        }
        return keys;
    }

    @Override
    public VerifyingKey rotate(Purpose purpose) {
        KeyHome.changeable(purpose);
        openOrCreate(purpose);
        if (Files.exists(file(purpose, Slot.NEXT))) {
            throw new OutOfTurn("there is a next " + purpose.word() + " key already: promote it first");
        }
        return open(purpose, Slot.NEXT, true).orElseThrow().verifyingKey();
    }

    @Override
    public VerifyingKey promote(Purpose purpose) {
        KeyHome.changeable(purpose);
        Path next = file(purpose, Slot.NEXT);
        Path current = file(purpose, Slot.CURRENT);
        if (open(purpose, Slot.NEXT, false).isEmpty()) {
            throw new OutOfTurn("there is no next " + purpose.word() + " key: rotate first, and start every node anew");
        }
        try {
            // In this order: at no moment is there no key that signs.
            OwnerOnly.replace(file(purpose, Slot.OLD), Files.readAllBytes(current));
            Files.move(next, current, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException broken) {
            throw new UncheckedIOException("the " + purpose.word() + " key cannot be promoted", broken);
        }
        return openOrCreate(purpose).verifyingKey();
    }

    @Override
    public void retire(Purpose purpose) {
        KeyHome.changeable(purpose);
        try {
            if (!Files.deleteIfExists(file(purpose, Slot.OLD))) {
                throw new OutOfTurn("there is no old " + purpose.word() + " key");
            }
        } catch (IOException broken) {
            throw new UncheckedIOException("the old " + purpose.word() + " key cannot be deleted", broken);
        }
    }

    /// Files are open only while they are read.
    @Override
    public void close() {}

    private Path file(Purpose purpose, Slot slot) {
        String ending = switch (slot) {
            case NEXT -> ".next.pem";
            case CURRENT -> ".pem";
            case OLD -> ".old.pem";
        };
        return folder.resolve(purpose.word() + ending);
    }

    private Optional<SigningKey> open(Purpose purpose, Slot slot, boolean make) {
        Path file = file(purpose, slot);
        try {
            if (!Files.exists(file)) {
                if (!make) {
                    return Optional.empty();
                }
                // When another process is quicker, its key is ours too.
                OwnerOnly.create(file, pem(generate()));
            }
            if (!OwnerOnly.holds(file)) {
                throw new IllegalStateException("the " + purpose.word() + " key can be read by others than its owner");
            }
            return Optional.of(read(purpose, Files.readString(file, StandardCharsets.US_ASCII)));
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
            SigningKey key = new SigningKey(id(purpose, shown), new KeyPair(shown, secret), provider);
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

    /// The id of a key: its purpose, and a part of the digest of its public half.
    public static String id(Purpose purpose, PublicKey key) {
        byte[] digest = Digest.sha256(key.getEncoded());
        byte[] head = new byte[ID_BYTES];
        System.arraycopy(digest, 0, head, 0, ID_BYTES);
        return purpose.word() + "-" + Base64.getUrlEncoder().withoutPadding().encodeToString(head);
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
