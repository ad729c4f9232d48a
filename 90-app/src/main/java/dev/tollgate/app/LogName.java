// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// The name under which a database that several nodes share knows the log of this one: a random file beside the log.
/// Only the index is filed under it; when the file is lost, the index is made again under another.
final class LogName {
    private static final int BYTES = 16;
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{" + 2 * BYTES + "}");

    private LogName() {}

    /// The name; nothing before the log was first opened.
    static Optional<String> read(Configuration configuration) {
        try {
            String name = Files.readString(file(configuration), StandardCharsets.US_ASCII);
            return FORM.matcher(name).matches() ? Optional.of(name) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    static String openOrCreate(Configuration configuration, RandomGenerator random) {
        return read(configuration).orElseGet(() -> create(file(configuration), random));
    }

    private static String create(Path file, RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String name = HexFormat.of().formatHex(bytes);
        try {
            Path whole = Files.createTempFile(
                    file.toAbsolutePath().getParent(),
                    "log-name",
                    "",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(whole, name, StandardCharsets.US_ASCII);
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new UncheckedIOException("the log's name cannot be written", failed);
        }
        return name;
    }

    private static Path file(Configuration configuration) {
        return configuration.data().resolve("log-name");
    }
}
