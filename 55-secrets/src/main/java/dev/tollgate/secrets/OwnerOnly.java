// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.secrets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/// Files that nobody but their owner may read.
final class OwnerOnly {
    private static final Set<PosixFilePermission> OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);
    private static final FileAttribute<?> FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<?> FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private OwnerOnly() {}

    /// Whether nobody but the file's owner and its group may read it, and nobody but the owner write.
    static boolean orGroup(Path file) throws IOException {
        Set<PosixFilePermission> beyond = EnumSet.copyOf(OWNER);
        beyond.add(PosixFilePermission.GROUP_READ);
        return beyond.containsAll(Files.getPosixFilePermissions(file));
    }

    static boolean holds(Path file) throws IOException {
        return OWNER.containsAll(Files.getPosixFilePermissions(file));
    }

    /// Writes a new file whole or not at all, whoever else tries the same at the same time. The bytes are on
    /// the disk before the name is.
    ///
    /// @return whether this call made the file; false when it was there
    static boolean create(Path file, byte[] bytes) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException("a file needs a folder");
        }
        if (!Files.exists(folder)) {
            Files.createDirectories(folder, FOLDER);
        }
        Path draft = Files.createTempFile(folder, "." + file.getFileName() + ".", ".new", FILE);
        try {
            try (FileChannel out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                ByteBuffer left = ByteBuffer.wrap(bytes);
                while (left.hasRemaining()) {
                    out.write(left);
                }
                out.force(true);
            }
            // A link, unlike a rename, never replaces what another process made meanwhile.
            Files.createLink(file, draft);
            sync(folder);
            return true;
        } catch (FileAlreadyExistsException _) {
            return false;
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /// Puts a file in the place of what has its name, whole or not at all.
    static void replace(Path file, byte[] bytes) throws IOException {
        Path draft = file.resolveSibling("." + file.getFileName() + ".next");
        Files.deleteIfExists(draft);
        create(draft, bytes);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            sync(folder);
        }
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
