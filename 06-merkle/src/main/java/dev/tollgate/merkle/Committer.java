// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// The one writer of the segments. Takes what waits, writes it with its checkpoint in one piece, forces
/// it, and only then says so. Belongs to one thread; `head` may be read by any.
///
/// INVARIANT: nobody hears of success before the force that covers the entry returned. INVARIANT: after
/// a failed force nothing is written again. What the disk holds is unknown then, and asking it again
/// may succeed without the data being there.
final class Committer implements AutoCloseable {
    /// Bytes of one batch at most: more would make every caller of the batch wait longer than a force takes.
    private static final int BATCH_BYTES_MAX = 4 << 20;

    private final Segments segments;
    private final SignedNote notes;
    private final Duration checkpointEvery;
    private final InstantSource clock;
    private final SpareSegment spare;
    private final ByteBuffer out = ByteBuffer.allocateDirect(BATCH_BYTES_MAX
            + SegmentFormat.RECORD_BYTES
            + SegmentFormat.ENTRY_BYTES_MAX
            + SegmentFormat.CHECKPOINT_ROOM);

    private Disk.Volume volume;
    private int salt;
    private long position;
    private long length;
    private long batch;
    private RightEdge edge;
    private Checkpoint newest;
    private Instant signedAt = Instant.MIN;
    private volatile Head head;

    /// What is durable.
    ///
    /// @param size       entries
    /// @param checkpoint the newest checkpoint; covers less while the log does not sign every batch
    record Head(long size, Checkpoint checkpoint) {}

    /// Goes on where a log ended.
    Committer(
            Segments segments,
            SignedNote notes,
            Duration checkpointEvery,
            InstantSource clock,
            SpareSegment spare,
            Recovery.Found found)
            throws IOException {
        this.segments = segments;
        this.notes = notes;
        this.checkpointEvery = checkpointEvery;
        this.clock = clock;
        this.spare = spare;
        this.volume = found.volume();
        this.length = volume.length();
        this.salt = found.salt();
        this.position = found.position();
        this.batch = found.batch();
        this.edge = found.edge();
        this.newest = found.checkpoint();
        this.head = new Head(edge.size(), newest);
    }

    Head head() {
        return head;
    }

    /// Whether durable entries wait for a checkpoint.
    boolean unsigned() {
        return newest.size() < edge.size();
    }

    /// Makes everything of `waiting` durable, in order, and tells who waits: of success, or that there was no
    /// room.
    ///
    /// @throws IOException when the log must not be written again; who still waits has not been told
    void commit(List<Pending> waiting) throws IOException {
        int from = 0;
        while (from < waiting.size()) {
            if (room(waiting.get(from), 0) || rolled()) {
                from = batch(waiting, from);
            } else {
                refuse(waiting.subList(from, waiting.size()));
                return;
            }
        }
    }

    /// Writes as much of `waiting` as fits into one batch; returns where the next one begins.
    private int batch(List<Pending> waiting, int from) throws IOException {
        RightEdge before = edge.copy();
        Checkpoint signedBefore = newest;
        int at = encode(waiting, from);
        List<Pending> taken = waiting.subList(from, at);
        if (out.position() > 0) {
            out.flip();
            int bytes = out.limit();
            try {
                volume.write(out, position);
            } catch (IOException _) {
                edge = before;
                newest = signedBefore;
                cutBack(bytes);
                refuse(taken);
                return at;
            }
            volume.force(false);
            position += bytes;
            batch++;
            head = new Head(edge.size(), newest);
        }
        tell(taken, before.size());
        if (position > length / 2) {
            spare.prepare();
        }
        return at;
    }

    private int encode(List<Pending> waiting, int from) {
        out.clear();
        boolean wished = false;
        int last = 0;
        int at = from;
        while (at < waiting.size() && out.position() < BATCH_BYTES_MAX && room(waiting.get(at), out.position())) {
            switch (waiting.get(at++)) {
                case Pending.Entry entry -> {
                    last = out.position();
                    SegmentFormat.record(out, salt, SegmentFormat.ENTRY, edge.size(), batch, entry.entry());
                    edge.append(entry.leaf(), (_, _, _) -> {});
                }
                case Pending.Sign _ -> wished = true;
            }
        }
        if (unsigned() && (wished || due())) {
            newest = sign();
            last = out.position();
            byte[] note = newest.note().getBytes(StandardCharsets.UTF_8);
            SegmentFormat.record(out, salt, SegmentFormat.CHECKPOINT, newest.size(), batch, note);
        }
        if (out.position() > 0) {
            SegmentFormat.markLast(out, salt, last);
        }
        return at;
    }

    private boolean due() {
        // A clock that steps backwards must not hold checkpoints up: any distance counts.
        return checkpointEvery.isZero()
                || signedAt.equals(Instant.MIN)
                || Duration.between(signedAt, clock.instant()).abs().compareTo(checkpointEvery) >= 0;
    }

    private Checkpoint sign() {
        signedAt = clock.instant();
        return notes.sign(edge.size(), edge.root());
    }

    /// Nothing of the batch was forced, so zeros over it leave the segment as it was.
    private void cutBack(int bytes) throws IOException {
        volume.write(ByteBuffer.allocate(bytes), position);
    }

    private boolean room(Pending pending, int before) {
        int wanted = switch (pending) {
            case Pending.Entry entry -> SegmentFormat.RECORD_BYTES + entry.entry().length;
            case Pending.Sign _ -> 0;
        };
        return position + before + wanted + SegmentFormat.CHECKPOINT_ROOM <= length;
    }

    /// Goes on in a new segment; false when there is no room for one.
    private boolean rolled() throws IOException {
        Checkpoint covering = unsigned() ? sign() : newest;
        Disk.Volume fresh;
        ByteBuffer header = header(edge, batch, covering);
        try {
            fresh = spare.take(header);
        } catch (SpareSegment.NoRoom _) {
            return false;
        }
        name(segments, edge.size());
        volume.close();
        volume = fresh;
        length = fresh.length();
        salt = SegmentFormat.salt(header);
        position = SegmentFormat.HEADER_BYTES;
        newest = covering;
        head = new Head(edge.size(), newest);
        return true;
    }

    /// Makes the first segment of an empty log.
    static void begin(Segments segments, SignedNote notes, SpareSegment spare) throws IOException {
        RightEdge empty = new RightEdge();
        try {
            spare.take(header(empty, 0, notes.sign(0, empty.root()))).close();
        } catch (SpareSegment.NoRoom full) {
            throw new IOException("no room for the first segment", full);
        }
        name(segments, 0);
    }

    private static ByteBuffer header(RightEdge edge, long batch, Checkpoint covering) {
        return SegmentFormat.header(edge, batch, covering.note().getBytes(StandardCharsets.UTF_8));
    }

    private static void name(Segments segments, long first) throws IOException {
        segments.disk().rename(segments.spare(), segments.named(first));
        segments.disk().forceFolder(segments.folder());
        segments.add(first);
    }

    private void tell(List<Pending> taken, long firstIndex) {
        long index = firstIndex;
        for (Pending pending : taken) {
            switch (pending) {
                case Pending.Entry entry -> entry.waiting().complete(new Appended(index++));
                case Pending.Sign sign -> sign.waiting().complete(newest);
            }
        }
    }

    private static void refuse(List<Pending> refused) {
        for (Pending pending : new ArrayList<>(refused)) {
            pending.waiting().completeExceptionally(new Unwritable(Unwritable.Kind.NO_ROOM, null));
        }
    }

    @Override
    public void close() throws IOException {
        volume.close();
        spare.discard();
    }
}
