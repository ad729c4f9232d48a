// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.secrets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// Symmetric keys in a folder, for what only this deployment reads again: the HMAC of search cursors, for
/// example. 32 random bytes in a file that only its owner may read.
public final class SealingKeys {
    private static final int KEY_BYTES = 32;
    private static final Pattern PURPOSE = Pattern.compile("[a-z][a-z-]{0,31}");

    private final Path folder;
    private final RandomGenerator random;

    /// @param folder of the key files, made when missing
    public SealingKeys(Path folder) {
        this(folder, new SecureRandom());
    }

    SealingKeys(Path folder, RandomGenerator random) {
        this.folder = folder;
        this.random = random;
    }

    /// The HMAC-SHA256 key of a purpose such as `cursor`; made at the first call.
    ///
    /// @throws IllegalStateException when the file is not a key or others may read it
    /// @throws UncheckedIOException  when the folder cannot be read or written
    public SecretKey openOrCreate(String purpose) {
        if (!PURPOSE.matcher(purpose).matches()) {
            throw new IllegalArgumentException("a purpose is lower-case letters and `-`");
        }
        Path file = folder.resolve(purpose + ".key");
        try {
            if (!Files.exists(file)) {
                byte[] key = new byte[KEY_BYTES];
                random.nextBytes(key);
                OwnerOnly.create(file, key);
            }
            if (!OwnerOnly.holds(file)) {
                throw new IllegalStateException("the " + purpose + " key can be read by others than its owner");
            }
            byte[] key = Files.readAllBytes(file);
            if (key.length != KEY_BYTES) {
                throw new IllegalStateException("the " + purpose + " key file does not hold a key");
            }
            return new SecretKeySpec(key, "HmacSHA256");
        } catch (IOException broken) {
            throw new UncheckedIOException("the " + purpose + " key cannot be read or made", broken);
        }
    }
}
