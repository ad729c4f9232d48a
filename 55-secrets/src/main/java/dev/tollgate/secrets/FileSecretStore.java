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
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A folder of files, one secret each, as mounted by an orchestrator or written by hand. A file that anyone but
/// its owner may read is refused. One newline at the end is not part of the secret.
public final class FileSecretStore implements SecretStore {
    private static final Logger LOG = LoggerFactory.getLogger(FileSecretStore.class);

    /// A credential, even a key file with its chain, is smaller.
    private static final int BYTES_MAX = 65_536;

    private final Path folder;
    private final InstantSource clock;

    /// @param folder read at each lease
    public FileSecretStore(Path folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
    }

    @Override
    public Step<Lease> lease(String name, Duration most) {
        if (!NAME.matcher(name).matches()) {
            return SecretStore.rejected();
        }
        try {
            Path file = folder.resolve(name).toRealPath();
            // A link may lead to another version in the folder, as orchestrators do it, but not out of it.
            if (!file.startsWith(folder.toRealPath()) || !Files.isRegularFile(file)) {
                LOG.atWarn().addKeyValue("secret", name).log("secret is not a file of its folder");
                return SecretStore.rejected();
            }
            if (!OwnerOnly.holds(file)) {
                LOG.atWarn().addKeyValue("secret", name).log("secret can be read by others than its owner");
                return SecretStore.rejected();
            }
            return read(name, file, most);
        } catch (NoSuchFileException _) {
            return SecretStore.rejected();
        } catch (IOException broken) {
            LOG.atWarn().addKeyValue("cause", broken.getClass().getSimpleName()).log("secret cannot be read");
            return SecretStore.unreachable();
        }
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
