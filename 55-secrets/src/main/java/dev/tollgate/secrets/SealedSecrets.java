// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.secrets;

import dev.tollgate.terms.RevealsSecret;
import dev.tollgate.terms.SecretValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// One file with all credentials of a deployment, each sealed by itself with AES-256-GCM, its name bound to it, so
/// that neither a copy of the file nor a sealed value under another name is worth anything. One line a secret: the
/// name, the nonce and what is sealed, in Base64. Safe for many threads and processes: a change takes a lock and
/// replaces the whole file, so a reader sees the old one or the new one.
public final class SealedSecrets {
    /// Connected systems, models and sinks together are fewer.
    static final int SECRETS_MAX = 1_024;

    /// A credential, even a key file with its chain, is smaller.
    private static final int SECRET_BYTES_MAX = 65_536;

    private static final int FILE_BYTES_MAX = 16 * 1024 * 1024;
    private static final String HEAD = "tollgate sealed secrets 1";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final Path file;
    private final SecretKey key;
    private final RandomGenerator random;

    /// @param file made at the first `put`
    /// @param key  32 bytes that seal nothing else
    public SealedSecrets(Path file, SecretKey key, RandomGenerator random) {
        this.file = file;
        this.key = new SecretKeySpec(key.getEncoded(), "AES");
        this.random = random;
    }

    /// What is wrong with the file.
    public static final class Unreadable extends IOException {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }

    /// The names in the file.
    public SortedSet<String> names() throws IOException {
        return new TreeSet<>(read().keySet());
    }

    /// Keeps a secret, in place of the one that had its name.
    @RevealsSecret("it is sealed at once")
    public synchronized void put(String name, SecretValue secret) throws IOException {
        byte[] plain = secret.reveal().getBytes(StandardCharsets.UTF_8);
        if (!SecretStore.NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a secret's name has lower-case letters, digits and `-`, at most 64");
        }
        if (plain.length == 0 || plain.length > SECRET_BYTES_MAX) {
            throw new IllegalArgumentException("a secret has 1 to " + SECRET_BYTES_MAX + " bytes");
        }
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        String line;
        try {
            Base64.Encoder text = Base64.getEncoder();
            line = text.encodeToString(nonce) + " "
                    + text.encodeToString(
                            cipher(Cipher.ENCRYPT_MODE, nonce, name).doFinal(plain));
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("this platform cannot seal with AES-256-GCM", broken);
        }
        try (FileChannel guard = guard();
                FileLock _ = guard.lock()) {
            SortedMap<String, String> lines = read();
            lines.put(name, line);
            if (lines.size() > SECRETS_MAX) {
                throw new IllegalArgumentException("the file holds " + SECRETS_MAX + " secrets already");
            }
            write(lines);
        }
    }

    /// Forgets a secret; returns whether there was one.
    public synchronized boolean remove(String name) throws IOException {
        try (FileChannel guard = guard();
                FileLock _ = guard.lock()) {
            SortedMap<String, String> lines = read();
            if (lines.remove(name) == null) {
                return false;
            }
            write(lines);
            return true;
        }
    }

    /// The secret of a name; nothing when there is none.
    ///
    /// @throws Unreadable when the file is not one of ours, or was sealed with another key
    Optional<SecretValue> open(String name) throws IOException {
        String line = read().get(name);
        if (line == null) {
            return Optional.empty();
        }
        try {
            String[] halves = line.split(" ", -1);
            byte[] nonce = Base64.getDecoder().decode(halves[0]);
            byte[] plain = cipher(Cipher.DECRYPT_MODE, nonce, name)
                    .doFinal(Base64.getDecoder().decode(halves[1]));
            return Optional.of(SecretValue.of(new String(plain, StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            throw new Unreadable("a sealed secret does not open with this deployment's key");
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String name) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD((HEAD + "\n" + name).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private SortedMap<String, String> read() throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(FILE_BYTES_MAX + 1);
        } catch (NoSuchFileException _) {
            return new TreeMap<>();
        }
        if (!OwnerOnly.holds(file)) {
            throw new Unreadable("the sealed secrets can be read by others than their owner");
        }
        String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n", SECRETS_MAX + 3);
        if (bytes.length > FILE_BYTES_MAX || !lines[0].equals(HEAD) || !lines[lines.length - 1].isEmpty()) {
            throw new Unreadable("the sealed secrets are not whole");
        }
        SortedMap<String, String> secrets = new TreeMap<>();
        for (int at = 1; at < lines.length - 1; at++) {
            String[] parts = lines[at].split(" ", 2);
            if (parts.length != 2
                    || !parts[1].matches("[A-Za-z0-9+/=]+ [A-Za-z0-9+/=]+")
                    || secrets.put(parts[0], parts[1]) != null) {
                throw new Unreadable("the sealed secrets are not whole");
            }
        }
        return secrets;
    }

    private void write(SortedMap<String, String> secrets) throws IOException {
        StringBuilder text = new StringBuilder(HEAD).append('\n');
        secrets.forEach(
                (name, line) -> text.append(name).append(' ').append(line).append('\n'));
        OwnerOnly.replace(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// The lock is a file of its own: the sealed one is replaced under it.
    private FileChannel guard() throws IOException {
        Path guard = file.resolveSibling(file.getFileName() + ".lock");
        OwnerOnly.create(guard, new byte[0]);
        return FileChannel.open(guard, StandardOpenOption.WRITE);
    }

    /// What is in it is secret, and where it is worth no look.
    @Override
    public String toString() {
        return "SealedSecrets";
    }
}
