// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.merkle;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads durable entries from the segments in order, across segments, also while they are written.
final class EntryReader implements AutoCloseable {
    private final Segments segments;
    private long index;
    private @Nullable Path reading;
    private Disk.@Nullable Volume volume;
    private @Nullable SegmentCursor cursor;

    private final @Nullable Place hint;

    EntryReader(Segments segments, long from) {
        this(segments, from, null);
    }

    /// @param hint where a reader stopped that may have stopped just here
    EntryReader(Segments segments, long from, @Nullable Place hint) {
        this.segments = segments;
        this.index = from;
        this.hint = hint;
    }

    /// Where a reader stopped.
    ///
    /// @param index    the entry that it would have read next
    /// @param segment  in which segment
    /// @param position at which byte of it
    record Place(long index, Path segment, long position) {}

    /// Where this reader stands, once it has read anything.
    @Nullable
    Place place() {
        return reading == null || cursor == null ? null : new Place(index, reading, cursor.position());
    }

    /// The index of the entry that `next` reads.
    long index() {
        return index;
    }

    /// The next entry, which must be durable.
    ///
    /// @throws LogDamaged when it cannot be read
    byte[] next() throws IOException {
        SegmentCursor open = cursor == null ? openSegment() : cursor;
        boolean fresh = false;
        while (true) {
            if (open.next()) {
                if (open.entry() && open.number() == index) {
                    index++;
                    return open.payload();
                }
            } else if (!fresh) {
                // The window may be older than the entry.
                open.refresh();
                fresh = true;
            } else if (segments.holding(index).getValue().equals(reading)) {
                throw new LogDamaged("entry " + index + " cannot be read");
            } else {
                open = openSegment();
                fresh = false;
            }
        }
    }

    private SegmentCursor openSegment() throws IOException {
        close();
        Map.Entry<Long, Path> segment = segments.holding(index);
        Disk.Volume opened = segments.disk().openToRead(segment.getValue());
        volume = opened;
        reading = segment.getValue();
        // A segment holds many entries: who goes on reading does not begin at its first one again.
        Place before = hint;
        long from =
                before != null && before.index() == index && before.segment().equals(segment.getValue())
                        ? before.position()
                        : SegmentFormat.HEADER_BYTES;
        SegmentCursor start =
                new SegmentCursor(opened, SegmentFormat.read(opened).salt(), from);
        cursor = start;
        return start;
    }

    @Override
    public void close() throws IOException {
        Disk.Volume open = volume;
        cursor = null;
        volume = null;
        reading = null;
        if (open != null) {
            open.close();
        }
    }
}
