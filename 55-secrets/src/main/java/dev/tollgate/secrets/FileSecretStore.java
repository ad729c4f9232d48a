// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.secrets;

import dev.tollgate.terms.SecretValue;
import dev.tollgate.terms.Step;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A folder of files, one secret each, written by hand or mounted by Kubernetes. A file that more people may read
/// than the folder's kind allows is refused. One newline at the end is not part of the secret.
///
/// Kubernetes rotates a volume whole: `name` leads to `..data/name`, `..data` to a folder with a time, and an
/// update makes a new folder, moves `..data` onto it and removes the old one. A lease follows the links once, so it
/// sees one version and never half of two; when that version goes meanwhile, it follows them again.
public final class FileSecretStore implements SecretStore {
    /// Who else may read the files. Closed.
    public enum Readers {
        /// Nobody: files of this deployment.
        NOBODY,
        /// Their group: a volume belongs to root, and a process that is not root reads it through `fsGroup`.
        GROUP
    }

    private static final Logger LOG = LoggerFactory.getLogger(FileSecretStore.class);

    /// A credential, even a key file with its chain, is smaller.
    private static final int BYTES_MAX = 65_536;

    /// A volume rotates once a minute at most: a second look finds the new version.
    private static final int ROTATIONS_MAX = 3;

    private final Path folder;
    private final Readers readers;
    private final InstantSource clock;

    /// @param folder  read at each lease
    /// @param readers who may read the files besides their owner
    public FileSecretStore(Path folder, Readers readers, InstantSource clock) {
        this.folder = folder;
        this.readers = readers;
        this.clock = clock;
    }

    /// A folder of this deployment's own.
    public FileSecretStore(Path folder, InstantSource clock) {
        this(folder, Readers.NOBODY, clock);
    }

    @Override
    public Step<Lease> lease(String name, Duration most) {
        if (!NAME.matcher(name).matches()) {
            return SecretStore.rejected();
        }
        for (int tries = 0; tries < ROTATIONS_MAX; tries++) {
            try {
                return follow(name, most);
            } catch (NoSuchFileException _) {
                // Missing, or of a version that went between two looks.
            } catch (IOException broken) {
                LOG.atWarn()
                        .addKeyValue("cause", broken.getClass().getSimpleName())
                        .log("secret cannot be read");
                return SecretStore.unreachable();
            }
        }
        return SecretStore.rejected();
    }

    private Step<Lease> follow(String name, Duration most) throws IOException {
        Path file = folder.resolve(name).toRealPath();
        // Throws when the version went since the line before; asking whether it is a file would only say no.
        BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        // A link may lead to another version in the folder, as orchestrators do it, but not out of it.
        if (!file.startsWith(folder.toRealPath()) || !found.isRegularFile()) {
            LOG.atWarn().addKeyValue("secret", name).log("secret is not a file of its folder");
            return SecretStore.rejected();
        }
        if (!(readers == Readers.GROUP ? OwnerOnly.orGroup(file) : OwnerOnly.holds(file))) {
            LOG.atWarn().addKeyValue("secret", name).log("secret can be read by more than may");
            return SecretStore.rejected();
        }
        return read(name, file, most);
    }

    private Step<Lease> read(String name, Path file, Duration most) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(BYTES_MAX + 1);
        }
        if (bytes.length == 0 || bytes.length > BYTES_MAX) {
            return SecretStore.rejected();
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            SecretValue secret = SecretValue.of(withoutLineEnd(text));
            return Step.pass(Lease.of(name, secret, clock.instant(), most));
        } catch (CharacterCodingException _) {
            return SecretStore.rejected();
        }
    }

    private static String withoutLineEnd(String text) {
        if (text.endsWith("\r\n")) {
            return text.substring(0, text.length() - 2);
        }
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }
}
