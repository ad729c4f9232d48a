// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The derived side of the log: tiles, bundles and the published checkpoint, and whatever is read from
/// them. No file here is trusted: a tile must hash to its place in the tile above, up to the right edge
/// that the segments give; what does not is derived again.
final class Shelf implements AutoCloseable, Proofs.Nodes {
    static final String PUBLISHED = "checkpoint";

    /// 2 MiB of hashes.
    /// Where the last scan stopped: the next one mostly begins there.
    private volatile EntryReader.@Nullable Place scanned;

    private static final int TILES_CACHED_MAX = 256;

    /// Segments looked through for missing tiles at start: 1 GiB, more than a system keeps unwritten in memory.
    private static final int SEGMENTS_REVISITED_MAX = 64;

    private static final int HEIGHT_OF_TILE = 8;
    private static final int TILE_BYTES = RightEdge.WIDTH * TreeHash.BYTES;
    private static final int BUNDLE_BYTES_MAX = RightEdge.WIDTH * (Short.BYTES + SegmentFormat.ENTRY_BYTES_MAX);

    private record TileId(int level, long number) {}

    private final Segments segments;
    private final TilePaths paths;
    private final ReentrantLock lock = new ReentrantLock();
    private final TreeHash hash = new TreeHash();
    private final Map<TileId, byte[][]> cache = new LinkedHashMap<>(16, 0.75f, true);
    private final Deriver deriver;

    /// Starts with the last segment, or with an earlier one when tiles of it are missing.
    Shelf(Segments segments) throws IOException {
        this.segments = segments;
        this.paths = new TilePaths(segments.beside(""));
        Map.Entry<Long, Path> start = segments.last();
        for (int steps = 0; steps < SEGMENTS_REVISITED_MAX; steps++) {
            var before = segments.before(start.getKey());
            if (before.isEmpty() || derived(before.get().getKey(), start.getKey())) {
                break;
            }
            start = before.get();
        }
        try (Disk.Volume volume = segments.disk().openToRead(start.getValue())) {
            RightEdge edge = SegmentFormat.read(volume).edge();
            this.deriver = new Deriver(segments, edge, bundleBefore(edge.size()), this::remember);
        }
    }

    private boolean derived(long from, long to) throws IOException {
        for (long number = from / RightEdge.WIDTH; (number + 1) * RightEdge.WIDTH <= to; number++) {
            if (segments.disk().length(paths.tile(0, number)) != TILE_BYTES
                    || segments.disk().length(paths.bundle(number)) <= 0) {
                return false;
            }
        }
        return true;
    }

    private List<byte[]> bundleBefore(long size) throws IOException {
        long from = size - size % RightEdge.WIDTH;
        List<byte[]> bundle = new ArrayList<>();
        try (EntryReader entries = new EntryReader(segments, from)) {
            while (entries.index() < size) {
                bundle.add(entries.next());
            }
        }
        return bundle;
    }

    /// Derives and publishes what `checkpoint` covers: tiles and bundles first, so that a reader finds what
    /// it names.
    void publish(Checkpoint checkpoint) throws IOException {
        lock.lock();
        try {
            deriver.advance(checkpoint.size());
            for (int level = 0; level < RightEdge.LEVELS; level++) {
                long hashes = checkpoint.size() >>> (HEIGHT_OF_TILE * level);
                publishPartial(level, hashes / RightEdge.WIDTH, (int) (hashes % RightEdge.WIDTH));
            }
            byte[] note = checkpoint.note().getBytes(StandardCharsets.UTF_8);
            segments.disk().replace(segments.beside(PUBLISHED), ByteBuffer.wrap(note));
        } finally {
            lock.unlock();
        }
    }

    private void publishPartial(int level, long number, int width) throws IOException {
        boolean stillPartial = deriver.edge().size() >>> (HEIGHT_OF_TILE * level) >>> HEIGHT_OF_TILE == number;
        if (width == 0 || !stillPartial) {
            return;
        }
        Path tile = TilePaths.partial(paths.tile(level, number), width);
        segments.disk().replace(tile, Deriver.tileBytes(deriver.edge().partial(level), width));
        if (level == 0) {
            Path bundle = TilePaths.partial(paths.bundle(number), width);
            segments.disk().replace(bundle, Deriver.bundleBytes(deriver.bundle().subList(0, width)));
        }
    }

