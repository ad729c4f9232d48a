// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle;

import dev.tollgate.terms.VerifyingKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Finds where a log ended. Whole batches survive, since an entry is acknowledged only after its batch
/// is durable; what a crash left of an unfinished batch is cleared. What cannot come from a crash is
/// not repaired: the log stays shut.
final class Recovery {
    /// Bytes looked at, or cleared, at once.
    private static final int CHUNK_BYTES = 64 << 10;

    private static final int PUBLISHED_BYTES_MAX = 64 << 10;

    private final Segments segments;
    private final SignedNote notes;
    private final List<VerifyingKey> keys;

    Recovery(Segments segments, SignedNote notes, List<VerifyingKey> keys) {
        this.segments = segments;
        this.notes = notes;
        this.keys = keys;
    }

    /// Where the log goes on.
    ///
    /// @param volume     the last segment, open to write
    /// @param salt       the sum of its header
    /// @param position   where the next record goes
    /// @param batch      number of the next batch
    /// @param edge       the tree
    /// @param checkpoint the newest checkpoint that the segment holds
    record Found(Disk.Volume volume, int salt, long position, long batch, RightEdge edge, Checkpoint checkpoint) {}

    /// Reads the last segment.
    ///
    /// @throws LogDamaged when the log holds less than it once published, or damage that no crash explains
    Found find() throws IOException {
        long first = segments.last().getKey();
        Disk.Volume volume = segments.disk().open(segments.last().getValue());
        try {
            SegmentFormat.Header header = SegmentFormat.read(volume);
            if (header.edge().size() != first) {
                throw new LogDamaged("a segment's name does not fit its first index");
            }
            Found found = read(volume, header);
            clear(volume, found.position());
            return found;
        } catch (LogDamaged | IOException failed) {
            volume.close();
            throw failed;
        }
    }

    /// A folder without segments may become a new log only if it never held one.
    void refuseLoss() throws IOException {
        long size = published().map(Checkpoint::size).orElse(0L);
        if (size > 0) {
            throw new LogDamaged("the log published a tree of " + size + " entries and holds none");
        }
    }

    /// The checkpoint that was published last, when there is one that this log signed.
    private Optional<Checkpoint> published() throws IOException {
        return segments.disk()
                .load(segments.beside(Shelf.PUBLISHED), PUBLISHED_BYTES_MAX)
                .flatMap(note -> notes.open(new String(note, StandardCharsets.UTF_8), keys));
    }

    private Found read(Disk.Volume volume, SegmentFormat.Header header) throws IOException {
        Optional<Checkpoint> published = published();
        RightEdge edge = header.edge();
        Checkpoint begun = opened(header.note(), edge);
        Found found = at(volume, header.salt(), SegmentFormat.HEADER_BYTES, header.batch(), edge, begun);
        SegmentCursor cursor = new SegmentCursor(volume, header.salt(), found.position());
        TreeHash hash = new TreeHash();
        Checkpoint newest = found.checkpoint();
        compare(published, edge);
        while (cursor.next()) {
            if (cursor.batch() != found.batch()) {
                throw new LogDamaged("a record belongs to another batch than the one before it");
            }
            if (!cursor.entry()) {
                newest = opened(new String(cursor.payload(), StandardCharsets.UTF_8), edge);
            } else if (cursor.number() == edge.size()) {
                edge.append(hash.leaf(cursor.payload()), (_, _, _) -> {});
                compare(published, edge);
            } else {
                throw new LogDamaged("the entry at " + edge.size() + " says that it is another");
            }
            if (cursor.last()) {
                found = at(volume, header.salt(), cursor.position(), cursor.batch() + 1, edge, newest);
            }
        }
        if (published.isPresent() && published.get().size() > found.edge().size()) {
            throw new LogDamaged(
                    "the log published a tree of " + published.get().size() + " entries and holds "
                            + found.edge().size());
        }
        refuseDamage(cursor, found.batch());
        return found;
    }

    private static Found at(
            Disk.Volume volume, int salt, long position, long batch, RightEdge edge, Checkpoint newest) {
        return new Found(volume, salt, position, batch, edge.copy(), newest);
    }

    private Checkpoint opened(String note, RightEdge edge) {
        Checkpoint checkpoint = notes.open(note, keys)
                .orElseThrow(() -> new LogDamaged("a checkpoint in the log is not signed by a known key"));
        if (checkpoint.size() != edge.size() || !Arrays.equals(checkpoint.root().bytes(), edge.root())) {
            throw new LogDamaged("a checkpoint in the log does not fit the entries before it");
        }
        return checkpoint;
    }

    private static void compare(Optional<Checkpoint> published, RightEdge edge) {
        if (published.isPresent()
                && published.get().size() == edge.size()
                && !Arrays.equals(published.get().root().bytes(), edge.root())) {
            throw new LogDamaged("the published checkpoint does not fit the entries that it covers");
        }
    }

    /// A batch is written only after the one before it was durable: a whole record of a later batch
    /// behind the gap means that the gap was durable once, and acknowledged.
    private static void refuseDamage(SegmentCursor cursor, long unfinished) throws IOException {
        do {
            while (cursor.next()) {
                if (cursor.batch() > unfinished) {
                    throw new LogDamaged("records that were durable are damaged before batch " + cursor.batch());
                }
            }
        } while (cursor.skip());
    }

    /// Clears the remains of an unfinished batch, so that they cannot pass for records of a later one.
    private static void clear(Disk.Volume volume, long from) throws IOException {
        OptionalLong dirty = lastDirty(volume, from);
        if (dirty.isEmpty()) {
            return;
        }
        for (long at = from; at <= dirty.getAsLong(); at += CHUNK_BYTES) {
            volume.write(ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, dirty.getAsLong() + 1 - at)), at);
        }
        volume.force(false);
    }

    private static OptionalLong lastDirty(Disk.Volume volume, long from) throws IOException {
        OptionalLong dirty = OptionalLong.empty();
        long length = volume.length();
        for (long at = from; at < length; at += CHUNK_BYTES) {
            ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, length - at));
            volume.read(chunk, at);
            byte[] bytes = chunk.array();
            int end = bytes.length - 1;
            while (end >= 0 && bytes[end] == 0) {
                end--;
            }
            if (end >= 0) {
                dirty = OptionalLong.of(at + end);
            }
        }
        return dirty;
    }
}
