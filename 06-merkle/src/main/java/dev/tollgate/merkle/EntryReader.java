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

    EntryReader(Segments segments, long from) {
        this.segments = segments;
        this.index = from;
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
        SegmentCursor start =
                new SegmentCursor(opened, SegmentFormat.read(opened).salt(), SegmentFormat.HEADER_BYTES);
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