    /// The bytes of a durable entry.
    byte[] entry(long index) {
        return locked(index + 1, () -> {
            long number = index / RightEdge.WIDTH;
            int at = (int) (index % RightEdge.WIDTH);
            if (number == deriver.edge().size() / RightEdge.WIDTH) {
                return deriver.bundle().get(at).clone();
            }
            byte[] leaf = tile(0, number)[at];
            byte[] found = fromBundle(number, at);
            if (!Arrays.equals(hash.leaf(found), leaf)) {
                rebuild(0, number);
                found = fromBundle(number, at);
            }
            if (!Arrays.equals(hash.leaf(found), leaf)) {
                throw new LogDamaged("entry " + index + " is not what its tile says");
            }
            return found;
        });
    }

    /// The entry as the bundle has it; nothing when the bundle is missing or no bundle.
    private byte[] fromBundle(long number, int at) throws IOException {
        ByteBuffer bundle = ByteBuffer.wrap(
                segments.disk().load(paths.bundle(number), BUNDLE_BYTES_MAX).orElse(new byte[0]));
        for (int passed = 0; bundle.remaining() >= Short.BYTES; passed++) {
            int length = Short.toUnsignedInt(bundle.getShort());
            if (length > bundle.remaining()) {
                break;
            }
            if (passed == at) {
                byte[] entry = new byte[length];
                bundle.get(entry);
                return entry;
            }
            bundle.position(bundle.position() + length);
        }
        return new byte[0];
    }

    void scan(long from, long to, TransparencyLog.EntrySink sink) {
        try (EntryReader entries = new EntryReader(segments, from, scanned)) {
            for (long index = from; index < to; index++) {
                sink.take(index, entries.next());
            }
            scanned = entries.place();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// Proofs about a tree of `size` durable entries.
    <T> T prove(long size, Function<Proofs, T> question) {
        return locked(size, () -> question.apply(new Proofs(this)));
    }

    @Override
    public byte[] node(int height, long number) {
        int level = height / HEIGHT_OF_TILE;
        int span = 1 << height % HEIGHT_OF_TILE;
        long first = number * span;
        try {
            byte[][] hashes = tile(level, first / RightEdge.WIDTH);
            return hash.perfect(hashes, (int) (first % RightEdge.WIDTH), span);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private byte[][] tile(int level, long number) throws IOException {
        if (deriver.edge().size() >>> (HEIGHT_OF_TILE * level) >>> HEIGHT_OF_TILE == number) {
            return deriver.edge().partial(level);
        }
        TileId id = new TileId(level, number);
        byte[][] known = cache.get(id);
        if (known == null) {
            byte[] above = tile(level + 1, number / RightEdge.WIDTH)[(int) (number % RightEdge.WIDTH)];
            known = load(id);
            if (known.length == 0 || !Arrays.equals(hash.perfect(known, 0, RightEdge.WIDTH), above)) {
                known = rebuild(level, number);
            }
            if (!Arrays.equals(hash.perfect(known, 0, RightEdge.WIDTH), above)) {
                throw new LogDamaged("the entries of tile " + level + "/" + number + " are not what the tree says");
            }
            remember(level, number, known);
        }
        return known;
    }

    private byte[][] load(TileId id) throws IOException {
        byte[] bytes = segments.disk()
                .load(paths.tile(id.level(), id.number()), TILE_BYTES)
                .orElse(new byte[0]);
        if (bytes.length != TILE_BYTES) {
            return new byte[0][];
        }
        byte[][] hashes = new byte[RightEdge.WIDTH][];
        for (int at = 0; at < RightEdge.WIDTH; at++) {
            hashes[at] = Arrays.copyOfRange(bytes, at * TreeHash.BYTES, (at + 1) * TreeHash.BYTES);
        }
        return hashes;
    }

    /// Derives a tile from the segments again, with everything below it.
    private byte[][] rebuild(int level, long number) throws IOException {
        long span = 1L << (HEIGHT_OF_TILE * (level + 1));
        List<byte[][]> found = new ArrayList<>();
        RightEdge.TileSink sink = (filledLevel, _, hashes) -> {
            if (filledLevel == level) {
                found.add(hashes);
            }
        };
        try (Deriver again = new Deriver(segments, RightEdge.startingAt(number * span), List.of(), sink)) {
            again.advance((number + 1) * span);
        }
        return found.getFirst();
    }

    private void remember(int level, long number, byte[][] hashes) {
        cache.put(new TileId(level, number), hashes);
        if (cache.size() > TILES_CACHED_MAX) {
            cache.remove(cache.keySet().iterator().next());
        }
    }

    /// Work on files that may fail.
    private interface Work<T> {
        T run() throws IOException;
    }

    private <T> T locked(long size, Work<T> work) {
        lock.lock();
        try {
            deriver.advance(size);
            return work.run();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } finally {
            lock.unlock();
        }
    }

    /// Writes of derived files that failed since the log was opened.
    long failures() {
        return deriver.failures();
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            deriver.close();
        } finally {
            lock.unlock();
        }
    }
}
