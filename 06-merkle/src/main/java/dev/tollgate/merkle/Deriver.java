// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Derives tiles and entry bundles from segments, from one index on. Whatever it writes can be derived
/// again, so a failure to write is counted and not passed on: the log goes on, and a reader derives
/// what is missing.
final class Deriver implements AutoCloseable {
    private final Segments segments;
    private final TilePaths paths;
    private final RightEdge.TileSink filled;
    private final RightEdge edge;
    private final List<byte[]> bundle;
    private final TreeHash hash = new TreeHash();
    private final EntryReader entries;
    private final AtomicLong failures = new AtomicLong();

    /// Starts at `edge.size()`.
    ///
    /// @param bundle entries of the bundle that holds that index, up to it
    /// @param filled hears of each full tile
    Deriver(Segments segments, RightEdge edge, List<byte[]> bundle, RightEdge.TileSink filled) {
        this.segments = segments;
        this.paths = new TilePaths(segments.beside(""));
        this.edge = edge;
        this.bundle = new ArrayList<>(bundle);
        this.filled = filled;
        this.entries = new EntryReader(segments, edge.size());
    }

    RightEdge edge() {
        return edge;
    }

    List<byte[]> bundle() {
        return bundle;
    }

    /// Writes of derived files that failed.
    long failures() {
        return failures.get();
    }

    /// Derives until `size` entries are; all of them must be durable.
    ///
    /// @throws LogDamaged when a durable entry cannot be read
    void advance(long size) throws IOException {
        while (edge.size() < size) {
            byte[] entry = entries.next();
            bundle.add(entry);
            long number = edge.size() / RightEdge.WIDTH;
            edge.append(hash.leaf(entry), this::full);
            if (bundle.size() == RightEdge.WIDTH) {
                store(paths.bundle(number), bundleBytes(bundle));
                bundle.clear();
            }
        }
    }

    private void full(int level, long number, byte[][] hashes) {
        store(paths.tile(level, number), tileBytes(hashes, RightEdge.WIDTH));
        filled.full(level, number, hashes);
    }

    private void store(Path file, ByteBuffer content) {
        try {
            segments.disk().replace(file, content);
            segments.disk().deleteFolder(TilePaths.partials(file));
        } catch (IOException _) {
            failures.incrementAndGet();
        }
    }

    static ByteBuffer tileBytes(byte[][] hashes, int width) {
        ByteBuffer bytes = ByteBuffer.allocate(width * TreeHash.BYTES);
        for (int at = 0; at < width; at++) {
            bytes.put(hashes[at]);
        }
        return bytes.flip();
    }

    static ByteBuffer bundleBytes(List<byte[]> entries) {
        int length =
                entries.stream().mapToInt(entry -> Short.BYTES + entry.length).sum();
        ByteBuffer bytes = ByteBuffer.allocate(length);
        entries.forEach(entry -> bytes.putShort((short) entry.length).put(entry));
        return bytes.flip();
    }

    @Override
    public void close() throws IOException {
        entries.close();
    }
}
