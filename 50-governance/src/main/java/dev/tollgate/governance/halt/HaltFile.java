// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.halt;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// The switch on disk, for when the console is the problem: one scope a line, `#` begins a remark. No file
/// stops nothing; a file that is there and cannot be read, or has a line that is no scope, stops
/// everything.
final class HaltFile {
    /// A few thousand scopes. A larger file is no list of scopes.
    private static final int BYTES_MAX = 256 * 1024;

    private final Path file;

    HaltFile(Path file) {
        this.file = file;
    }

    /// What the file stops, or nothing when it cannot be told.
    Optional<Set<HaltScope>> scopes() {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(BYTES_MAX + 1);
        } catch (NoSuchFileException _) {
            // A link that leads nowhere is there, and cannot be read.
            return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? Optional.empty() : Optional.of(Set.of());
        } catch (IOException | SecurityException _) {
            return Optional.empty();
        }
        return bytes.length > BYTES_MAX ? Optional.empty() : parse(bytes);
    }

    private static Optional<Set<HaltScope>> parse(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
        Set<HaltScope> scopes = new HashSet<>();
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Optional<HaltScope> scope = HaltScope.parse(line);
            if (scope.isEmpty()) {
                return Optional.empty();
            }
            scopes.add(scope.get());
        }
        return Optional.of(Set.copyOf(scopes));
    }
}
