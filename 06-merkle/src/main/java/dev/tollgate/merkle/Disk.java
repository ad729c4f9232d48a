// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What the log asks of a file system, and no more, so that a test can lose power in the middle of it.
interface Disk {
    /// Opens a file to read and write, creating it when it is missing.
    Volume open(Path file) throws IOException;

    /// Opens a file to read; its channel is the caller's own, so an interrupted reader cannot close the
    /// writer's.
    Volume openToRead(Path file) throws IOException;

    /// Renames a file, replacing what has the new name. Durable after `forceFolder`.
    void rename(Path from, Path to) throws IOException;

    void delete(Path file) throws IOException;

    /// Deletes a folder of derived files, if it exists.
    void deleteFolder(Path folder) throws IOException;

    void createFolders(Path folder) throws IOException;

    /// Makes names of a folder durable.
    void forceFolder(Path folder) throws IOException;

    /// Names of the files of a folder, in no order.
    List<String> list(Path folder) throws IOException;

    /// Replaces a derived file at once or not at all; durable whenever the system likes.
    void replace(Path file, ByteBuffer... content) throws IOException;

    /// The content of a derived file, when there is one of at most `bytesMax`.
    Optional<byte[]> load(Path file, int bytesMax) throws IOException;

    /// The length of a file, or −1 when there is none.
    long length(Path file) throws IOException;

    /// Holds a folder for one writer; nothing when another one holds it.
    Optional<Closeable> lock(Path file) throws IOException;

    /// An open file.
    interface Volume extends Closeable {
        /// Writes all of `from`.
        void write(ByteBuffer from, long position) throws IOException;

        /// Reads up to `into.remaining()` bytes; fewer only at the end of the file.
        void read(ByteBuffer into, long position) throws IOException;

        /// Makes what was written durable; with `metadata` also the file's length.
        void force(boolean metadata) throws IOException;

        long length() throws IOException;
    }
}
